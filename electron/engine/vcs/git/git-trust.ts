import { createHash } from 'node:crypto';
import { systemCode } from '../../errors.ts';
import type { Files, FileStat } from '../../ports.ts';
import type { RepositoryPlace } from '../vcs.ts';
import { configValue, digestOf, type ConfigEntry } from './git-config.ts';
import { executingKeys } from './git-executing.ts';

interface Hook {
  readonly name: string;
  /** At the end of all links: a hook is often one, to a script that is versioned. */
  readonly file: string;
  readonly stat: FileStat;
}

/** What the repository's own configuration and hooks would run, and a digest by which a change of it is noticed; null: nothing. */
export async function executingIn(files: Files, place: RepositoryPlace, entries: readonly ConfigEntry[]): Promise<{ digest: string; keys: readonly string[] } | null> {
  const found = executingKeys(entries);
  const hooks = await enabledHooks(files, hooksDirectory(place, entries));
  const keys = [...new Set(found.map(({ key }) => key))].sort().concat(hooks.map(({ name }) => `hook ${name}`));
  if (keys.length === 0) return null;
  const digests = await Promise.all(hooks.map(async ({ name, file }) => `hook ${name}=${createHash('sha256').update(await files.read(file)).digest('hex')}`));
  return { keys, digest: digestOf([...found.map(({ key, value }) => `${key}=${value ?? ''}`), ...digests]) };
}

/** Changes when a hook may have. */
export async function hooksStamp(files: Files, place: RepositoryPlace, entries: readonly ConfigEntry[]): Promise<string> {
  const hooks = await enabledHooks(files, hooksDirectory(place, entries));
  return JSON.stringify(hooks.map(({ name, file, stat }) => [name, file, stat.inode, stat.bytes, stat.mode, stat.modifiedMs, stat.changedMs]));
}

/** Where hooks would run from, were the repository trusted. */
export function hooksDirectory(place: RepositoryPlace, entries: readonly ConfigEntry[]): string {
  const configured = configValue(entries, 'core.hookspath') ?? '';
  if (configured === '') return `${place.commonDir}/hooks`;
  return configured.startsWith('/') ? configured : `${place.workTree}/${configured}`;
}

async function enabledHooks(files: Files, directory: string): Promise<Hook[]> {
  const hooks: Hook[] = [];
  for (const name of await namesIn(files, directory)) {
    if (name.endsWith('.sample')) continue;
    const file = await files.realPath(`${directory}/${name}`).catch(() => null);
    const stat = file === null ? null : await files.stat(file);
    if (file !== null && stat?.kind === 'file' && (stat.mode & 0o111) !== 0) hooks.push({ name, file, stat });
  }
  return hooks.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The directory may be a link, too. */
async function namesIn(files: Files, directory: string): Promise<string[]> {
  try {
    return (await files.list(directory)).map(({ name }) => name.toString('utf8'));
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}
