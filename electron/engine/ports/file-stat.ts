import type { Stats } from 'node:fs';
import type { FileStat } from '../ports.ts';

export type Kinds = Pick<Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink'>;

export const kindOf = (entry: Kinds): FileStat['kind'] => (entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : entry.isSymbolicLink() ? 'link' : 'other');

export const fileStat = (stats: Stats): FileStat => ({
  kind: kindOf(stats),
  bytes: stats.size,
  mode: stats.mode & 0o7777,
  inode: stats.ino,
  device: stats.dev,
  links: stats.nlink,
  modifiedMs: stats.mtimeMs,
  changedMs: stats.ctimeMs,
  bornMs: stats.birthtimeMs,
  uid: stats.uid,
});
