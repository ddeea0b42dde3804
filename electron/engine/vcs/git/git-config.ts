import { createHash } from 'node:crypto';
import type { ConfigPair } from './git-env.ts';

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
const isPersonal = ({ scope }: ConfigEntry): boolean => scope === 'system' || scope === 'global';

const values = (entries: readonly ConfigEntry[], key: string): string[] => entries.flatMap((entry) => (entry.key === key ? [entry.value ?? 'true'] : []));

/** The value in force: the last one. */
export const configValue = (entries: readonly ConfigEntry[], key: string): string | null => values(entries, key).at(-1) ?? null;

/** git fetches from the first address of a remote. */
export const firstValue = (entries: readonly ConfigEntry[], key: string): string | null => values(entries, key)[0] ?? null;

export const personalValue = (entries: readonly ConfigEntry[], key: string): string | null => configValue(entries.filter(isPersonal), key);

const TRUTHS = new Set(['true', 'yes', 'on', '1']);
export const isTrue = (value: string | null): boolean => value !== null && TRUTHS.has(value.toLowerCase());

/** `filter.NAME.clean` → section, subsection, name; the subsection may hold dots. */
export function splitKey(key: string): { section: string; subsection: string; name: string } {
  const first = key.indexOf('.');
  const last = key.lastIndexOf('.');
  return { section: key.slice(0, first), subsection: first === last ? '' : key.slice(first + 1, last), name: key.slice(last + 1) };
}

/** Keys by which a repository makes git run something in the work that we ask of it; a person's aliases and tools are not among it. */
const EXECUTING =
  /^(?:core\.(?:fsmonitor|hookspath|sshcommand|askpass|gitproxy|alternaterefscommand)|credential\.(?:.*\.)?helper|diff\.(?:external|.*\.(?:command|textconv))|filter\..*\.(?:clean|smudge|process)|merge\..*\.driver|gpg\.(?:.*\.)?program|remote\..*\.(?:uploadpack|receivepack|vcs)|uploadpack\.packobjectshook)$/;

/** The executing keys of the repository's own, beside its hooks; harmless values left out. */
export function executingKeys(entries: readonly ConfigEntry[]): ConfigEntry[] {
  return entries.filter((entry) => isLocal(entry) && EXECUTING.test(entry.key) && !(entry.key === 'core.fsmonitor' && !isCommand(entry.value)));
}

/** core.fsmonitor may be a plain yes or no: git's own daemon, nothing of the repository's. */
const isCommand = (value: string | null): boolean => value !== null && value !== '' && !/^(?:true|false|yes|no|on|off|0|1)$/i.test(value);

export const digestOf = (parts: readonly string[]): string => createHash('sha256').update(JSON.stringify([...parts].sort())).digest('hex');

/**
 * What must be overridden for this repository: its own credential helpers always (a secret goes only where the person
 * has said), its filters and drivers unless it is trusted. The person's own come back in.
 */
export function overridesFor(entries: readonly ConfigEntry[], trusted: boolean): ConfigPair[] {
  const personal = entries.filter(isPersonal);
  const helpers = personal.filter(({ key }) => /^credential\.(?:.*\.)?helper$/.test(key)).map(({ key, value }): ConfigPair => [key, value ?? '']);
  // The empty one resets the list, whatever its address (git: credential.c).
  const pairs: ConfigPair[] = [['credential.helper', ''], ...helpers];
  for (const key of new Set(entries.filter(isLocal).map((entry) => entry.key))) {
    const { section, name } = splitKey(key);
    if (section === 'remote' && name === 'uploadpack') pairs.push([key, 'git-upload-pack']);
    if (section === 'remote' && name === 'receivepack') pairs.push([key, 'git-receive-pack']);
    if (trusted) continue;
    if (section === 'diff' && /^(?:command|textconv)$/.test(name)) pairs.push([key, configValue(personal, key) ?? '']);
    if (section === 'filter') pairs.push(...filterOverrides(key, personal));
  }
  return pairs;
}

function filterOverrides(key: string, personal: readonly ConfigEntry[]): ConfigPair[] {
  const stem = key.slice(0, key.lastIndexOf('.'));
  return (['clean', 'smudge', 'process'] as const)
    .map((name): ConfigPair => [`${stem}.${name}`, configValue(personal, `${stem}.${name}`) ?? ''])
    .concat([[`${stem}.required`, configValue(personal, `${stem}.required`) ?? 'false']]);
}

/**
 * For merges: each driver becomes git's own way of merging text. An empty driver would "merge" by dropping one side,
 * and machines with different drivers would come to different results. Drivers of a trusted repository run.
 */
export function mergeOverrides(entries: readonly ConfigEntry[], trusted: boolean): ConfigPair[] {
  const drivers = new Set(entries.map(({ key }) => key).filter((key) => /^merge\..+\.driver$/.test(key)));
  return trusted ? [] : [...drivers].map((key): ConfigPair => [key, 'git merge-file -q %A %O %B || exit 1']);
}
