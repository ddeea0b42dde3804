import { LockstepError } from '../../errors.ts';
import type { Advance, Finding, ObjectId } from '../vcs.ts';
import type { CommandEnd } from '../run-command.ts';
import { troubleOf } from './git-failures.ts';
import { head, refTip } from './git-head.ts';
import { currentIndex, follow, indexLock, install, type PrivateIndex } from './git-index.ts';
import { refLocks, type GitJournal } from './git-journal.ts';
import type { GitRepository } from './git-repository.ts';

export type RefMove = { readonly outcome: 'moved' } | { readonly outcome: 'elsewhere' } | { readonly outcome: 'trouble'; readonly finding: Finding };
/** What git said or did is none of what can be dealt with; its locks are gone with it, so the journal must end first. */
type RefSurprise = { readonly outcome: 'surprise'; readonly error: LockstepError };

/** Moves a ref from one value to another, by compare and swap; `from` null: it must not be there yet. */
export async function updateRef(repository: GitRepository, journal: GitJournal, ref: string, from: ObjectId | null, to: ObjectId, why: string): Promise<RefMove | RefSurprise> {
  const args = ['update-ref', '--create-reflog', '-m', why.replace(/\s+/g, ' ').slice(0, 200), ref, to, from ?? '0'.repeat(to.length)];
  const end = await repository.call(args);
  if (end.ended === 'exit' && end.code === 0) return { outcome: 'moved' };
  if (end.ended !== 'exit') await journal.removeLeftovers();
  // It may have ended, or been ended, when the work was done: then all that follows a move is still to do.
  if ((await refTip(repository, ref)) === to) return { outcome: 'moved' };
  return refMoveFailure(repository, args, end);
}

function refMoveFailure(repository: GitRepository, args: readonly string[], end: CommandEnd): RefMove | RefSurprise {
  if (/but expected|reference already exists|unable to resolve reference .*(?:No such|not found)|reference is missing/.test(end.stderr)) return { outcome: 'elsewhere' };
  const finding = troubleOf(end);
  if (finding) return { outcome: 'trouble', finding };
  if (/hook/.test(end.stderr)) return { outcome: 'trouble', finding: { code: 'hook-failed', params: { hook: 'reference-transaction', detail: end.stderr.slice(-300) } } };
  return { outcome: 'surprise', error: repository.surprise(args, end) };
}

interface BranchMove {
  readonly branch: string;
  readonly from: ObjectId | null;
  readonly to: ObjectId;
  readonly why: string;
  /** Holds what `to` holds; takes the place of the person's index. */
  readonly index: PrivateIndex;
}

/**
 * Moves the branch that HEAD is on, then lets the person's index follow. The journal says so first: a crash in between
 * leaves an index that seems to hold staged changes, and would be taken for the person's.
 */
export async function moveBranch(repository: GitRepository, journal: GitJournal, move: BranchMove): Promise<RefMove> {
  const ref = `refs/heads/${move.branch}`;
  const before = await journal.indexBehind();
  const behind = { base: before ? before.base : move.from, to: move.to };
  await journal.begin([...refLocks(repository, ref), ...(await indexLock(repository, move.index))], behind);
  const moved = await updateRef(repository, journal, ref, move.from, move.to, move.why);
  if (moved.outcome !== 'moved') {
    await journal.end(before);
    if (moved.outcome === 'surprise') throw moved.error;
    return moved;
  }
  const followed = await install(repository, journal, move.index);
  await journal.end(followed ? null : behind);
  return moved;
}

/**
 * After the applier has written `to`: the branch moves, the index follows except where the person staged something.
 * False: they are on another branch by now (which may well be at the same commit), or theirs has moved.
 */
export async function advance(repository: GitRepository, journal: GitJournal, { branch, from, to, changes, why }: Advance): Promise<boolean> {
  const now = await head(repository);
  if ((now.state !== 'branch' && now.state !== 'unborn') || now.branch !== branch) return false;
  if ((now.state === 'branch' ? now.commit : null) !== from) return false;
  const index = await currentIndex(repository, journal, 'index', new AbortController().signal);
  await follow(repository, index, from, changes);
  const moved = await moveBranch(repository, journal, { branch, from, to, why: `lockstep: ${why}`, index });
  if (moved.outcome === 'trouble') throw new LockstepError(moved.finding.code, moved.finding.params);
  return moved.outcome === 'moved';
}
