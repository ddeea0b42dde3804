import { appendFile, writeFile } from 'node:fs/promises';
import type { Files, FsPath } from '../../ports.ts';
import { nodeFiles } from '../../ports/node-files.ts';

type Call = keyof Files;

const CHANGING: ReadonlySet<Call> = new Set<Call>([
  'create',
  'writeAtomically',
  'append',
  'link',
  'rename',
  'remove',
  'removeDirectory',
  'removeTree',
  'makeDirectory',
  'makeDirectories',
  'symlink',
  'setMode',
]);

/** The real files, with something that happens before each call, and after it has gone well. */
export function filesWith(before: (call: Call, args: readonly unknown[]) => Promise<void>, after: (call: Call, args: readonly unknown[]) => void = () => undefined, files = nodeFiles): Files {
  return new Proxy(files, {
    get(target, call: Call) {
      const method = target[call].bind(target) as (...args: unknown[]) => unknown;
      // The only one that answers at once.
      if (call === 'openRead') return method;
      return async (...args: unknown[]) => {
        await before(call, args);
        const result = await method(...args);
        after(call, args);
        return result;
      };
    },
  });
}

export class Crash extends Error {}

/** Files of a process that is killed at its n-th changing call (0: the first): that one is half done, none comes after. */
export function filesThatCrashAt(n: number): { files: Files; readonly crashed: boolean } {
  let calls = 0;
  let crashed = false;
  const files = filesWith(async (call, [path, content]) => {
    if (crashed) throw new Crash();
    if (!CHANGING.has(call) || calls++ < n) return;
    crashed = true;
    if (call === 'create' && Buffer.isBuffer(content)) await writeFile(path as FsPath, content.subarray(0, content.length / 2), { flag: 'wx' });
    if (call === 'writeAtomically') await appendFile(`${String(path)}.tmp`, 'half');
    throw new Crash();
  });
  return {
    files,
    get crashed() {
      return crashed;
    },
  };
}

/** Files of which the n-th changing call, and those that match after it, fail as on a full disk; removing always works. */
export function filesFailingAt(n: number, code: string, onlyOnce: boolean): Files {
  let calls = 0;
  return filesWith(async (call) => {
    if (!CHANGING.has(call) || call.startsWith('remove')) return;
    const nth = calls++;
    if (nth === n || (!onlyOnce && nth > n)) throw Object.assign(new Error(`${code}: made so`), { code });
  });
}

/** Calls `act` before the n-th call of any kind (0: the first). `reached`: whether there were so many. */
export function filesInterruptedAt(n: number, act: () => Promise<void>): { files: Files; readonly reached: boolean } {
  let calls = 0;
  const files = filesWith(async () => {
    if (calls++ === n) await act();
  });
  return {
    files,
    get reached() {
      return calls > n;
    },
  };
}

/** Files as on FAT, which has no hard links. */
export function filesWithoutLinks(): Files {
  return filesWith(async (call) => {
    if (call === 'link') throw Object.assign(new Error('EPERM: made so'), { code: 'EPERM' });
  });
}

/** Files of which `directory` and all below it seem to lie on a device of their own. */
export function filesOnTwoDevices(directory: string): Files {
  const isThere = (path: unknown) => `${String(path)}/`.startsWith(`${directory}/`);
  const crosses = ([from, to]: readonly unknown[]) => isThere(from) !== isThere(to);
  const files = filesWith(async (call, args) => {
    if ((call === 'link' || call === 'rename') && crosses(args)) throw Object.assign(new Error('EXDEV: made so'), { code: 'EXDEV' });
  });
  return {
    ...nodeFiles,
    link: files.link.bind(files),
    rename: files.rename.bind(files),
    stat: async (path) => {
      const stat = await nodeFiles.stat(path);
      return stat && isThere(path) ? { ...stat, device: stat.device + 1 } : stat;
    },
  };
}
