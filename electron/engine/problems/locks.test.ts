import { spawn } from 'node:child_process';
import { existsSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemStage } from '../testing/problem-stage.ts';

let stage: ProblemStage;
beforeEach(async () => {
  stage = new ProblemStage();
  await stage.open();
});
afterEach(() => stage.close());

const lockPath = (name: string) => stage.desk.path(`.git/${name}`);

/** As one that died an hour ago left it, or a moment ago. */
function leave(name: string, ageS: number): string {
  const lock = lockPath(name);
  writeFileSync(lock, '');
  const then = new Date(Date.now() - ageS * 1_000);
  utimesSync(lock, then, then);
  return lock;
}

const LEFT = { code: 'locked', says: /^A program that is gone left .*\.lock behind, and Git does nothing here while it is there/, action: 'approve' } as const;
const HELD = { code: 'locked', says: /^Another program is at work in this repository and holds .*\.lock; Lockstep goes on after it/, action: 'wait' } as const;

describe.each(['index.lock', 'HEAD.lock', 'refs/heads/main.lock'])('%s', (name) => {
  it('of a git that is gone stays, what is saved is kept, and it goes on when the lock is gone', async () => {
    const lock = leave(name, 3_600);
    const before = [stage.persons(), stage.hubTip()];
    stage.save('mine.txt');
    await stage.meets(LEFT);
    await stage.desk.sync();
    expect([stage.persons(), stage.hubTip()]).toEqual(before);
    expect([existsSync(lock), stage.git('show', 'refs/lockstep/snap/latest:mine.txt')]).toEqual([true, 'mine.txt']);
    rmSync(lock);
    await stage.mended('mine.txt');
  });

  it('of a git that is gone is removed when the person says so', async () => {
    const lock = leave(name, 3_600);
    stage.save('mine.txt');
    await stage.meets(LEFT);
    await stage.desk.engine.handlers['folder.approve']({ id: 'desk' }, AbortSignal.timeout(5_000));
    await stage.mended('mine.txt');
    expect(existsSync(lock)).toBe(false);
  });

  it('that was touched a moment ago is not removed, whatever is said', async () => {
    const lock = leave(name, 20);
    stage.save('mine.txt');
    await stage.meets(HELD);
    await stage.desk.engine.handlers['folder.approve']({ id: 'desk' }, AbortSignal.timeout(5_000));
    await stage.desk.sync();
    expect(existsSync(lock)).toBe(true);
    rmSync(lock);
    await stage.mended('mine.txt');
  });
});

it('a commit of the person’s with an editor open is waited for, and wins', async () => {
  stage.save('start.txt', 'by hand\n');
  // By way of a shell: what is started by this process itself is taken for the engine's own.
  const editor = 'sh -c "touch editing; while [ ! -e done ]; do sleep 0.05; done; echo By hand > \\"$1\\"" -';
  const committing = spawn('sh', ['-c', 'git commit -qa; exit $?'], { cwd: stage.desk.folder, env: { ...stage.machines.env, GIT_EDITOR: editor }, stdio: 'ignore' });
  const ended = new Promise((resolve) => committing.once('close', resolve));
  await expect.poll(() => existsSync(stage.desk.path('editing')), { timeout: 20_000 }).toBe(true);
  stage.save('mine.txt');
  await stage.meets({ code: 'locked', says: /^Another Git \(process \d+, “git commit”\) is at work here; Lockstep goes on after it/, action: 'wait' });
  expect(stage.git('log', '-1', '--format=%s', 'main')).toBe('Second');
  writeFileSync(stage.desk.path('done'), '');
  expect(await ended).toBe(0);
  await stage.mended('mine.txt');
  expect(stage.git('log', '--format=%s')).toContain('By hand');
});

it.each(['packed-refs.lock', 'config.lock', 'shallow.lock'])('%s, which no commit needs, stops nothing', async (name) => {
  const lock = leave(name, 3_600);
  stage.save('mine.txt');
  await stage.mended('mine.txt');
  expect(existsSync(lock)).toBe(true);
});

it('a lock on what is known of the remote holds back only what comes from there', async () => {
  const lock = leave('refs/remotes/origin/main.lock', 3_600);
  stage.theySave({ 'theirs.txt': 'theirs\n' });
  stage.save('mine.txt');
  await stage.desk.until(({ lastCommit }) => lastCommit?.message === 'Add mine.txt');
  await stage.meets(LEFT);
  rmSync(lock);
  await stage.mended('mine.txt');
  expect(stage.hubHas('theirs.txt')).toBe(true);
});

describe('a lock at the remote', () => {
  const REMOTE = { code: 'locked', says: /^Another push is under way on the server \(it holds .*main\.lock\); Lockstep goes on after it/, action: 'wait' } as const;
  const lockThere = () => join(stage.machines.hub, 'refs/heads/main.lock');

  it('is waited for, and commits go on here', async () => {
    writeFileSync(lockThere(), '');
    stage.save('mine.txt');
    await stage.desk.until(({ lastCommit }) => lastCommit?.message === 'Add mine.txt');
    await stage.meets(REMOTE);
    rmSync(lockThere());
    await stage.mended('mine.txt');
  });

  it('that another push took while ours was under way is left to it', async () => {
    stage.hubHook('pre-receive', 'test -e once || { touch once; touch refs/heads/main.lock; }');
    stage.save('mine.txt');
    await stage.meets(REMOTE);
    expect(existsSync(lockThere())).toBe(true);
    rmSync(lockThere());
    await stage.mended('mine.txt');
  });
});
