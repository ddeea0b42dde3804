import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { systemCode } from '../errors.ts';

/** Processes that are begun while we look are looked at as well; where that never ends, every file may have a writer. */
const MAX_ROUNDS = 50;
/** Seen from another mount (a sandbox) a file has another path, but the end of it is the same. */
const COMPARED_COMPONENTS = 3;

/**
 * See `Processes.beingWritten`. As `/proc` tells it (proc(5): `fd`, `fdinfo`, `maps`); a link there is only read and never
 * followed, for the file may lie on a server that does not answer. Our own work goes on between one process and the next.
 */
export async function beingWritten(files: readonly string[], proc = '/proc'): Promise<ReadonlySet<string> | null> {
  if (process.platform !== 'linux') return null;
  const wanted = new Map(files.map((file) => [endOf(file), file]));
  const found = new Set<string>();
  const seen = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const fresh = (namesIn(proc) ?? []).filter((name) => /^\d+$/.test(name) && !seen.has(name));
    if (fresh.length === 0) return seen.size === 0 ? null : found;
    for (const pid of fresh) {
      seen.add(pid);
      for (const file of [...openIn(`${proc}/${pid}`, wanted), ...mappedIn(`${proc}/${pid}`, wanted)]) found.add(file);
      if (round === 0) await setImmediate();
    }
  }
  return new Set(files);
}

const endOf = (path: string): string => path.split('/').slice(-COMPARED_COMPONENTS).join('/');

function openIn(directory: string, wanted: ReadonlyMap<string, string>): string[] {
  return (namesIn(`${directory}/fd`) ?? []).flatMap((name) => {
    const file = wanted.get(endOf(ifThere(() => readlinkSync(`${directory}/fd/${name}`, 'utf8')) ?? ''));
    if (file === undefined) return [];
    const flags = /^flags:\t([0-7]+)$/m.exec(ifThere(() => readFileSync(`${directory}/fdinfo/${name}`, 'latin1')) ?? '')?.[1];
    // O_RDONLY is 0 (open(2)). Not told: rather one too many.
    return flags && (Number.parseInt(flags, 8) & 3) === 0 ? [] : [file];
  });
}

/** Shared and writable mappings outlive the descriptor that they were made with. */
function mappedIn(directory: string, wanted: ReadonlyMap<string, string>): string[] {
  const maps = ifThere(() => readFileSync(`${directory}/maps`, 'utf8')) ?? '';
  return [...maps.matchAll(/^\S+ .w.s \S+ \S+ \d+ +(\/.*)$/gm)].flatMap(([, path = '']) => wanted.get(endOf(path)) ?? []);
}

const namesIn = (directory: string): string[] | null => ifThere(() => readdirSync(directory));

/** Null where the process has ended by now, or is somebody else's. */
function ifThere<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'ENOTDIR'].includes(systemCode(error) ?? '')) return null;
    throw error;
  }
}
