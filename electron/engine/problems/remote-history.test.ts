import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemStage, type Expected } from '../testing/problem-stage.ts';

let stage: ProblemStage;
beforeEach(() => {
  stage = new ProblemStage();
});
afterEach(() => stage.close());

/** What was saved here is committed here, and the hub is as it was. */
async function keepsForItself(expected: Expected, name = 'mine.txt'): Promise<void> {
  const hub = stage.hubTip();
  stage.save(name);
  await stage.desk.until(({ lastCommit }) => lastCommit?.message === `Add ${name}`);
  await stage.meets(expected);
  await stage.desk.sync();
  expect([stage.desk.state.problem?.code, stage.hubTip()]).toEqual([expected.code, hub]);
}

const approve = () => stage.desk.engine.handlers['folder.approve']({ id: 'desk' }, AbortSignal.timeout(5_000));
const kept = () => stage.git('for-each-ref', '--format=%(objectname)', 'refs/lockstep/kept').split('\n').filter(Boolean);
const REWRITTEN = { code: 'remote-rewritten', says: /history was rewritten; 2 changes you have are not in it/, action: 'approve' } as const;
const EMPTIED = { code: 'remote-rewritten', says: /repository on the server is empty now\. What you have here is kept/, action: 'approve' } as const;
const BRANCH_GONE = { code: 'remote-rewritten', says: /server has no branch main any more/, action: 'approve' } as const;
const UNRELATED = { code: 'remote-rewritten', says: /another history now, which has nothing in common/, action: 'approve' } as const;

describe('a remote that', () => {
  beforeEach(async () => {
    await stage.open();
    stage.save('before.txt');
    await stage.mended('before.txt');
  });

  /** Somebody else takes the newest two changes out of the hub's history. */
  function rewrite(): string {
    const before = stage.hubTip() ?? '';
    stage.they('reset', '-q', '--hard', 'HEAD~1');
    stage.they('commit', '-q', '--allow-empty', '-m', 'Rewritten');
    stage.they('push', '-qf', 'origin', 'main');
    return before;
  }

  it('was rewritten by force is asked about, and both histories are kept', async () => {
    const before = rewrite();
    await keepsForItself(REWRITTEN);
    expect(kept()).toEqual([before]);
    await approve();
    await stage.mended('mine.txt');
    expect(stage.git('log', '--format=%s')).toMatch(/Rewritten/);
    expect(stage.hubHas('before.txt')).toBe(true);
  });

  it('was rewritten and put back is gone on with by itself', async () => {
    const before = rewrite();
    await keepsForItself(REWRITTEN);
    const meanwhile = stage.hubTip();
    stage.machines.git(stage.machines.hub, 'update-ref', 'refs/heads/main', before);
    await stage.mended('mine.txt');
    expect(kept().sort()).toEqual([before, meanwhile].sort());
  });

  it('was rewritten before what it had was taken in loses nothing that was fetched', async () => {
    const { handlers } = stage.desk.engine;
    await handlers['folder.pause']({ id: 'desk' }, AbortSignal.timeout(5_000));
    stage.they('pull', '-q', '--rebase');
    stage.theySave({ 'theirs.txt': 'theirs\n' });
    const before = stage.hubTip();
    stage.git('fetch', '-q');
    stage.they('commit', '-q', '--amend', '-m', 'Rewritten');
    stage.they('push', '-qf', 'origin', 'main');
    await handlers['folder.resume']({ id: 'desk' }, AbortSignal.timeout(5_000));
    await stage.desk.until(({ head }) => head === stage.hubTip());
    expect(kept()).toEqual([before]);
  });

  it('has gone on since what it had was fetched has nothing to be kept', async () => {
    const { handlers } = stage.desk.engine;
    await handlers['folder.pause']({ id: 'desk' }, AbortSignal.timeout(5_000));
    stage.they('pull', '-q', '--rebase');
    stage.theySave({ 'theirs.txt': 'theirs\n' });
    stage.git('fetch', '-q');
    stage.theySave({ 'theirs.txt': 'more\n' });
    await handlers['folder.resume']({ id: 'desk' }, AbortSignal.timeout(5_000));
    await stage.desk.until(({ head }) => head === stage.hubTip());
    expect(kept()).toEqual([]);
  });

  it('was emptied is not filled again unasked', async () => {
    rmSync(stage.machines.hub, { recursive: true });
    stage.machines.git(stage.machines.directory, 'init', '-q', '--bare', stage.machines.hub);
    await keepsForItself(EMPTIED);
    await approve();
    await stage.mended('mine.txt');
    expect(stage.hubHas('before.txt')).toBe(true);
  });

  it('lost its branch is not given it again unasked, by what the person wrote anew either', async () => {
    stage.machines.git(stage.machines.hub, 'update-ref', '-d', 'refs/heads/main');
    stage.git('commit', '-q', '--amend', '-m', 'Amended');
    await keepsForItself(BRANCH_GONE);
    await approve();
    await stage.mended('mine.txt');
  });

  it('lost its branch is not given it again unasked', async () => {
    stage.machines.git(stage.machines.hub, 'update-ref', '-d', 'refs/heads/main');
    await keepsForItself(BRANCH_GONE);
    await approve();
    await stage.mended('mine.txt');
  });

  it('holds another history at the same address is asked about', async () => {
    stage.they('switch', '-q', '--orphan', 'fresh');
    writeFileSync(join(stage.first, 'fresh.txt'), 'fresh\n');
    stage.they('add', '-A');
    stage.they('commit', '-qm', 'Fresh');
    stage.they('push', '-qf', 'origin', 'fresh:main');
    await keepsForItself(UNRELATED);
    await approve();
    await stage.mended('mine.txt');
    expect(['fresh.txt', 'before.txt', 'start.txt'].map((name) => stage.hubHas(name))).toEqual([true, true, true]);
  });

  it('was pointed at another repository is not followed, and gone on with when it is set back', async () => {
    const elsewhere = `${stage.machines.hub}-elsewhere`;
    stage.machines.git(stage.machines.directory, 'init', '-q', '--bare', elsewhere);
    stage.git('remote', 'set-url', 'origin', elsewhere);
    await keepsForItself({ code: 'remote-changed', says: /^The address of origin was changed outside Lockstep/, action: 'approve' });
    expect(stage.machines.git(elsewhere, 'for-each-ref')).toBe('');
    stage.git('remote', 'set-url', 'origin', stage.machines.hub);
    await stage.mended('mine.txt');
  });

  it('was removed from the configuration is said, and gone on with when it is there again', async () => {
    stage.git('remote', 'remove', 'origin');
    await keepsForItself({ code: 'no-remote', says: /^The repository has no remote origin; changes are saved here only/, action: 'retry' });
    stage.git('remote', 'add', 'origin', stage.machines.hub);
    await stage.mended('mine.txt');
  });

  it('is gone is waited for, and gets everything when it is back', async () => {
    renameSync(stage.machines.hub, `${stage.machines.hub}.away`);
    await keepsForItself({ code: 'remote-gone', says: /has no repository at this address any more/, action: 'retry' });
    renameSync(`${stage.machines.hub}.away`, stage.machines.hub);
    await stage.mended('mine.txt');
  });

  it('refuses what is pushed says why, and gets everything when it does so no more', async () => {
    stage.hubHook('pre-receive', 'test -e fine || { echo "no files above 100 MB" >&2; exit 1; }');
    await keepsForItself({ code: 'remote-rejected', says: /^The server does not take changes to main: “.*no files above 100 MB/, action: 'retry' });
    writeFileSync(join(stage.machines.hub, 'fine'), '');
    await stage.desk.sync();
    await stage.mended('mine.txt');
  });

  it('lost an object is damaged, and gone on with when it has it again', async () => {
    stage.they('pull', '-q', '--rebase');
    stage.theySave({ 'theirs.txt': 'theirs\n' });
    const blob = stage.they('rev-parse', 'HEAD:theirs.txt');
    const object = join(stage.machines.hub, 'objects', blob.slice(0, 2), blob.slice(2));
    chmodSync(object, 0o644);
    renameSync(object, `${object}.away`);
    await keepsForItself({ code: 'remote-damaged', says: /repository on the server is damaged\. What you have here is whole/, action: 'retry' });
    renameSync(`${object}.away`, object);
    await stage.mended('mine.txt');
    expect(stage.hubHas('theirs.txt')).toBe(true);
  });
});

describe('history that the person rewrites here after it was pushed', () => {
  it('is joined with what was pushed, never pushed over it', async () => {
    await stage.open();
    stage.save('a.txt', 'one\n');
    await stage.mended('a.txt');
    const pushed = stage.hubTip() ?? '';
    stage.save('a.txt', 'two\n');
    stage.git('commit', '-qa', '--amend', '-m', 'Amended');
    await stage.desk.until(({ ahead, lastPush, head }) => ahead === 0 && lastPush !== null && head === stage.hubTip() && head !== pushed);
    const subjects = stage.machines.git(stage.machines.hub, 'log', '--format=%s', 'main');
    expect(subjects).toMatch(/Amended/);
    expect(stage.machines.git(stage.machines.hub, 'merge-base', '--is-ancestor', pushed, 'main')).toBe('');
  });

  it('comes back when it was only reset here', async () => {
    await stage.open();
    stage.save('a.txt');
    await stage.mended('a.txt');
    const pushed = stage.hubTip();
    stage.git('reset', '-q', '--hard', 'HEAD~1');
    await stage.desk.sync();
    expect([stage.git('rev-parse', 'main'), stage.hubTip()]).toEqual([pushed, pushed]);
  });
});
