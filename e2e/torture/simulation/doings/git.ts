import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Hand } from '../hand.ts';

/** What a person does with their own git. What git refuses, it refuses. */
type GitDoing = (hand: Hand, which: number) => Promise<unknown>;

/** A nested repository is nothing that a person means to add. */
const ALL = ['--', '.', ':!nested-*'];

const takeAll = (hand: Hand) => hand.git('add', '-A', ...ALL);

/** By which a person's lock is told from one of ours. */
export const PERSONS_LOCK = 'of a person';

const inProgress = (hand: Hand, name: string): boolean => existsSync(`${hand.machine.folder}/.git/${name}`);

/** Paths with a conflict in the index, each written anew and taken as solved. */
async function solve(hand: Hand): Promise<void> {
  const { output } = await hand.git('diff', '--name-only', '--diff-filter=U', '-z');
  for (const path of output.split('\0').filter(Boolean)) {
    const file = hand.place(path);
    if (file) writeFileSync(file, hand.world.token());
  }
  await takeAll(hand);
}

const isIdle = (hand: Hand): boolean => !['MERGE_HEAD', 'rebase-merge', 'rebase-apply', 'CHERRY_PICK_HEAD'].some((name) => inProgress(hand, name));

/** Only where nothing is in progress: a person who is in the middle of one thing does not begin another. */
const whenIdle = async (hand: Hand, work: () => Promise<unknown>): Promise<void> => {
  if (isIdle(hand)) await work();
};

export const gitDoings = {
  /** Refreshes the index on its way. */
  status: (hand) => hand.does(() => hand.git('status')),
  commit: (hand) => hand.does(() => whenIdle(hand, async () => (await takeAll(hand), hand.git('commit', '-qm', 'By hand')))),
  stage: (hand, which) => hand.does(() => whenIdle(hand, async () => hand.git('add', '--', hand.file(which) ?? '.'))),
  unstage: (hand) => hand.does(() => whenIdle(hand, () => hand.git('reset', '-q'))),
  /** What is ignored is taken in by force. */
  force: (hand) => hand.does(() => whenIdle(hand, async () => (hand.world.letOut(), await hand.git('add', '-f', ...ALL), hand.git('commit', '-qm', 'By force')))),
  away: (hand, which) => hand.does(() => whenIdle(hand, () => hand.git('switch', '-q', ...(which % 2 === 0 ? ['-c', `side-${hand.world.random.below(1000)}`] : ['--detach'])))),
  back: (hand) => hand.doesToHistory(() => whenIdle(hand, () => hand.git('switch', '-q', 'main'))),
  stash: (hand) => hand.doesToHistory(() => whenIdle(hand, () => hand.git('stash', '-q', '-u'))),
  pop: (hand) => hand.doesToHistory(() => whenIdle(hand, () => hand.git('stash', 'pop', '-q'))),
  resetHard: (hand, which) => hand.doesToHistory(() => whenIdle(hand, () => hand.git('reset', '-q', '--hard', `HEAD~${which % 3}`))),
  resetSoft: (hand, which) => hand.doesToHistory(() => whenIdle(hand, () => hand.git('reset', '-q', which % 2 === 0 ? '--soft' : '--mixed', 'HEAD~1'))),
  amend: (hand) => hand.doesToHistory(() => whenIdle(hand, () => hand.git('commit', '-q', '--amend', '-m', 'Amended'))),
  restore: (hand) => hand.does(() => whenIdle(hand, () => hand.git('checkout', '-q', '--', '.'))),
  fetch: (hand) => hand.does(() => hand.git('fetch', '-q', 'origin')),
  merge: (hand) => hand.does(() => whenIdle(hand, async () => (await hand.git('fetch', '-q', 'origin'), hand.git('merge', '-q', '--no-edit', 'origin/main')))),
  rebase: (hand) => hand.doesToHistory(() => whenIdle(hand, async () => (await hand.git('fetch', '-q', 'origin'), hand.git('rebase', '-q', 'origin/main')))),
  push: (hand) => hand.does(() => whenIdle(hand, () => (hand.world.letOut(), hand.git('push', '-q', 'origin', 'main')))),
  pack: (hand) => hand.does(() => hand.git('repack', '-q', '-a', '-d')),
  packRefs: (hand) => hand.does(() => hand.git('pack-refs', '--all')),
  /** A git of theirs died, or waits in an editor. */
  lock: (hand) => hand.does(async () => existsSync(lockFile(hand)) || writeFileSync(lockFile(hand), PERSONS_LOCK)),
  unlock: (hand) => hand.does(async () => unlock(hand)),
  finish: (hand) => hand.doesToHistory(() => finish(hand)),
  abort: (hand) => hand.doesToHistory(() => abort(hand)),
} satisfies Record<string, GitDoing>;

async function finish(hand: Hand): Promise<void> {
  await solve(hand);
  if (inProgress(hand, 'MERGE_HEAD')) await hand.git('commit', '-q', '--no-edit');
  for (let steps = 0; steps < 5 && (inProgress(hand, 'rebase-merge') || inProgress(hand, 'rebase-apply')); steps += 1) {
    await solve(hand);
    await hand.git('rebase', '--continue');
  }
}

async function abort(hand: Hand): Promise<void> {
  if (inProgress(hand, 'MERGE_HEAD')) await hand.git('merge', '--abort');
  if (inProgress(hand, 'rebase-merge') || inProgress(hand, 'rebase-apply')) await hand.git('rebase', '--abort');
}

const lockFile = ({ machine }: Hand): string => `${machine.gitDirectory}/index.lock`;

/** Theirs alone. */
function unlock(hand: Hand): void {
  if (existsSync(lockFile(hand)) && readFileSync(lockFile(hand), 'latin1') === PERSONS_LOCK) rmSync(lockFile(hand));
}

/** Ends whatever is in progress, and is on the branch again with nothing staged: as a person leaves things in the end. */
export async function tidyUp(hand: Hand): Promise<void> {
  await gitDoings.unlock(hand);
  if (!isIdle(hand) || (await isUnmerged(hand))) {
    await gitDoings.finish(hand);
    await gitDoings.abort(hand);
  }
  if (await isElsewhere(hand)) {
    await hand.does(() => hand.git('reset', '-q'));
    // What is not committed and stands in the way goes along with a commit of its own.
    await hand.doesToHistory(async () => ((await hand.git('switch', '-q', 'main')).code === 0 ? null : (await takeAll(hand), await hand.git('commit', '-qm', 'On the side'), hand.git('switch', '-q', 'main'))));
  }
  // Only then: whatever is done there wakes a program that may have missed something.
  if (await isStaged(hand)) await hand.does(() => hand.git('reset', '-q'));
}

const isStaged = async (hand: Hand): Promise<boolean> => (await hand.git('--no-optional-locks', 'diff-index', '--cached', '--quiet', 'HEAD', '--')).code !== 0;

const isUnmerged = async (hand: Hand): Promise<boolean> => (await hand.git('ls-files', '-u')).output !== '';

const isElsewhere = async (hand: Hand): Promise<boolean> => !readFileSync(`${hand.machine.folder}/.git/HEAD`, 'latin1').startsWith('ref: refs/heads/main');
