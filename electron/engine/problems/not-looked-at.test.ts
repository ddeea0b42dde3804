import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemStage } from '../testing/problem-stage.ts';

let stage: ProblemStage;
beforeEach(() => {
  stage = new ProblemStage();
});
afterEach(() => stage.close());

/** In step with what they pushed last, and at rest. */
const inStep = () => stage.desk.until(({ head, phase, problem, dirty }) => head === stage.hubTip() && phase === 'watching' && problem === null && !dirty);
const here = (name: string) => readFileSync(stage.desk.path(name), 'utf8');
const onHub = (name: string) => stage.machines.git(stage.machines.hub, 'show', `main:${name}`);

describe.each([
  ['skip-worktree', 'S'],
  ['assume-unchanged', 'h'],
])('a file that git was told not to look at (%s)', (flag, tag) => {
  beforeEach(async () => {
    await stage.open();
    stage.git('update-index', `--${flag}`, 'start.txt');
  });

  it('keeps its own version here while others change theirs, and it never leaves the machine', async () => {
    stage.save('start.txt', 'only here\n');
    stage.theySave({ 'start.txt': 'theirs\n', 'more.txt': 'more\n' });
    await stage.desk.sync();
    await inStep();
    expect([here('start.txt'), here('more.txt'), onHub('start.txt')]).toEqual(['only here\n', 'more\n', 'theirs\n']);
    expect(stage.git('ls-files', '-v', 'start.txt')).toBe(`${tag} start.txt`);

    stage.save('start.txt', 'still only here\n');
    stage.save('mine.txt');
    await stage.mended('mine.txt');
    expect(onHub('start.txt')).toBe('theirs\n');
  });

  it('takes their version where it has none of its own, and is still not looked at', async () => {
    stage.theySave({ 'start.txt': 'theirs\n' });
    await stage.desk.sync();
    await inStep();
    expect([here('start.txt'), stage.git('ls-files', '-v', 'start.txt')]).toEqual(['theirs\n', `${tag} start.txt`]);
  });

  it('has its own version set aside when they remove theirs', async () => {
    stage.save('start.txt', 'only here\n');
    stage.they('rm', '-q', 'start.txt');
    stage.theySave({});
    await stage.desk.sync();
    await inStep();
    expect(existsSync(stage.desk.path('start.txt'))).toBe(false);
    const [kept] = await stage.desk.engine.handlers.rescue({ id: 'desk' }, AbortSignal.timeout(5_000));
    expect(kept).toMatchObject({ path: 'start.txt', bytes: 'only here\n'.length });
    expect(stage.machines.git(stage.machines.hub, 'log', '--all', '-S', 'only here', '--format=%h')).toBe('');
  });
});

describe('a sparse checkout', () => {
  beforeEach(() => {
    mkdirSync(join(stage.first, 'in'));
    mkdirSync(join(stage.first, 'out'));
    stage.theySave({ 'in/a.txt': 'a\n', 'out/b.txt': 'b\n' });
  });

  it('that begins while the folder is watched never makes a file look deleted', async () => {
    await stage.open();
    stage.git('sparse-checkout', 'set', 'in');
    stage.save('in/a.txt', 'changed\n');
    await stage.desk.until(({ lastCommit, ahead }) => lastCommit?.message === 'Edit in/a.txt' && ahead === 0);
    stage.they('pull', '-q', '--rebase');
    stage.theySave({ 'in/a.txt': 'theirs\n', 'out/b.txt': 'theirs\n' });
    await stage.desk.sync();
    await inStep();
    expect([here('in/a.txt'), onHub('out/b.txt'), existsSync(stage.desk.path('out'))]).toEqual(['theirs\n', 'theirs\n', false]);
    expect(stage.git('status', '--porcelain')).toBe('');
    stage.git('sparse-checkout', 'disable');
    expect(here('out/b.txt')).toBe('theirs\n');
  });

  it('that was there before the folder was added takes in what is made outside of it, and nothing that is not here', async () => {
    await stage.open({}, { prepare: (folder) => void stage.machines.git(folder, 'sparse-checkout', 'set', 'in') });
    mkdirSync(stage.desk.path('out'));
    stage.save('out/c.txt');
    stage.save('in/a.txt', 'changed\n');
    await stage.mended('out/c.txt');
    expect([onHub('in/a.txt'), onHub('out/b.txt')]).toEqual(['changed\n', 'b\n']);
    stage.they('pull', '-q', '--rebase');
    stage.they('mv', 'out/b.txt', 'out/renamed.txt');
    stage.theySave({ 'in/a.txt': 'theirs\n' });
    await stage.desk.sync();
    await inStep();
    expect([here('in/a.txt'), here('out/renamed.txt'), existsSync(stage.desk.path('out/b.txt'))]).toEqual(['theirs\n', 'b\n', false]);
  });
});
