import { repoPathBytes, type RepoPath } from '../../repo-path.ts';
import type { GitRepository } from './git-repository.ts';

/** In an index the mode of an entry stands as it is, in four bytes (git: index-format): this is 160000. */
const LINK_MODE = Buffer.from([0x00, 0x00, 0xe0, 0x00]);
/** The extension of a split index, whose entries are in another file. */
const SPLIT = Buffer.from('link\0');

/**
 * Submodules that are checked out here. To `git add` each is a repository to be looked at, with whatever configuration
 * lies in it; and nothing that it finds out there would be committed by us.
 */
export async function checkedOutSubmodules(repository: GitRepository, index: string, signal: AbortSignal): Promise<RepoPath[]> {
  const { files } = repository.ports;
  const bytes = await files.readIfThere(index);
  // Most have none, and then no process is needed to see it.
  if (bytes === null || !(bytes.includes(LINK_MODE) || bytes.includes(SPLIT))) return [];
  const listed = (await repository.output(['ls-files', '--stage', '-z'], { index, signal, maxOutputBytes: 1024 * 1024 * 1024 })).toString('latin1').split('\0');
  const links = listed.filter((line) => line.startsWith('160000 ')).map((line) => line.slice(line.indexOf('\t') + 1) as RepoPath);
  const stats = await Promise.all(links.map((path) => files.stat(Buffer.concat([Buffer.from(`${repository.place.workTree}/`), repoPathBytes(path), Buffer.from('/.git')]))));
  return links.filter((_, at) => stats[at] !== null);
}
