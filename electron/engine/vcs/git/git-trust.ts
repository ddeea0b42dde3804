import { createHash } from 'node:crypto';
import { digestOf } from './git-config.ts';
import { executingKeys } from './git-executing.ts';
import { hooksDirectory } from './git-hooks.ts';
import type { GitRepository } from './git-repository.ts';

/** What the repository's own configuration and hooks would run, and a digest by which a change of it is noticed. */
export async function executingConfig(repository: GitRepository): Promise<{ digest: string; keys: readonly string[] } | null> {
  const entries = executingKeys(await repository.config());
  const hooks = await enabledHooks(repository);
  const keys = [...new Set(entries.map(({ key }) => key))].sort().concat(hooks.map(({ name }) => `hook ${name}`));
  if (keys.length === 0) return null;
  return { keys, digest: digestOf([...entries.map(({ key, value }) => `${key}=${value ?? ''}`), ...hooks.map(({ name, digest }) => `hook ${name}=${digest}`)]) };
}

async function enabledHooks(repository: GitRepository): Promise<{ name: string; digest: string }[]> {
  const { files } = repository.ports;
  const directory = await hooksDirectory(repository);
  if ((await files.stat(directory))?.kind !== 'directory') return [];
  const hooks: { name: string; digest: string }[] = [];
  for (const entry of await files.list(directory)) {
    const name = entry.name.toString('utf8');
    if (name.endsWith('.sample') || entry.kind === 'directory') continue;
    const stat = await files.stat(`${directory}/${name}`);
    if (!stat || (stat.kind === 'file' && (stat.mode & 0o111) === 0)) continue;
    const content = stat.kind === 'file' ? await files.read(`${directory}/${name}`) : await files.readLink(`${directory}/${name}`);
    hooks.push({ name, digest: createHash('sha256').update(content).digest('hex') });
  }
  return hooks.sort((a, b) => (a.name < b.name ? -1 : 1));
}
