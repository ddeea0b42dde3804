import { createHash } from 'node:crypto';
import type { Files, FileStat, FsPath } from '../ports.ts';

/** Whether two files, or two links, hold the same bytes; however large they are. */
export async function sameContent(files: Files, a: FsPath, aStat: FileStat, b: FsPath, bStat: FileStat): Promise<boolean> {
  if (aStat.kind !== bStat.kind || aStat.bytes !== bStat.bytes) return false;
  if (aStat.kind === 'link') return (await files.readLink(a)).equals(await files.readLink(b));
  if (aStat.kind !== 'file') return false;
  if (aStat.inode === bStat.inode && aStat.device === bStat.device) return true;
  return (await digest(files, a)) === (await digest(files, b));
}

async function digest(files: Files, path: FsPath): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of files.openRead(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
