import { LockstepError } from '../../errors.ts';
import { repoPathBytes, type RepoPath } from '../../repo-path.ts';
import { detectVcs } from '../detect-vcs.ts';
import type { ObjectId } from '../vcs.ts';
import { head } from './git-head.ts';
import { GitRepository } from './git-repository.ts';
import { readStatus } from './git-status.ts';

/** In an index the mode of an entry stands as it is, in four bytes (git: index-format): this is 160000. */
const LINK_MODE = Buffer.from([0x00, 0x00, 0xe0, 0x00]);
/** The extension of a split index, whose entries are in another file. */
const SPLIT = Buffer.from('link\0');

interface Submodule {
  readonly path: RepoPath;
  /** The commit that the index links to. */
  readonly commit: ObjectId;
}

/**
 * Submodules that are checked out here. To `git add` each is a repository to be looked at, with whatever configuration
 * lies in it; and nothing that it finds out there would be committed by us.
 */
export async function checkedOutSubmodules(repository: GitRepository, index: string, signal: AbortSignal): Promise<Submodule[]> {
  const { files } = repository.ports;
  const bytes = await files.readIfThere(index);
  // Most have none, and then no process is needed to see it.
  if (bytes === null || !(bytes.includes(LINK_MODE) || bytes.includes(SPLIT))) return [];
  const listed = (await repository.output(['ls-files', '--stage', '-z'], { index, signal, maxOutputBytes: 1024 * 1024 * 1024 })).toString('latin1').split('\0');
  const links = listed.flatMap((line) => {
    const [, commit, path] = /^160000 ([0-9a-f]+) \d\t(.*)$/s.exec(line) ?? [];
    return commit !== undefined && path !== undefined ? [{ path: path as RepoPath, commit }] : [];
  });
  const stats = await Promise.all(links.map(({ path }) => files.stat(Buffer.concat([placeOf(repository, path), Buffer.from('/.git')]))));
  return links.filter((_, at) => stats[at] !== null);
}

const placeOf = ({ place }: GitRepository, path: RepoPath): Buffer => Buffer.concat([Buffer.from(`${place.workTree}/`), repoPathBytes(path)]);

/**
 * Those of them that hold something else than is linked: changes of their own, or another commit. Each is looked at as a
 * repository that nobody trusts.
 */
export async function changedSubmodules(repository: GitRepository, signal: AbortSignal): Promise<RepoPath[]> {
  const changed: RepoPath[] = [];
  for (const submodule of await checkedOutSubmodules(repository, `${repository.place.gitDir}/index`, signal)) if (await isChanged(repository, submodule, signal)) changed.push(submodule.path);
  return changed;
}

async function isChanged(repository: GitRepository, { path, commit }: Submodule, signal: AbortSignal): Promise<boolean> {
  const bytes = placeOf(repository, path);
  const workTree = bytes.toString('utf8');
  const detected = Buffer.from(workTree).equals(bytes) ? await detectVcs(repository.ports, workTree) : null;
  if (detected?.kind !== 'git') return false;
  const { ports, runner, ownDirectory, machine } = repository;
  const submodule = new GitRepository({ ports, runner, place: detected.place, ownDirectory, machine });
  const now = await head(submodule);
  if ((now.state === 'branch' || now.state === 'detached') && now.commit !== commit) return true;
  try {
    const { parser } = await readStatus(submodule, undefined, signal);
    return parser.changes.length > 0 || parser.staged > 0 || parser.nested.size > 0;
  } catch (error) {
    // Damaged, say: what it holds nobody can tell, and this is only for a note.
    if (error instanceof LockstepError && error.code !== 'cancelled') return false;
    throw error;
  }
}
