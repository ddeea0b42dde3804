import { Readable } from 'node:stream';
import { nodeFiles } from '../../../electron/engine/ports/node-files.ts';
import type { Files, FsPath } from '../../../electron/engine/ports.ts';
import type { Faults } from './faults.ts';
import type { Life, Turnstile } from './turnstile.ts';
import type { VirtualTimes } from './virtual-times.ts';

interface SimulatedFilesOptions {
  readonly life: Life;
  readonly turnstile: Turnstile;
  readonly faults: Faults;
  readonly times: VirtualTimes;
  /** Names in these places may have changed. */
  readonly changed: (paths: readonly FsPath[]) => void;
  /** The program dies here. */
  readonly die: () => void;
}

/** The real files, each call in its turn, with times of the simulation, and with what a disk does to a program. */
export function simulatedFiles({ life, turnstile, faults, times, changed, die }: SimulatedFilesOptions): Files {
  const turn = <T>(path: FsPath, work: () => Promise<T>): Promise<T> => turnstile.enter(life, `look ${latin1(path)}`, work);
  const change = <T>(paths: readonly FsPath[], work: () => Promise<T>, needsRoom = false): Promise<T> =>
    turnstile.enter(life, `change ${paths.map(latin1).join(' ')}`, async () => {
      const how = faults.change();
      if (how === 'deadly') {
        die();
        throw new Error('nobody hears this any more');
      }
      if (how === 'fails') throw failure('EIO', 'i/o error');
      if (how === 'full' && needsRoom) throw failure('ENOSPC', 'no space left on device');
      try {
        return await work();
      } finally {
        changed(paths);
      }
    });
  const read = (path: FsPath): Promise<Buffer> => turn(path, () => nodeFiles.read(path));
  return {
    stat: (path) => turn(path, async () => virtual(await nodeFiles.stat(path))),
    // Whose processes run on the machine that simulates is nobody's business here: the person's git never runs beside ours.
    list: (path) => turn(path, () => (path === '/proc' ? Promise.resolve([]) : nodeFiles.list(path))),
    read,
    readIfThere: (path) => turn(path, () => nodeFiles.readIfThere(path)),
    glance: (paths, maxBytes) => turn(paths[0] ?? '', async () => (await nodeFiles.glance(paths, maxBytes)).map((glance) => ({ ...glance, stat: virtual(glance.stat) }))),
    openRead: (path) => Readable.from(once(() => read(path)), { objectMode: false }),
    async create(path, content, options) {
      // Read before the turn: a turn inside a turn would never come.
      const bytes = Buffer.isBuffer(content) ? content : await collected(content);
      return change([path], () => nodeFiles.create(path, bytes, options), true);
    },
    writeAtomically: (path, content, mode) => change([path], () => nodeFiles.writeAtomically(path, content, mode), true),
    append: (path, text, mode) => change([path], () => nodeFiles.append(path, text, mode), true),
    link: (from, to) => change([to], () => nodeFiles.link(from, to)),
    rename: (from, to) => change([from, to], () => nodeFiles.rename(from, to)),
    remove: (path) => change([path], () => nodeFiles.remove(path)),
    removeDirectory: (path) => change([path], () => nodeFiles.removeDirectory(path)),
    removeTree: (path) => change([path], () => nodeFiles.removeTree(path)),
    makeDirectory: (path, mode) => change([path], () => nodeFiles.makeDirectory(path, mode), true),
    makeDirectories: (path, mode) => change([path], () => nodeFiles.makeDirectories(path, mode), true),
    symlink: (target, path) => change([path], () => nodeFiles.symlink(target, path), true),
    readLink: (path) => turn(path, () => nodeFiles.readLink(path)),
    setMode: (path, mode) => change([path], () => nodeFiles.setMode(path, mode)),
    syncDirectory: (path) => turn(path, () => nodeFiles.syncDirectory(path)),
    isReadable: (path, kind) => turn(path, () => nodeFiles.isReadable(path, kind)),
    realPath: (path) => turn(path, () => nodeFiles.realPath(path)),
    freeBytes: (path) => turn(path, () => nodeFiles.freeBytes(path)),
  };

  function virtual<Stat extends Awaited<ReturnType<Files['stat']>>>(stat: Stat): Stat {
    return stat && (times.stat(stat) as Stat);
  }
}

const latin1 = (path: FsPath): string => (typeof path === 'string' ? path : path.toString('latin1'));

const failure = (code: string, what: string): Error => Object.assign(new Error(`${code}: ${what}`), { code });

async function* once(read: () => Promise<Buffer>): AsyncGenerator<Buffer> {
  yield await read();
}

async function collected(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
