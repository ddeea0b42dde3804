import { repoPathBytes, type RepoPath } from '../../repo-path.ts';
import type { ObjectId, Touch } from '../vcs.ts';
import { splitMachine } from './git-identity.ts';
import { readByGit, unquote } from './git-reader.ts';
import type { GitRepository } from './git-repository.ts';

/** Fields apart by control characters that no name or message line begins with. */
const FORMAT = '--format=%x1e%H%x1f%ct%x1f%B%x1f';
const OPTIONS = ['-c', '--raw', '--no-abbrev', '--no-renames', '--no-ext-diff', '--no-textconv', '--no-show-signature', '--no-color', '--max-count=1'];
/** Arguments of one process. */
const PATHS_AT_ONCE = 500;

/**
 * For each path the newest commit up to `commit` that touched it, or, when `added`, that brought it in. One process for
 * each commit that is met: what came together is found together. A name that is not UTF-8 is not found.
 */
export async function lastTouched(repository: GitRepository, paths: readonly RepoPath[], commit: ObjectId, added: boolean): Promise<ReadonlyMap<RepoPath, Touch>> {
  const found = new Map<RepoPath, Touch>();
  let left = [...new Set(paths)];
  while (left.length > 0) {
    const asked = left.slice(0, PATHS_AT_ONCE);
    const names = asked.map((path) => repoPathBytes(path).toString('utf8'));
    const touches = parse(await readByGit(repository, ['log', ...OPTIONS, FORMAT, ...(added ? ['--diff-filter=A'] : []), commit, '--', ...names]));
    const met = new Set(asked.filter((path) => touches.has(path)));
    for (const path of met) found.set(path, touches.get(path) as Touch);
    // What no commit names is not looked for again.
    left = left.filter((path) => (met.size > 0 ? !met.has(path) : !asked.includes(path)));
  }
  return found;
}

function parse(output: string): ReadonlyMap<RepoPath, Touch> {
  const touches = new Map<RepoPath, Touch>();
  const [commit = '', at = '0', body = '', files = ''] = (output.split('\x1e')[1] ?? '').split('\x1f');
  const { machine, machineId } = splitMachine(body);
  for (const line of files.split('\n')) {
    // `:mode mode id id M TAB path`; of a merge one colon, mode and id more for each parent.
    const [meta = '', name] = line.split('\t');
    const blob = meta.split(' ').at(-2);
    if (name !== undefined && blob !== undefined) touches.set(unquote(name) as RepoPath, { commit, at: new Date(Number(at) * 1000).toISOString(), machine, machineId, blob });
  }
  return touches;
}
