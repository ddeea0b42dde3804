import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Machines, type Machine } from '../testing/machines.ts';
import { expectHeld, expectTold } from '../testing/told.ts';
import { TurnedClock } from '../testing/turned-clock.ts';

// Put together at run time, so that this file itself holds no key.
const key = (letters: string): string => `ghp_${letters.repeat(12)}`;
const [first, second] = [key('aB3'), key('cD4')];
const limit = (): AbortSignal => AbortSignal.timeout(20_000);

let machines: Machines;
let desk: Machine;
beforeEach(async () => {
  machines = new Machines();
  desk = await machines.add('desk', { poll: 600, commitDelay: 0.5 }, (ports) => ({ ...ports, clock: new TurnedClock(8) }));
});
afterEach(() => machines.close());

const git = (...args: string[]): string => machines.git(desk.folder, ...args).trim();
const commitByHand = (message: string): string => {
  git('add', '-A');
  git('commit', '-qm', message);
  return git('rev-parse', 'HEAD');
};
/** Whether any object on the hub holds the text. */
const isOnHub = (text: string): boolean => {
  const ids = machines.git(machines.hub, 'cat-file', '--batch-check=%(objectname) %(objecttype)', '--batch-all-objects').split('\n');
  return ids.filter((line) => line.endsWith(' blob')).some((line) => machines.git(machines.hub, 'cat-file', 'blob', line.slice(0, line.indexOf(' '))).includes(text));
};
const approve = (path: string, always?: boolean) => desk.engine.handlers['folder.approve']({ id: desk.state.id, path, always }, limit());
/** Until the file is held back, and what else there was to do is done. */
const untilHeld = async (path: string) => {
  await desk.until(({ held }) => held.some((entry) => entry.path === path && entry.code === 'secret-found'));
  return desk.sync();
};
const inStep = async () => expect(await desk.sync()).toMatchObject({ problem: null, held: [], ahead: 0, dirty: false });

describe('secret-found: a file with a key in it', () => {
  beforeEach(async () => {
    writeFileSync(desk.path('env.local'), `# mine\nTOKEN=${first}\n`);
    writeFileSync(desk.path('fine.txt'), 'fine\n');
    const folder = await untilHeld('env.local');
    expectHeld(folder, 'env.local', { code: 'secret-found', naming: /env\.local, line 2, looks like a password or key/, next: /lockstep folder approve desk env\.local/ });
    expect(machines.git(machines.hub, 'ls-tree', '--name-only', 'main')).toBe('fine.txt\nstart.txt\n');
  });

  it('is held back alone, and taken in when the key is gone from it', async () => {
    writeFileSync(desk.path('env.local'), '# mine\n');
    await desk.until(({ held, lastCommit }) => held.length === 0 && lastCommit?.message === 'Add env.local');
    expect(isOnHub(first)).toBe(false);
  });

  it('goes when the person ignores the file here', async () => {
    await desk.engine.handlers['folder.set']({ id: desk.state.id, options: { ignore: ['/env.local'] } }, limit());
    await desk.until(({ held }) => held.length === 0);
    await inStep();
    expect(isOnHub(first)).toBe(false);
  });

  it('is committed and pushed when the person says so, and then only another key is asked about', async () => {
    await approve('env.local');
    await inStep();
    expect(isOnHub(first)).toBe(true);
    writeFileSync(desk.path('env.local'), `# mine, moved\n\n\nTOKEN=${first}\n`);
    await desk.until(({ lastCommit, ahead }) => lastCommit?.message === 'Edit env.local' && ahead === 0);
    writeFileSync(desk.path('env.local'), `TOKEN=${first}\nOTHER=${second}\n`);
    expect((await untilHeld('env.local')).held[0]?.params['line']).toBe(2);
    expect(isOnHub(second)).toBe(false);
  });

  it('is never asked about again when the person says so, after a restart either', async () => {
    await approve('env.local', true);
    await inStep();
    await desk.stop();
    writeFileSync(desk.path('env.local'), `OTHER=${second}\n`);
    writeFileSync(desk.path('other.local'), `OTHER=${second}\n`);
    await desk.start();
    await untilHeld('other.local');
    expect(machines.git(machines.hub, 'show', 'main:env.local')).toContain(second);
    expect(machines.git(machines.hub, 'ls-tree', '--name-only', 'main')).not.toContain('other.local');
  });

  it('lets nothing else through when it is let through', async () => {
    writeFileSync(desk.path('other.local'), `OTHER=${second}\n`);
    await desk.until(({ held }) => held.length === 2);
    await approve('env.local');
    await desk.sync();
    expect([isOnHub(first), isOnHub(second)]).toEqual([true, false]);
    await expect(approve('fine.txt')).rejects.toMatchObject({ code: 'no-such-path' });
  });
});

describe('secret-found: a key in a commit made by hand', () => {
  /** Two commits: one brings a key, the next another file beside it and an edit of the first. */
  async function committedByHand() {
    mkdirSync(desk.path('conf'));
    writeFileSync(desk.path('conf/env'), 'HOST=here\n');
    await desk.until(({ lastCommit, ahead }) => lastCommit?.message === 'Add conf/env' && ahead === 0);
    writeFileSync(desk.path('conf/env'), `HOST=here\nTOKEN=${first}\n`);
    const bringing = commitByHand('Sign in');
    writeFileSync(desk.path('conf/env'), `HOST=there\nTOKEN=${first}\n`);
    writeFileSync(desk.path('plan.md'), 'plan\n');
    const tip = commitByHand('Plan; move host');
    const folder = await desk.until(({ problem, phase }) => problem?.code === 'secret-found' && phase === 'halted');
    return { bringing, tip, folder };
  }

  it('keeps the push back, says why, and lets commits and pulls go on', async () => {
    const { bringing, folder } = await committedByHand();
    expect(folder.phase).toBe('halted');
    expectTold(folder, { code: 'secret-found', tier: 'held', action: 'approve', naming: new RegExp(`conf/env, line 2, .* in your commit ${bringing.slice(0, 7)}`), next: /lockstep folder take-out desk conf\/env.*lockstep folder approve desk conf\/env/ });
    const stranger = join(machines.directory, 'first');
    machines.git(stranger, 'pull', '-q', '--ff-only');
    writeFileSync(join(stranger, 'theirs.txt'), 'theirs\n');
    machines.git(stranger, 'add', '-A');
    machines.git(stranger, 'commit', '-qm', 'Theirs');
    machines.git(stranger, 'push', '-q', 'origin', 'main');
    writeFileSync(desk.path('mine.txt'), 'mine\n');
    await desk.sync();
    await desk.until(({ lastCommit }) => lastCommit !== null);
    expect(git('ls-tree', '--name-only', 'HEAD')).toBe('conf\nmine.txt\nplan.md\nstart.txt\ntheirs.txt');
    expect(desk.state.problem?.code).toBe('secret-found');
    expect(isOnHub(first)).toBe(false);
  });

  it('is taken out of the commits that were never pushed; what they were is kept, and no file is touched', async () => {
    const { tip } = await committedByHand();
    git('tag', 'mine');
    const taken = await desk.engine.handlers['folder.take-out']({ id: desk.state.id, path: 'conf/env' }, limit());
    expect(taken).toEqual({ commits: 2, paths: ['conf/env'] });
    const folder = await untilHeld('conf/env');
    expect(folder.problem).toBeNull();
    expect(readFileSync(desk.path('conf/env'), 'utf8')).toBe(`HOST=there\nTOKEN=${first}\n`);
    // The commit that only brought the key is left out; the other one keeps the rest, its author and its time.
    expect(git('log', '--format=%s', 'origin/main')).toBe('Plan; move host\nAdd conf/env\nStart');
    expect(git('log', '-1', '--format=%an %ae %at %cn %ct', 'origin/main')).toBe(git('log', '-1', '--format=%an %ae %at %cn %ct', tip));
    expect(git('show', 'HEAD:conf/env')).toBe('HOST=here');
    expect(git('show', 'HEAD:plan.md')).toBe('plan');
    expect(git('for-each-ref', '--format=%(objectname)', 'refs/lockstep/kept')).toBe(tip);
    expect(git('rev-parse', 'mine')).toBe(tip);
    expect(git('diff', '--cached', '--name-only')).toBe('');
    expect(isOnHub(first)).toBe(false);
    git('fsck', '--connectivity-only');
    // Without the key, the rest of the edit goes out.
    writeFileSync(desk.path('conf/env'), 'HOST=there\n');
    await desk.until(({ held, ahead, lastCommit }) => held.length === 0 && ahead === 0 && lastCommit?.message === 'Edit conf/env');
  });

  it('is pushed when the person says so', async () => {
    const { tip } = await committedByHand();
    await approve('conf/env');
    await inStep();
    expect(machines.git(machines.hub, 'rev-parse', 'main').trim()).toBe(tip);
    expect(isOnHub(first)).toBe(true);
  });

  it('is forgotten when the person takes it out themselves', async () => {
    await committedByHand();
    git('reset', '-q', '--soft', 'origin/main');
    git('restore', '--staged', '.');
    writeFileSync(desk.path('conf/env'), 'HOST=there\n');
    await desk.until(({ problem, ahead, dirty }) => problem === null && ahead === 0 && !dirty);
    expect(isOnHub(first)).toBe(false);
  });

  it('stays in history that a server has, and that is said', async () => {
    const other = join(machines.directory, 'other.git');
    machines.git(machines.directory, 'init', '-q', '--bare', other);
    await committedByHand();
    git('remote', 'add', 'backup', other);
    git('push', '-q', 'backup', 'main');
    await expect(desk.engine.handlers['folder.take-out']({ id: desk.state.id }, limit())).rejects.toMatchObject({ code: 'already-pushed' });
    expect(git('for-each-ref', 'refs/lockstep/kept')).toBe('');
  });

  it('is taken out of a merge and of the first commit, too', async () => {
    git('switch', '-qc', 'side');
    writeFileSync(desk.path('side.env'), `TOKEN=${second}\n`);
    commitByHand('Side');
    git('switch', '-q', 'main');
    writeFileSync(desk.path('mine.txt'), 'mine\n');
    commitByHand('Mine');
    git('merge', '-q', '--no-edit', 'side');
    await desk.until(({ problem }) => problem?.code === 'secret-found');
    await desk.engine.handlers['folder.take-out']({ id: desk.state.id }, limit());
    await untilHeld('side.env');
    expect(machines.git(machines.hub, 'ls-tree', '--name-only', 'main')).toBe('mine.txt\nstart.txt\n');
    expect(isOnHub(second)).toBe(false);
    rmSync(desk.path('side.env'));
    await inStep();
  });

  it('is looked for in the whole history before it is pushed the first time', async () => {
    const [path, hub] = [join(machines.directory, 'old'), join(machines.directory, 'old.git')];
    machines.git(machines.directory, 'init', '-q', '--bare', hub);
    machines.git(machines.directory, 'init', '-q', path);
    for (const [content, message] of [[`TOKEN=${first}\n`, 'Oops'], ['TOKEN=\n', 'Take it out']] as const) {
      writeFileSync(join(path, 'env'), content);
      machines.git(path, 'add', '-A');
      machines.git(path, 'commit', '-qm', message);
    }
    machines.git(path, 'remote', 'add', 'origin', hub);
    const { id } = await desk.engine.handlers['folder.add']({ path, name: 'old', paused: false, options: {} }, limit());
    const of = () => desk.engine.store.get().folders.find((folder) => folder.id === id);
    await desk.until(() => of()?.problem?.code === 'secret-found');
    expect(machines.git(hub, 'for-each-ref')).toBe('');
    await desk.engine.handlers['folder.take-out']({ id }, limit());
    await desk.until(() => of()?.problem === null && of()?.ahead === 0);
    expect(machines.git(hub, 'log', '--format=%s', 'main')).toBe('Take it out\nOops\n');
    expect(machines.git(hub, 'ls-tree', 'main~1')).toBe('');
  });
});
