import { LockstepError } from '../../errors.ts';
import { configValue, isLocal, isPersonal, splitKey, type ConfigEntry } from './git-config.ts';
import type { ConfigPair } from './git-env.ts';

/** Keys by which a repository makes git run something in the work that we ask of it; a person's aliases and tools are not among it. */
const RUNNING =
  /^(?:core\.(?:fsmonitor|hookspath|sshcommand|askpass|gitproxy|alternaterefscommand)|credential\.(?:.*\.)?helper|diff\.(?:external|.*\.(?:command|textconv))|filter\..*\.(?:clean|smudge|process)|merge\..*\.driver|gpg\.(?:.*\.)?(?:program|defaultkeycommand)|hook\..*\.command|lfs\.(?:customtransfer\..*\.(?:path|args)|(?:.*\.)?standalonetransferagent|extension\..*\.(?:clean|smudge))|remote\..*\.(?:uploadpack|receivepack|vcs)|uploadpack\.packobjectshook|gc\.recentobjectshook)$/;

/** Keys by which it leads the talk with a server astray: through somebody else, unproven, or into a file (curl writes the one with cookies). */
const CONNECTING = /^(?:http\.(?:.*\.)?(?:proxy|sslverify|sslcainfo|sslcapath|curloptresolve|cookiefile|savecookies|followredirects|delegation)|remote\..*\.proxy)$/;

/** The keys of the repository's own that would run something or redirect us, beside its hooks; harmless values left out. */
export function executingKeys(entries: readonly ConfigEntry[]): ConfigEntry[] {
  const found = entries.filter((entry) => isLocal(entry) && (RUNNING.test(entry.key) || CONNECTING.test(entry.key)));
  return found.filter(({ key, value }) => !(key === 'core.fsmonitor' && !isCommand(value)));
}

/** core.fsmonitor may be a plain yes or no: git's own daemon, nothing of the repository's. */
const isCommand = (value: string | null): boolean => value !== null && value !== '' && !/^(?:true|false|yes|no|on|off|0|1)$/i.test(value);

/** Above this no process can be started with it (Linux: a quarter of the stack's limit, for arguments and environment together). */
const MOST_OVERRIDES_BYTES = 1024 * 1024;

/**
 * What must be overridden for this repository: its own credential helpers always (a secret goes only where the person
 * has said), its filters, drivers and ways to a server unless it is trusted. The person's own come back in, and only
 * then: a helper may be a line of shell with a password in it, and environments can be looked at.
 * An error (`damaged-repository`): there is something that cannot be overridden.
 */
export function overridesFor(entries: readonly ConfigEntry[], trusted: boolean, env: Readonly<Record<string, string | undefined>>): ConfigPair[] | LockstepError {
  const personal = entries.filter(isPersonal);
  const helpers = entries.filter(({ key }) => /^credential\.(?:.*\.)?helper$/.test(key));
  // The empty one resets the list, whatever its address (git: credential.c).
  const pairs: ConfigPair[] = helpers.some(isLocal) ? [['credential.helper', ''], ...helpers.filter(isPersonal).map(({ key, value }): ConfigPair => [key, value ?? ''])] : [];
  if (trusted) return pairs;
  const hopeless = whatCannotBe(entries);
  if (hopeless) return new LockstepError('damaged-repository', { detail: hopeless });
  for (const key of new Set(entries.filter(isLocal).map((entry) => entry.key))) pairs.push(...instead(key, personal, env));
  const bytes = pairs.reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  return bytes > MOST_OVERRIDES_BYTES ? new LockstepError('damaged-repository', { detail: 'its configuration names more programs than a repository can have' }) : pairs;
}

/** A name that is no text could not be said again; objects that are only promised would be fetched from wherever the configuration says. */
function whatCannotBe(entries: readonly ConfigEntry[]): string | null {
  const opaque = executingKeys(entries).find(({ key }) => key.includes('\ufffd'));
  if (opaque) return `its configuration has a key that is no text: ${opaque.key}`;
  const promised = entries.find((entry) => isLocal(entry) && (/^remote\..*\.promisor$/.test(entry.key) || entry.key === 'extensions.partialclone'));
  return promised ? `a part of it is elsewhere (partial clone, ${promised.key}); trust it if you made it` : null;
}

function instead(key: string, personal: readonly ConfigEntry[], env: Readonly<Record<string, string | undefined>>): ConfigPair[] {
  const { section, name } = splitKey(key);
  const own = configValue(personal, key);
  if (section === 'diff' && /^(?:command|textconv)$/.test(name)) return [[key, own ?? '']];
  if (section === 'filter') return filterOverrides(key, personal);
  // An empty command would be an error (git: hook.c); one that is switched off is passed over.
  if (section === 'hook' && name === 'command') return own === null ? [[`${key.slice(0, -'command'.length)}enabled`, 'false']] : [[key, own]];
  if (section === 'lfs' && RUNNING.test(key)) return [[key, own ?? '']];
  if (section !== 'http' || !CONNECTING.test(key)) return [];
  return [[key, own ?? configValue(personal, `http.${name}`) ?? usual(name, env)]];
}

/** What holds where the person has said nothing. An own authority's file cannot be taken back, only made none: then no certificate is believed. */
function usual(name: string, env: Readonly<Record<string, string | undefined>>): string {
  const proxy = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'all_proxy', 'ALL_PROXY'].map((variable) => env[variable]).find(Boolean);
  const values: Readonly<Record<string, string>> = { proxy: proxy ?? '', sslverify: 'true', savecookies: 'false', followredirects: 'initial', delegation: 'none' };
  return values[name] ?? '';
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
