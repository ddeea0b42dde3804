import { Readable } from 'node:stream';
import type { Files, FileStat, FsPath } from '../../../electron/engine/ports.ts';
import type { Faults } from './faults.ts';
import { filesInPlace } from './files-in-place.ts';
import type { Life, Turnstile } from './turnstile.ts';
import type { VirtualTimes } from './virtual-times.ts';

interface SimulatedFilesOptions {
  readonly life: Life;
  readonly turnstile: Turnstile;
  readonly faults: Faults;
  readonly times: VirtualTimes;
  /** Something is about to be changed in these places, now. */
  readonly before: (paths: readonly FsPath[]) => Promise<void>;
  /** Names in these places may have changed. */
  readonly changed: (paths: readonly FsPath[]) => void;
  /** The program dies here. */
  readonly die: () => void;
}

/** The real files, each call in its turn, with times of the simulation, and with what a disk does to a program. */
export function simulatedFiles(options: SimulatedFilesOptions): Files {
  const { life, turnstile } = options;
  const look = <T>(path: FsPath, work: () => T): Promise<T> => turnstile.enter(life, `look ${String(path)}`, work);
  const change = <T>(paths: readonly FsPath[], work: () => T, needsRoom: () => boolean): Promise<T> =>
    turnstile.enter(life, `change ${paths.map(String).join(' ')}`, async () => {
      await options.before(paths);
      return underFaults(options, paths, work, needsRoom);
    });
  const write = <T>(path: FsPath, work: () => T): Promise<T> => change([path], work, () => true);
  const move = <T>(paths: readonly FsPath[], work: () => T): Promise<T> => change(paths, work, () => false);
  const virtual = (stat: FileStat | null): FileStat | null => stat && options.times.stat(stat);
  const read = (path: FsPath): Promise<Buffer> => look(path, () => filesInPlace.read(path));
  return {
    stat: (path) => look(path, () => virtual(filesInPlace.stat(path))),
    // Whose processes run on the machine that simulates is nobody's business here: the person's git never runs beside ours.
    list: (path) => look(path, () => (path === '/proc' ? [] : filesInPlace.list(path))),
    read,
    readIfThere: (path) => look(path, () => filesInPlace.readIfThere(path)),
    glance: (paths, maxBytes) => look(`${paths.length} paths`, () => filesInPlace.glance(paths, maxBytes).map((glance) => ({ ...glance, stat: virtual(glance.stat) }))),
    openRead: (path) => Readable.from(once(() => read(path)), { objectMode: false }),
    async create(path, content, { mode }) {
      // Read before the turn: a turn inside a turn would never come.
      const bytes = Buffer.isBuffer(content) ? content : await collected(content);
      return write(path, () => filesInPlace.create(path, bytes, mode));
    },
    writeAtomically: (path, content, mode) => write(path, () => filesInPlace.writeAtomically(path, content, mode)),
    append: (path, text, mode) => write(path, () => filesInPlace.append(path, text, mode)),
    link: (from, to) => move([to], () => filesInPlace.link(from, to)),
    rename: (from, to) => move([from, to], () => filesInPlace.rename(from, to)),
    remove: (path) => move([path], () => filesInPlace.remove(path)),
    removeDirectory: (path) => move([path], () => filesInPlace.removeDirectory(path)),
    removeTree: (path) => move([path], () => filesInPlace.removeTree(path)),
    makeDirectory: (path, mode) => write(path, () => filesInPlace.makeDirectory(path, mode)),
    makeDirectories: (path, mode) => change([path], () => filesInPlace.makeDirectories(path, mode), () => filesInPlace.stat(path) === null),
    symlink: (target, path) => write(path, () => filesInPlace.symlink(target, path)),
    readLink: (path) => look(path, () => filesInPlace.readLink(path)),
    setMode: (path, mode) => move([path], () => filesInPlace.setMode(path, mode)),
    syncDirectory: (path) => look(path, () => undefined),
    isReadable: (path) => look(path, () => filesInPlace.stat(path) !== null),
    realPath: (path) => look(path, () => filesInPlace.realPath(path)),
    freeBytes: (path) => look(path, () => (options.faults.diskFull ? 0 : 2 ** 30)),
  };
}

function underFaults<T>({ faults, times, changed, die }: SimulatedFilesOptions, paths: readonly FsPath[], work: () => T, needsRoom: () => boolean): T {
  const how = faults.change(paths.map((path) => (typeof path === 'string' ? path : path.toString('latin1'))));
  if (how === 'deadly') {
    die();
    throw new Error('nobody hears this any more');
  }
  if (how === 'fails') throw failure('EIO', 'i/o error');
  if (how === 'full' && needsRoom()) {
    faults.meet('disk');
    throw failure('ENOSPC', 'no space left on device');
  }
  const before = inodesOf(paths);
  try {
    return work();
  } finally {
    times.changed([...before, ...inodesOf(paths)]);
    changed(paths);
  }
}

const inodesOf = (paths: readonly FsPath[]): number[] => paths.flatMap((path) => filesInPlace.stat(path)?.inode ?? []);

const failure = (code: string, what: string): Error => Object.assign(new Error(`${code}: ${what}`), { code });

async function* once(read: () => Promise<Buffer>): AsyncGenerator<Buffer> {
  yield await read();
}

async function collected(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
