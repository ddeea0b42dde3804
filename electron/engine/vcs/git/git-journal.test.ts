import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ports, ProcessRequest } from '../../ports.ts';
import { TempRepos, write } from '../../testing/temp-repos.ts';
import type { CommitRequest, Vcs } from '../vcs.ts';

const signal = new AbortController().signal;
let repos: TempRepos;
beforeEach(() => {
  repos = new TempRepos();
});
afterEach(() => repos.dispose());

const save = async (vcs: Vcs) => vcs.commit({ head: (await vcs.head()) as CommitRequest['head'], message: 'save', held: [], expected: 1, brake: () => null }, signal);

/** Ports whose git stops before one command: as if the program died there, or as if the command was killed. */
function interrupting(at: string, how: 'program dies' | 'command dies', left: (request: ProcessRequest) => void): (ports: Ports) => Ports {
  let armed = true;
  return (ports) => ({
    ...ports,
    processes: {
      ...ports.processes,
      start: (request) => {
        if (!armed || !request.args.includes(at)) return ports.processes.start(request);
        armed = false;
        left(request);
        if (how === 'program dies') throw new Error('the program died');
        return ports.processes.start({ ...request, command: 'sh', args: ['-c', 'kill -9 $$'] });
      },
    },
  });
}

describe('after a crash', () => {
  it('our locks go, those of others stay, and what was saved is committed', async () => {
    const path = await repos.committed();
    const [ours, theirs] = [join(path, '.git/refs/heads/main.lock'), join(path, '.git/index.lock')];
    writeFileSync(theirs, '');
    const crashed = repos.machine('ada2', interrupting('update-ref', 'program dies', () => writeFileSync(ours, '')));
    const before = await crashed.vcs(path);
    write(path, { b: 'b' });
    // An old lock that nobody holds does not keep us from committing.
    await expect(save(before)).rejects.toThrow('the program died');
    expect(existsSync(ours)).toBe(true);
    const journal = join(path, '.git/lockstep/locks.json');
    writeFileSync(journal, readFileSync(journal, 'utf8').replace(/"pid":\d+/, '"pid":999999'));
    const after = await repos.machine('ada').vcs(path);
    expect(await after.recover()).toEqual([ours]);
    expect([existsSync(ours), existsSync(theirs)]).toEqual([false, true]);
    expect(await save(after)).toMatchObject({ outcome: 'committed' });
  });

  it('between branch and index, the index is not taken for something staged', async () => {
    const path = await repos.committed();
    const ada = repos.machine('ada');
    write(path, { b: 'b' });
    const crashed = repos.machine('crashing', (ports) => ({
      ...ports,
      files: {
        ...ports.files,
        link: async (from, to) => {
          if (String(to).endsWith('/.git/index.lock')) throw new Error('the program died');
          return ports.files.link(from, to);
        },
      },
    }));
    await expect(save(await crashed.vcs(path))).rejects.toThrow('the program died');
    expect(await ada.git(path, 'status', '--porcelain')).toContain('D  b');
    const after = await ada.vcs(path);
    expect(await after.status(signal)).toMatchObject({ staged: 0, changes: [] });
    expect(await ada.git(path, 'status', '--porcelain')).toBe('');
  });

  it('of git alone, its locks go at once', async () => {
    const path = await repos.committed();
    const lock = join(path, '.git/refs/heads/main.lock');
    const vcs = await repos.machine('ada2', interrupting('update-ref', 'command dies', () => writeFileSync(lock, ''))).vcs(path);
    write(path, { b: 'b' });
    await expect(save(vcs)).rejects.toMatchObject({ code: 'internal' });
    expect(existsSync(lock)).toBe(false);
    expect(await save(vcs)).toMatchObject({ outcome: 'committed' });
  });

  it('of git alone on an index of our own, its lock goes at once', async () => {
    const path = await repos.committed();
    const lock = join(path, '.git/lockstep/index.lock');
    const vcs = await repos.machine('ada2', interrupting('add', 'command dies', () => writeFileSync(lock, ''))).vcs(path);
    write(path, { b: 'b' });
    await expect(save(vcs)).rejects.toMatchObject({ code: 'internal' });
    expect(existsSync(lock)).toBe(false);
  });

  it.each([['takes it back', false], ['cannot take it back either, and does so later', true]])('a call of ours that the disk fails in the middle of the index %s', async (_, stuck) => {
    const path = await repos.committed();
    const lock = join(path, '.git/index.lock');
    let failing = true;
    const refuse = (file: unknown): void => {
      if (failing && String(file) === lock) throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
    };
    const faulty = (ports: Ports): Ports => ({
      ...ports,
      files: {
        ...ports.files,
        rename: async (from, to) => {
          refuse(from);
          return ports.files.rename(from, to);
        },
        remove: async (file) => {
          if (stuck) refuse(file);
          return ports.files.remove(file);
        },
      },
    });
    const vcs = await repos.machine('ada2', faulty).vcs(path);
    write(path, { b: 'b' });
    await expect(save(vcs)).rejects.toThrow('EIO');
    expect(existsSync(lock)).toBe(stuck);
    failing = false;
    expect(await vcs.recover()).toEqual(stuck ? [lock] : []);
    write(path, { c: 'c' });
    expect(await save(vcs)).toMatchObject({ outcome: 'committed', changes: [{ path: 'c' }] });
    expect([existsSync(lock), await repos.machine('ada').git(path, 'status', '--porcelain')]).toEqual([false, '']);
  });

  it("of a git that failed, a person's locks of the same names are theirs", async () => {
    const path = await repos.committed();
    const failing = (ports: Ports): Ports => ({
      ...ports,
      processes: { ...ports.processes, start: (request) => ports.processes.start(request.args.includes('update-ref') ? { ...request, command: 'sh', args: ['-c', 'exit 129'] } : request) },
    });
    const vcs = await repos.machine('ada2', failing).vcs(path);
    write(path, { b: 'b' });
    await expect(save(vcs)).rejects.toMatchObject({ code: 'internal' });
    const locks = ['index.lock', 'HEAD.lock', 'refs/heads/main.lock'].map((name) => join(path, '.git', name));
    for (const lock of locks) writeFileSync(lock, '');
    expect(await vcs.recover()).toEqual([]);
    expect(locks.filter((lock) => existsSync(lock))).toEqual(locks);
  });

  it('of a git that was killed when it had moved the branch, the index follows, and nothing seems staged', async () => {
    const path = await repos.committed();
    const killed = (ports: Ports): Ports => ({
      ...ports,
      processes: { ...ports.processes, start: (request) => ports.processes.start(request.args.includes('update-ref') ? { ...request, command: 'sh', args: ['-c', '"$@"; kill -9 $$', 'sh', request.command, ...request.args] } : request) },
    });
    const vcs = await repos.machine('ada2', killed).vcs(path);
    write(path, { b: 'b' });
    expect(await save(vcs)).toMatchObject({ outcome: 'committed' });
    expect(await repos.machine('ada').git(path, 'status', '--porcelain')).toBe('');
  });

  it("of a git that moved a branch, a person's lock on the index that came meanwhile is theirs", async () => {
    const path = await repos.committed();
    const [ours, theirs] = [join(path, '.git/refs/heads/main.lock'), join(path, '.git/index.lock')];
    const vcs = await repos.machine('ada2', interrupting('update-ref', 'command dies', () => [ours, theirs].forEach((lock) => writeFileSync(lock, '')))).vcs(path);
    write(path, { b: 'b' });
    await expect(save(vcs)).rejects.toMatchObject({ code: 'internal' });
    expect([existsSync(ours), existsSync(theirs)]).toEqual([false, true]);
  });

  it('of another program that lives, nothing is touched', async () => {
    const path = await repos.committed();
    const ada = repos.machine('ada');
    const vcs = await ada.vcs(path);
    const lock = join(path, '.git/HEAD.lock');
    writeFileSync(lock, '');
    writeFileSync(join(path, '.git/lockstep/locks.json'), JSON.stringify({ pid: process.ppid, startTime: await ada.ports.processes.startTime(process.ppid), locks: [lock], index: null }));
    expect(await vcs.recover()).toEqual([]);
    expect(existsSync(lock)).toBe(true);
  });
});

describe('the number of processes', () => {
  it('is small for a save, a push and a pull', async () => {
    const commands: string[] = [];
    const counting = (ports: Ports): Ports => ({
      ...ports,
      processes: {
        ...ports.processes,
        start: (request) => {
          commands.push(request.args[2] ?? '');
          return ports.processes.start(request);
        },
      },
    });
    repos.machine('ada', counting);
    const { ada, grace } = await repos.twoClones({ a: 'a' });
    const vcs = await ada.machine.vcs(ada.path);
    write(ada.path, { b: 'b' });
    await vcs.status(signal);
    commands.length = 0;
    const made = await save(vcs);
    if (made.outcome !== 'committed') throw new Error(made.outcome);
    expect(commands).toEqual(['add', 'cat-file', 'write-tree', 'diff-tree', 'commit-tree', 'update-ref']);
    commands.length = 0;
    await vcs.push({ remote: 'origin', branch: 'main', tip: made.commit, since: null }, signal);
    expect(commands).toEqual(['push', 'update-ref']);
    await grace.machine.git(grace.path, 'pull', '-q');
    write(grace.path, { c: 'c' });
    await grace.machine.git(grace.path, 'add', '-A');
    await grace.machine.git(grace.path, 'commit', '-qm', 'c');
    await grace.machine.git(grace.path, 'push', '-q');
    commands.length = 0;
    const fetched = await vcs.fetch('origin', 'main', signal);
    if (fetched.outcome !== 'fetched' || !fetched.tip) throw new Error(fetched.outcome);
    const changes = await vcs.diff(made.commit, fetched.tip, signal);
    for await (const { bytes, path } of vcs.contents(changes.flatMap(({ path, after }) => (after ? [{ path, entry: after }] : [])), signal)) write(ada.path, { [path]: bytes });
    expect(await vcs.advance({ branch: 'main', from: made.commit, to: fetched.tip, changes, why: 'pull' })).toBe(true);
    expect(commands).toEqual(['fetch', 'diff-tree', 'diff-index', 'update-index', 'update-index', 'update-ref']);
  });
});
