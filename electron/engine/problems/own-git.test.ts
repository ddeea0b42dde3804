import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemStage, type Expected } from '../testing/problem-stage.ts';

let stage: ProblemStage;
beforeEach(async () => {
  stage = new ProblemStage();
  await stage.open();
});
afterEach(() => stage.close());

interface Middle extends Omit<Expected, 'action'> {
  readonly name: string;
  readonly begin: readonly (readonly string[])[];
  /** A file with what the person makes of it then, and one that they have decided on before the end. */
  readonly saved?: readonly [file: string, content: string];
  readonly decided?: readonly [file: string, content: string];
  readonly end: readonly (readonly string[])[];
}

/** What a person can be in the middle of, by the commands that bring them there and out again. */
const MIDDLES: readonly Middle[] = [
  {
    name: 'a rebase that stopped at a conflict',
    code: 'rebase-in-progress',
    says: /middle of a rebase here; Lockstep goes on by itself/,
    begin: [['rebase', 'origin/other']],
    end: [['rebase', '--abort']],
  },
  {
    name: 'a rebase by patches that stopped at a conflict',
    code: 'rebase-in-progress',
    says: /middle of a rebase/,
    begin: [['rebase', '--apply', 'origin/other']],
    end: [['rebase', '--abort']],
  },
  {
    name: 'an interactive rebase that stopped to edit a commit',
    code: 'rebase-in-progress',
    says: /middle of a rebase/,
    begin: [['-c', 'sequence.editor=sed -i s/^pick/edit/', 'rebase', '-i', 'HEAD~1']],
    end: [['rebase', '--continue']],
  },
  {
    name: 'mailed patches that do not apply',
    code: 'rebase-in-progress',
    says: /middle of “git am” here/,
    begin: [['format-patch', '-q', '-1', 'origin/other', '-o', '.git/patches'], ['am', '.git/patches/0001-Other.patch']],
    end: [['am', '--abort']],
  },
  { name: 'a merge with a conflict', code: 'merge-in-progress', says: /middle of a merge/, begin: [['merge', 'origin/other']], end: [['merge', '--abort']] },
  {
    name: 'a merge that waits for its commit',
    code: 'merge-in-progress',
    says: /middle of a merge/,
    begin: [['merge', '--no-commit', '--no-ff', '-s', 'ours', 'origin/other']],
    end: [['commit', '-qm', 'Merged by hand']],
  },
  {
    name: 'a merge into one commit, with a conflict',
    code: 'changes-staged',
    says: /staged a file yourself/,
    begin: [['merge', '--squash', 'origin/other']],
    decided: ['start.txt', 'both\n'],
    end: [['commit', '-qam', 'Squashed by hand']],
  },
  {
    name: 'some lines of a file staged for a commit of one’s own',
    code: 'changes-staged',
    says: /staged a file yourself; it waits for your commit/,
    // As `add -p` leaves it: the index holds a version that is neither the commit's nor the work tree's.
    begin: [['update-index', '--cacheinfo', '100644,{some lines},start.txt']],
    saved: ['start.txt', 'second\nand some lines\nand others\n'],
    end: [['commit', '-qm', 'Some lines']],
  },
  { name: 'a cherry-pick with a conflict', code: 'cherry-pick-in-progress', says: /middle of a cherry-pick/, begin: [['cherry-pick', 'origin/other']], end: [['cherry-pick', '--abort']] },
  {
    name: 'a cherry-pick of several commits, one of them being decided',
    code: 'cherry-pick-in-progress',
    says: /middle of a cherry-pick/,
    begin: [['cherry-pick', 'HEAD', 'origin/other'], ['reset', '-q']],
    end: [['cherry-pick', '--quit'], ['reset', '-q', '--hard']],
  },
  { name: 'a revert with a conflict', code: 'revert-in-progress', says: /middle of a revert/, begin: [['revert', '--no-edit', 'HEAD~1']], end: [['revert', '--abort']] },
  { name: 'a bisect', code: 'bisect-in-progress', says: /middle of a bisect/, begin: [['bisect', 'start', 'HEAD', 'HEAD~1']], end: [['bisect', 'reset']] },
  { name: 'a look at an older commit', code: 'detached-head', says: /No branch is checked out/, begin: [['switch', '-q', '--detach', 'HEAD~1']], end: [['switch', '-q', 'main']] },
  {
    name: 'another branch',
    code: 'no-branch',
    says: /^other is checked out here; Lockstep keeps main in step/,
    begin: [['switch', '-q', 'other']],
    end: [['switch', '-q', 'main']],
  },
  {
    name: 'a branch without a commit',
    code: 'no-branch',
    says: /^fresh is checked out here; Lockstep keeps main in step/,
    begin: [['switch', '-q', '--orphan', 'fresh']],
    end: [['switch', '-q', 'main']],
  },
];

describe('waits for the end of', () => {
  it.each(MIDDLES)('$name', async ({ code, says, begin, saved, decided, end }) => {
    const { desk, git } = stage;
    const someLines = stage.blob('second\nand some lines\n');
    for (const args of begin) git(...args.map((argument) => argument.replace('{some lines}', someLines)));
    if (saved) stage.save(...saved);
    await stage.meets({ code, says, action: 'wait' });
    const [persons, hub] = [stage.persons(), stage.hubTip()];
    stage.save('meanwhile.txt', 'kept\n');
    await desk.sync();
    expect(desk.state.problem?.code).toBe(code);
    expect([stage.persons(), stage.hubTip()]).toEqual([persons, hub]);
    expect(git('show', 'refs/lockstep/snap/latest:meanwhile.txt')).toBe('kept');

    if (decided) stage.save(...decided);
    for (const args of end) git(...args);
    await stage.mended('meanwhile.txt');
    expect(git('fsck', '--connectivity-only')).not.toMatch(/missing|broken/);
  });
});

it('takes a file that is only announced for staging as any new file', async () => {
  stage.save('announced.txt');
  stage.git('add', '--intent-to-add', 'announced.txt');
  await stage.mended('announced.txt');
  expect(stage.git('status', '--porcelain')).toBe('');
});

it('leaves what was stashed in the stash, and takes it in when it comes back', async () => {
  await stage.desk.engine.handlers['folder.set']({ id: 'desk', options: { commit: false } }, AbortSignal.timeout(5_000));
  stage.save('start.txt', 'not yet\n');
  stage.git('stash');
  await stage.desk.engine.handlers['folder.set']({ id: 'desk', options: { commit: true } }, AbortSignal.timeout(5_000));
  const before = stage.hubTip();
  await stage.desk.sync();
  expect([stage.hubTip(), stage.git('show', 'stash@{0}:start.txt')]).toEqual([before, 'not yet']);
  stage.git('stash', 'pop');
  await stage.desk.until(({ lastCommit, ahead }) => lastCommit?.message === 'Edit start.txt' && ahead === 0);
  expect(stage.machines.git(stage.machines.hub, 'show', 'main:start.txt')).toBe('not yet\n');
});
