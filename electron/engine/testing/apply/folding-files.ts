import { readdir } from 'node:fs/promises';
import type { Files, FsPath } from '../../ports.ts';
import { nodeFiles } from '../../ports/node-files.ts';

/** The real files, as if the file system below `root` did not tell names apart by case: a name means what is there by it. */
export function filesFoldingCase(root: string): Files {
  return new Proxy(nodeFiles, {
    get(target, call: keyof Files) {
      const method = target[call].bind(target) as (...args: unknown[]) => unknown;
      if (call === 'openRead' || call === 'glance') return method;
      return async (...args: unknown[]) => method(...(await Promise.all(args.map((arg) => (isPath(arg) ? meant(root, arg) : arg)))));
    },
  });
}

const isPath = (arg: unknown): arg is FsPath => typeof arg === 'string' || Buffer.isBuffer(arg);

async function meant(root: string, path: FsPath): Promise<FsPath> {
  const text = path.toString('latin1');
  if (!text.startsWith(`${root}/`)) return path;
  let found = root;
  for (const name of text.slice(root.length + 1).split('/')) {
    const names = (await readdir(Buffer.from(found, 'latin1'), { encoding: 'buffer' }).catch((): Buffer[] => [])).map((each) => each.toString('latin1'));
    found += `/${names.includes(name) ? name : (names.find((each) => each.toLowerCase() === name.toLowerCase()) ?? name)}`;
  }
  return Buffer.from(found, 'latin1');
}
