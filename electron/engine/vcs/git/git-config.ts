import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { FileSystemLimits } from '../vcs.ts';

export interface ConfigEntry {
  readonly scope: string;
  /** `file:…`, `command line:` …, as git tells it. */
  readonly origin: string;
  /** Section and name in lower case, the subsection as written. */
  readonly key: string;
  /** Null: the name alone, which means true. */
  readonly value: string | null;
}

/** Reads `git config --list -z --show-scope --show-origin`. */
export function parseConfig(output: Buffer): ConfigEntry[] {
  const fields = output.toString('utf8').split('\0');
  const entries: ConfigEntry[] = [];
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [scope = '', origin = '', pair = ''] = fields.slice(at, at + 3);
    const end = pair.indexOf('\n');
    entries.push({ scope, origin, key: end < 0 ? pair : pair.slice(0, end), value: end < 0 ? null : pair.slice(end + 1) });
  }
  return entries;
}

/** Whether the repository says so itself, and not the person. */
export const isLocal = ({ scope }: ConfigEntry): boolean => scope === 'local' || scope === 'worktree';
export const isPersonal = ({ scope }: ConfigEntry): boolean => scope === 'system' || scope === 'global';

const values = (entries: readonly ConfigEntry[], key: string): string[] => entries.flatMap((entry) => (entry.key === key ? [entry.value ?? 'true'] : []));

/** The value in force: the last one. */
export const configValue = (entries: readonly ConfigEntry[], key: string): string | null => values(entries, key).at(-1) ?? null;

/** git fetches from the first address of a remote. */
export const firstValue = (entries: readonly ConfigEntry[], key: string): string | null => values(entries, key)[0] ?? null;

export const personalValue = (entries: readonly ConfigEntry[], key: string): string | null => configValue(entries.filter(isPersonal), key);

const TRUTHS = new Set(['true', 'yes', 'on', '1']);
export const isTrue = (value: string | null): boolean => value !== null && TRUTHS.has(value.toLowerCase());

/** Where nothing is said, git takes a file system for one that keeps modes and tells cases apart (git-config(1)). */
export function fileSystemLimits(entries: readonly ConfigEntry[]): FileSystemLimits {
  const fileMode = configValue(entries, 'core.filemode');
  return { executableBits: fileMode === null || isTrue(fileMode), foldsCase: isTrue(configValue(entries, 'core.ignorecase')) };
}

/** `filter.NAME.clean` → section, subsection, name; the subsection may hold dots. */
export function splitKey(key: string): { section: string; subsection: string; name: string } {
  const first = key.indexOf('.');
  const last = key.lastIndexOf('.');
  return { section: key.slice(0, first), subsection: first === last ? '' : key.slice(first + 1, last), name: key.slice(last + 1) };
}

/**
 * Absolute paths of the files that the configuration is read from, also of those that are only to be included and are
 * not there yet, or say nothing: they may come later, with a change from another machine even. `byBranch`: whether some
 * count depends on the branch that HEAD is on.
 */
export function configFiles(entries: readonly ConfigEntry[], { workTree, home }: { readonly workTree: string; readonly home: string }): { readonly files: readonly string[]; readonly byBranch: boolean } {
  const fromFiles = entries.filter(({ origin }) => origin.startsWith('file:')).map((entry) => ({ ...entry, file: posix.resolve(workTree, entry.origin.slice('file:'.length)) }));
  const including = fromFiles.filter(({ key, value }) => value && /^include(?:if\..*)?\.path$/.test(key));
  const included = including.map(({ file, value }) => posix.resolve(posix.dirname(file), (value ?? '').replace(/^~\//, `${home}/`)));
  return { files: [...fromFiles.map(({ file }) => file), ...included], byBranch: including.some(({ key }) => key.startsWith('includeif.onbranch:')) };
}

export const digestOf = (parts: readonly string[]): string => createHash('sha256').update(JSON.stringify([...parts].sort())).digest('hex');
