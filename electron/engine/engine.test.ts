import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Machines, type Machine } from './testing/machines.ts';

let machines: Machines;
beforeEach(() => {
  machines = new Machines();
});
afterEach(() => machines.close());

const inStep = async (...all: Machine[]) => {
  const heads = new Set<string | null>();
  for (const machine of all) heads.add((await machine.until((folder) => !folder.dirty && folder.ahead === 0 && folder.behind === 0 && ['watching', 'conflicted'].includes(folder.phase))).head);
  return heads.size === 1;
};

/** Syncs in turn until all stand on one commit; bounded by the number of rounds that two merges may need. */
const converge = async (...all: Machine[]) => {
  for (let round = 0; round < 6; round += 1) {
    for (const machine of all) await machine.sync();
    if (await inStep(...all)) return;
  }
  throw new Error('the machines did not converge');
};

/** Every file outside `.git` by its name as bytes: mode and content, or where a link points. */
const files = (folder: string, below = ''): Record<string, string> => {
  const found: Record<string, string> = {};
  for (const name of readdirSync(Buffer.from(`${folder}/${below}`, 'latin1'), { encoding: 'buffer' })) {
    const path = `${below}${name.toString('latin1')}`;
    const absolute = Buffer.from(`${folder}/${path}`, 'latin1');
    const stat = lstatSync(absolute);
    if (path === '.git') continue;
    if (stat.isDirectory()) Object.assign(found, files(folder, `${path}/`));
    else found[path] = stat.isSymbolicLink() ? `-> ${readlinkSync(absolute)}` : `${(stat.mode & 0o111).toString(8)} ${readFileSync(absolute, 'latin1')}`;
  }
  return found;
};

describe('two machines', () => {
  it('take each other’s changes of every kind', async () => {
    const [desk, laptop] = [await machines.add('desk'), await machines.add('laptop')];
    mkdirSync(desk.path('notes'));
    writeFileSync(desk.path('notes/a.md'), 'one\n');
    writeFileSync(desk.path('run.sh'), '#!/bin/sh\n');
    chmodSync(desk.path('run.sh'), 0o755);
    symlinkSync('notes/a.md', desk.path('link'));
    for (const name of ['-rf', 'line\nbreak', 'smile 😀.txt', ' leading', 'a"quote']) writeFileSync(desk.path(name), name);
    writeFileSync(Buffer.concat([Buffer.from(`${desk.folder}/`), Buffer.from([0x66, 0xff, 0xfe])]), 'bytes');
    await converge(desk, laptop);
    expect(files(laptop.folder)).toEqual(files(desk.folder));
    expect(Object.keys(files(laptop.folder))).toHaveLength(10);

    renameSync(laptop.path('notes'), laptop.path('writing'));
    rmSync(laptop.path('-rf'));
    chmodSync(laptop.path('run.sh'), 0o644);
    writeFileSync(desk.path('start.txt'), 'start\nmore\n');
    await converge(desk, laptop);
    expect(files(desk.folder)).toEqual(files(laptop.folder));
    expect(existsSync(desk.path('notes'))).toBe(false);
    expect(readFileSync(desk.path('writing/a.md'), 'utf8')).toBe('one\n');
    expect(machines.git(desk.folder, 'status', '--porcelain')).toBe('');
  });

  it('keep both versions of a line changed on both, as the same commit, without a marker', async () => {
    const [desk, laptop] = [await machines.add('desk', { poll: 300 }), await machines.add('laptop', { poll: 300 })];
    await desk.stop();
    await laptop.stop();
    writeFileSync(desk.path('start.txt'), 'desk\n');
    writeFileSync(laptop.path('start.txt'), 'laptop\n');
    await Promise.all([desk.start(), laptop.start()]);
    await converge(desk, laptop);
    expect(files(desk.folder)).toEqual(files(laptop.folder));
    const texts = Object.values(files(desk.folder)).join('');
    expect(texts).toContain('desk\n');
    expect(texts).toContain('laptop\n');
    expect(texts).not.toContain('<<<<<<<');
    const [conflict] = desk.state.conflicts;
    expect(conflict).toMatchObject({ path: 'start.txt' });
    expect([conflict?.mine.machine, conflict?.theirs.machine]).toEqual(['desk', 'laptop']);
    const id = conflict?.id ?? '';
    const compared = await desk.engine.handlers['conflict.compare']({ conflict: id }, AbortSignal.timeout(5_000));
    expect([compared.base?.text, compared.mine.text, compared.theirs.text]).toEqual(['start\n', 'desk\n', 'laptop\n']);

    await desk.engine.handlers.resolve({ conflict: id, keep: 'theirs' }, AbortSignal.timeout(20_000));
    await converge(desk, laptop);
    expect(files(laptop.folder)).toEqual({ 'start.txt': '0 laptop\n' });
    expect(laptop.state.conflicts).toEqual([]);
  });

  it('keep what this machine had, also when that was edited in the copy beside', async () => {
    const [desk, laptop] = [await machines.add('desk', { poll: 300 }), await machines.add('laptop', { poll: 300 })];
    await desk.stop();
    await laptop.stop();
    writeFileSync(desk.path('start.txt'), 'desk\n');
    writeFileSync(laptop.path('start.txt'), 'laptop\n');
    await Promise.all([desk.start(), laptop.start()]);
    await converge(desk, laptop);
    const holder = [desk, laptop].find((machine) => machine.state.conflicts[0]?.copySide === 'mine');
    const conflict = holder?.state.conflicts[0];
    if (!holder || !conflict) throw new Error('no machine has its version in the copy');
    writeFileSync(holder.path(conflict.copy), 'edited since\n');
    await converge(desk, laptop);
    await holder.engine.handlers.resolve({ conflict: conflict.id, keep: 'mine' }, AbortSignal.timeout(20_000));
    await converge(desk, laptop);
    for (const machine of [desk, laptop]) expect(files(machine.folder)).toEqual({ 'start.txt': '0 edited since\n' });
  });

  it('hear each other after a start at which the first pull took something in', async () => {
    const desk = await machines.add('desk', { poll: 3_000 });
    const { serving } = (await desk.engine.handlers['signal.fanout']({ serve: '127.0.0.1:0' }, AbortSignal.timeout(5_000))).fanout;
    const laptop = await machines.add('laptop', { poll: 3_000 });
    await laptop.engine.handlers['signal.fanout']({ url: `tcp://${serving}` }, AbortSignal.timeout(5_000));
    const { code } = await desk.engine.handlers['signal.pair']({}, AbortSignal.timeout(5_000));
    await laptop.engine.handlers['signal.join']({ code }, AbortSignal.timeout(5_000));
    await laptop.stop();
    writeFileSync(desk.path('while-off.txt'), 'saved while the other was off\n');
    await desk.until((folder) => folder.lastPush !== null && !folder.dirty);
    await laptop.start();
    await laptop.until((folder, state) => folder.head === desk.state.head && state.signal.fanout.state === 'online');
    writeFileSync(desk.path('heard.txt'), 'heard\n');
    await laptop.until(() => existsSync(laptop.path('heard.txt')));
    writeFileSync(laptop.path('answer.txt'), 'answer\n');
    await desk.until(() => existsSync(desk.path('answer.txt')));
  });

  it('hear each other over fanout, long before the poll', async () => {
    const desk = await machines.add('desk', { poll: 3_000 });
    const { serving } = (await desk.engine.handlers['signal.fanout']({ serve: '127.0.0.1:0' }, AbortSignal.timeout(5_000))).fanout;
    const laptop = await machines.add('laptop', { poll: 3_000 });
    await laptop.engine.handlers['signal.fanout']({ url: `tcp://${serving}` }, AbortSignal.timeout(5_000));
    const { code } = await desk.engine.handlers['signal.pair']({}, AbortSignal.timeout(5_000));
    await laptop.engine.handlers['signal.join']({ code }, AbortSignal.timeout(5_000));
    await laptop.until((_, state) => state.signal.fanout.state === 'online');
    writeFileSync(desk.path('heard.txt'), 'heard\n');
    const tip = (await desk.until((folder) => folder.lastPush !== null && !folder.dirty)).head;
    await laptop.until((folder) => folder.head === tip);
    expect(readFileSync(laptop.path('heard.txt'), 'utf8')).toBe('heard\n');
  });
});

describe('one machine', () => {
  it('waits during a rebase of the person, keeps a snapshot, and goes on by itself', async () => {
    const desk = await machines.add('desk');
    writeFileSync(desk.path('start.txt'), 'second\n');
    await desk.until((folder) => folder.lastCommit?.message.startsWith('Edit start.txt') ?? false);
    machines.git(desk.folder, '-c', 'sequence.editor=sed -i s/^pick/edit/', 'rebase', '-q', '-i', 'HEAD~1');
    await desk.until((folder) => folder.problem?.code === 'rebase-in-progress');
    const during = machines.git(desk.folder, 'rev-parse', 'HEAD');
    writeFileSync(desk.path('meanwhile.txt'), 'kept\n');
    await desk.sync();
    expect(machines.git(desk.folder, 'rev-parse', 'HEAD')).toBe(during);
    expect(machines.git(desk.folder, 'for-each-ref', 'refs/lockstep/snap')).not.toBe('');
    machines.git(desk.folder, 'rebase', '--continue');
    await desk.until((folder) => folder.problem === null && (folder.lastCommit?.message.startsWith('Add meanwhile.txt') ?? false));
  });

  it('queues commits while the remote is gone, and pushes when it is back', async () => {
    const desk = await machines.add('desk');
    renameSync(machines.hub, `${machines.hub}.away`);
    writeFileSync(desk.path('offline.txt'), 'kept\n');
    const gone = await desk.until((folder) => folder.problem !== null && folder.lastCommit?.message === 'Add offline.txt');
    expect(gone).toMatchObject({ phase: 'retrying', problem: { code: 'remote-gone' } });
    renameSync(`${machines.hub}.away`, machines.hub);
    await desk.until((folder) => folder.problem === null && folder.ahead === 0);
    expect(machines.git(machines.hub, 'show', 'main:offline.txt')).toBe('kept\n');
  });

  it('holds when most files vanish at once, until the person agrees', async () => {
    const desk = await machines.add('desk');
    for (let number = 0; number < 30; number += 1) writeFileSync(desk.path(`f${number}`), `${number}\n`);
    const before = await desk.until((folder) => folder.lastCommit?.message.startsWith('Add 30 files') ?? false);
    for (let number = 0; number < 25; number += 1) rmSync(desk.path(`f${number}`));
    const held = await desk.until((folder) => folder.problem?.code === 'mass-change');
    expect(held).toMatchObject({ phase: 'halted', head: before.head });
    await desk.engine.handlers['folder.approve']({ id: held.id }, AbortSignal.timeout(5_000));
    await desk.until((folder) => folder.problem === null && folder.lastCommit?.message.startsWith('Remove 25 files') === true && folder.ahead === 0);
  });

  it('asks when the remote was rewritten, and keeps both histories', async () => {
    const desk = await machines.add('desk');
    writeFileSync(desk.path('mine.txt'), 'mine\n');
    await desk.until((folder) => folder.lastCommit?.message === 'Add mine.txt' && folder.ahead === 0);
    const stranger = join(machines.directory, 'first');
    writeFileSync(join(stranger, 'other.txt'), 'other\n');
    machines.git(stranger, 'add', '-A');
    machines.git(stranger, 'commit', '-q', '--amend', '-m', 'Rewritten');
    machines.git(stranger, 'push', '-q', '--force', 'origin', 'main');
    const asked = await desk.until((folder) => folder.problem?.code === 'remote-rewritten');
    expect(asked.phase).toBe('halted');
    expect(readFileSync(desk.path('mine.txt'), 'utf8')).toBe('mine\n');
    expect(machines.git(desk.folder, 'for-each-ref', 'refs/lockstep/kept')).not.toBe('');
  });

  it('brings a version back as a new change, and keeps what it replaces', async () => {
    const desk = await machines.add('desk');
    const first = machines.git(desk.folder, 'rev-parse', 'HEAD').trim();
    writeFileSync(desk.path('start.txt'), 'second\n');
    await desk.until((folder) => folder.lastCommit?.message === 'Edit start.txt');
    writeFileSync(desk.path('start.txt'), 'not committed\n');
    await desk.engine.handlers.restore({ id: desk.state.id, commit: first, path: 'start.txt' }, AbortSignal.timeout(20_000));
    expect(readFileSync(desk.path('start.txt'), 'utf8')).toBe('start\n');
    const [kept] = await desk.engine.handlers.rescue({ id: desk.state.id }, AbortSignal.timeout(5_000));
    const history = await desk.engine.handlers.history({ id: desk.state.id, limit: 5 }, AbortSignal.timeout(5_000));
    expect(kept ?? history.some(({ message }) => message === 'Edit start.txt')).toBeTruthy();
    expect(history[0]?.message).toContain('Restore start.txt');
  });
});

it('lets the index follow as soon as nobody holds its lock any more', async () => {
  const desk = await machines.add('desk');
  const lock = desk.path('.git/index.lock');
  writeFileSync(lock, '');
  writeFileSync(desk.path('new.txt'), 'new\n');
  await desk.until((folder) => folder.lastCommit?.message === 'Add new.txt');
  rmSync(lock);
  await expect.poll(() => machines.git(desk.folder, '--no-optional-locks', 'status', '--porcelain'), { timeout: 10_000 }).toBe('');
});

it('holds back single files, each with its reason, while the rest goes on', async () => {
  const desk = await machines.add('desk', { maxFileSize: 1_000 });
  mkdirSync(desk.path('vendor/tool'), { recursive: true });
  machines.git(desk.path('vendor/tool'), 'init', '-q');
  writeFileSync(desk.path('vendor/tool/own.txt'), 'own\n');
  machines.git(desk.path('vendor/tool'), 'add', '-A');
  machines.git(desk.path('vendor/tool'), 'commit', '-qm', 'Own');
  writeFileSync(desk.path('big.bin'), 'x'.repeat(1_001));
  writeFileSync(desk.path('env.local'), `TOKEN=ghp_${'aB3'.repeat(12)}\n`);
  writeFileSync(desk.path('fine.txt'), 'fine\n');
  const state = await desk.until((folder) => folder.lastCommit?.message === 'Add fine.txt' && folder.ahead === 0);
  expect(state.held.map(({ path, code }) => [path, code]).sort()).toEqual([
    ['big.bin', 'file-too-large'],
    ['env.local', 'secret-found'],
    ['vendor/tool', 'nested-repository'],
  ]);
  expect(machines.git(machines.hub, 'ls-tree', '-r', '--name-only', 'main')).toBe('fine.txt\nstart.txt\n');

  await desk.engine.handlers['folder.approve']({ id: state.id }, AbortSignal.timeout(5_000));
  await desk.until((folder) => folder.lastCommit?.message === 'Add env.local' && folder.ahead === 0);
});

it('says that it cannot push where it does not pull, instead of trying for ever', async () => {
  const desk = await machines.add('desk', { pull: false });
  const stranger = join(machines.directory, 'first');
  writeFileSync(join(stranger, 'other.txt'), 'other\n');
  machines.git(stranger, 'add', '-A');
  machines.git(stranger, 'commit', '-qm', 'Other');
  machines.git(stranger, 'push', '-q', 'origin', 'main');
  writeFileSync(desk.path('mine.txt'), 'mine\n');
  const state = await desk.until((folder) => folder.problem?.code === 'remote-rejected');
  expect(state.phase).toBe('halted');
});

it('joins two beginnings of one folder on an empty hub', async () => {
  const desk = await machines.add('desk');
  const other = join(machines.directory, 'other');
  machines.git(machines.directory, 'init', '-q', other);
  writeFileSync(join(other, 'theirs.txt'), 'theirs\n');
  machines.git(other, 'add', '-A');
  machines.git(other, 'commit', '-qm', 'Another beginning');
  machines.git(other, 'remote', 'add', 'origin', machines.hub);
  const added = await desk.engine.handlers['folder.add']({ path: other, name: 'other', paused: false, options: {} }, AbortSignal.timeout(5_000));
  const { folders } = await desk.engine.handlers.sync({ id: added.id, timeoutS: 20 }, AbortSignal.timeout(30_000));
  expect(folders[0]).toMatchObject({ problem: null, ahead: 0, behind: 0 });
  expect(machines.git(machines.hub, 'ls-tree', '-r', '--name-only', 'main')).toBe('start.txt\ntheirs.txt\n');
});
