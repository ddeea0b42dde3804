import { LockstepError } from '../errors.ts';
import type { ImportedFolder, ImportPlan } from './import-plan.ts';

type Section = ReadonlyMap<string, string>;

/** Keys that say the same thing here by themselves: how to commit, push and signal. */
const UNDERSTOOD: Readonly<Record<string, readonly string[]>> = {
  autosync: ['path', 'pidfile', 'syncmethod', 'notifymethod', 'pulllock', 'readfrequency', 'ignorepath'],
  xmpp: ['username', 'password', 'alsonotify'],
};

/**
 * dvcs-autosync's configuration (`.autosync-example`, read by Python's ConfigParser): sections, `key = value` or
 * `key: value`, continued by indented lines, comments by `#` or `;` at the start of a line. Its commands are never run.
 */
export function readAutosyncConfiguration(text: string): ImportPlan {
  const sections = parseIni(text);
  const autosync = sections.get('autosync');
  const path = autosync?.get('path');
  if (!autosync || !path) throw new LockstepError('bad-file', { detail: 'there is no [autosync] section with a path' });
  const folder: ImportedFolder = { path, ignore: ignorePatterns(autosync.get('ignorepath') ?? ''), ...pushDelay(autosync) };
  const xmpp = sections.get('xmpp');
  const [jid, password] = [xmpp?.get('username'), xmpp?.get('password')];
  return {
    folders: [folder],
    xmpp: autosync.get('syncmethod') !== 'none' && jid && password ? { jid, password } : null,
    fanout: null,
    skipped: unknownKeys(sections).map((what) => ({ what, why: 'no-counterpart' })),
  };
}

/** `readfrequency` was both its push delay and how often it read events. */
function pushDelay(autosync: Section): { pushDelayS?: number } {
  const seconds = Number(autosync.get('readfrequency') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 && seconds <= 86_400 ? { pushDelayS: seconds } : {};
}

/** Paths relative to the folder, separated by spaces: as gitignore patterns that mean exactly these. */
function ignorePatterns(list: string): string[] {
  const paths = list.split(/\s+/).filter((path) => path !== '' && path !== '.git' && path !== '.hg');
  return paths.map((path) => `/${path.replace(/^(\.?\/)+/, '').replace(/[\\*?[\]!#]/g, '\\$&')}`).filter((pattern) => pattern !== '/');
}

/** Own commands (`dvcs.pushcmd` …) are left out knowingly: nothing of a configuration file is ever run. */
const unknownKeys = (sections: ReadonlyMap<string, Section>): string[] =>
  [...sections].flatMap(([section, keys]) => [...keys.keys()].filter((key) => !UNDERSTOOD[section]?.includes(key)).map((key) => `${section}.${key}`));

function parseIni(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let last: string | undefined;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    if (/^\s*([#;]|$)/.test(raw)) continue;
    const [, header] = /^\[([^\]]+)\]\s*$/.exec(raw) ?? [];
    const [, key, value = ''] = /^([^\s:=][^:=]*)[:=](.*)$/.exec(raw) ?? [];
    if (header !== undefined) {
      section = sections.get(header) ?? new Map<string, string>();
      sections.set(header, section);
      last = undefined;
    } else if (/^\s/.test(raw) && section && last !== undefined) section.set(last, `${section.get(last) ?? ''}\n${raw.trim()}`.trim());
    else if (key !== undefined && section) {
      last = key.trim().toLowerCase();
      section.set(last, value.trim());
    } else throw new LockstepError('bad-file', { detail: `line ${index + 1} is not understood` });
  }
  return sections;
}
