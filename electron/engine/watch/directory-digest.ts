import { createHash } from 'node:crypto';
import { systemCode } from '../errors.ts';
import type { DirectoryEntry, Files } from '../ports.ts';
import { inParallel } from './in-parallel.ts';

const STATS_AT_ONCE = 8;

interface DirectoryLook {
  readonly digest: string;
  readonly entries: number;
}

/**
 * A short digest of what one directory holds (names, and of files also identity, size and times), so that a later look
 * tells whether anything changed without a record of each file. What cannot be read has its error as digest.
 */
export async function lookAtDirectory(files: Files, directory: Buffer): Promise<DirectoryLook> {
  try {
    const entries = (await files.list(directory)).sort((a, b) => a.name.compare(b.name));
    const hash = createHash('sha1');
    for (const line of await inParallel(entries, STATS_AT_ONCE, (entry) => describe(files, directory, entry))) hash.update(line);
    return { digest: hash.digest('base64'), entries: entries.length };
  } catch (error) {
    return { digest: systemCode(error) ?? 'unreadable', entries: 0 };
  }
}

async function describe(files: Files, directory: Buffer, { name }: DirectoryEntry): Promise<string> {
  const stat = await files.stat(Buffer.concat([directory, Buffer.from('/'), name]));
  const head = `${name.toString('latin1')}\0${stat?.kind}\0${stat?.inode}\0`;
  // A directory's times change with its content, which is looked at on its own.
  return !stat || stat.kind === 'directory' ? head : `${head}${stat.bytes}\0${stat.mode}\0${stat.modifiedMs}\0${stat.changedMs}\0`;
}
