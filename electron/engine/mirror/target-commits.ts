import type { GitRepository } from '../vcs/git/git-repository.ts';
import { storeTrouble } from './pair-trouble.ts';
import { tail } from './ref-map.ts';
import type { TargetCommit } from './repository-pair.ts';
import { OWN, readStoreRefs } from './store-refs.ts';

const MOST_PER_REF = 100;
const FORMAT = '%H%x00%aI%x00%an%x00%s%x00';

/** Commits that only the target has, newest first, of each ref that another hand moved there. */
export async function targetCommits(repository: GitRepository, signal: AbortSignal): Promise<TargetCommit[]> {
  const { theirs } = await readStoreRefs(repository, signal);
  const found: TargetCommit[] = [];
  for (const ref of theirs.keys()) {
    const end = await repository.call(['log', `--format=${FORMAT}`, `--max-count=${MOST_PER_REF}`, '--not', '--branches', '--tags', '--not', '--end-of-options', `${OWN.theirs}${tail(ref)}`, '--'], { signal });
    if (end.ended !== 'exit' || end.code !== 0) throw storeTrouble(repository.place.gitDir, end);
    for (const line of end.stdout.toString('utf8').split('\0\n').filter(Boolean)) {
      const [commit = '', at = '', author = '', subject = ''] = line.split('\0');
      found.push({ ref, commit, at, author, subject });
    }
  }
  return found;
}
