import { access, chmod, lstat, mkdir, open as openFile, readdir, readFile, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFiles } from '../ports/node-files.ts';
import { nodeProcesses } from '../ports/node-processes.ts';
import { displayPath, repoPathFromText, type RepoPath } from '../repo-path.ts';
import { ApplyWorld, type Described } from '../testing/apply/apply-world.ts';
import type { Tree } from '../testing/apply/memory-tree.ts';
import { filesFoldingCase } from '../testing/apply/folding-files.ts';
import { filesOnTwoDevices, filesWithoutLinks } from '../testing/apply/watched-files.ts';
import { caseOf } from '../testing/planner/merge-case.ts';

let world: ApplyWorld;
const open = async (base: Described) => (world = await ApplyWorld.open(base));
const paths = (...names: string[]): RepoPath[] => names.map(repoPathFromText);

beforeEach(() => open({}));
afterEach(() => world.close());

describe('apply', () => {
  it.each<[string, Described, Described]>([
    ['adds, changes and removes', { a: '1', 'd/b': '2', 'd/e/c': '3' }, { a: '1x', 'n/m/o': '4' }],
    ['makes a directory of a file', { a: '1', b: '2' }, { 'a/x/y': '1', b: '2' }],
    ['makes a file of a directory', { 'a/x/y': '1', 'a/z': '2' }, { a: '3' }],
    ['makes a link of a file and a file of a link', { a: '1', b: '-> a' }, { a: '-> b', b: '2' }],
    ['makes a directory of a link', { a: '-> /nowhere' }, { 'a/f': '1' }],
    ['points a link elsewhere', { a: '-> x' }, { a: '-> ../y' }],
    ['changes modes', { a: '1', b: 'x:2' }, { a: 'x:1', b: '2' }],
    ['changes mode and content', { a: '1' }, { a: 'x:2' }],
    ['renames by case', { Readme: '1', 'Dir/f': '2' }, { README: '1', 'dir/f': '2' }],
    ['takes odd names', { a: '1' }, { 'sp ace\n"q".txt': '1', '-rf': '2', ü: '3', 'trailing ': '4', ['n'.repeat(255)]: '5' }],
    ['begins from nothing', {}, { a: '1', 'd/b': '2' }],
    ['ends with nothing', { a: '1', 'd/b': '2' }, {}],
  ])('%s', async (_, from, to) => {
    await open(from);
    const outcome = await world.apply(from, to);
    expect(outcome).toMatchObject({ outcome: 'applied', copies: [], rescued: [] });
    expect(await world.read()).toEqual(to);
    await world.applier().recheckAsides();
    expect(await world.leftOver()).toEqual([]);
    expect(await world.read()).toEqual(to);
  });

  it('says which paths it wrote', async () => {
    await open({ a: '1', b: '2', c: '3', d: '4' });
    const outcome = await world.apply({ a: '1', b: '2', c: '3', d: '4' }, { a: '1', b: '2x', c: 'x:3', e: '5' });
    expect(outcome.outcome === 'applied' && [...outcome.written].sort()).toEqual(['b', 'c', 'd', 'e']);
  });

  it('writes nothing where a local change is not committed yet', async () => {
    await open({ a: 'mine', b: '1', 'd/e': '1' });
    const outcome = await world.apply({ a: 'old', b: '1', c: 'gone' }, { a: 'theirs', b: '2', c: 'theirs' });
    expect(outcome).toEqual({ outcome: 'local-changes', paths: ['a', 'c'] });
    expect(await world.read()).toEqual({ a: 'mine', b: '1', 'd/e': '1' });
    expect(await world.leftOver()).toEqual([]);
  });

  it('takes what equals the target already as done', async () => {
    await open({ a: 'theirs', n: 'new' });
    const before = await lstat(world.file('a'));
    expect(await world.apply({ a: 'old', gone: 'x' }, { a: 'theirs', n: 'new' })).toEqual({ outcome: 'applied', written: [], copies: [], rescued: [] });
    expect((await lstat(world.file('a'))).ino).toBe(before.ino);
  });

  it('keeps an ignored file in rescue when the target has its path', async () => {
    await open({ 'x.env': 'KEY=mine', 'build/out': 'artefact' });
    world.vcs.ignores = (path) => path.endsWith('.env') || path.startsWith('build/');
    expect(await world.apply({}, { 'x.env': 'KEY=theirs', build: 'a file' })).toMatchObject({ outcome: 'applied', copies: [], rescued: expect.arrayContaining(['x.env', 'build/out']) as unknown });
    expect(await world.read()).toEqual({ 'x.env': 'KEY=theirs', build: 'a file' });
    expect((await world.rescued()).sort()).toEqual(['KEY=mine', 'artefact']);
  });

  it('takes over an ignored file that has the content already, whatever its mode', async () => {
    await open({ 'run.sh': 'x:same' });
    world.vcs.ignores = () => true;
    expect(await world.apply({}, { 'run.sh': 'same' })).toMatchObject({ outcome: 'applied', copies: [], rescued: [] });
    expect(await world.read()).toEqual({ 'run.sh': 'same' });
  });

  it('waits for an untracked file that is in the way to be committed', async () => {
    await open({ n: 'mine' });
    expect(await world.apply({}, { n: 'theirs' })).toEqual({ outcome: 'local-changes', paths: ['n'] });
  });

  it('puts a held file beside', async () => {
    await open({ 'big.bin': 'mine' });
    const outcome = await world.apply({ 'big.bin': 'old' }, { 'big.bin': 'theirs' }, { held: paths('big.bin') });
    const [copy] = Object.keys(await world.read()).filter((path) => path !== 'big.bin');
    expect(copy).toMatch(/^big \(conflict laptop [0-9a-f]{7}\)\.bin$/);
    expect(outcome).toMatchObject({ outcome: 'applied', copies: [{ path: 'big.bin', copy }] });
    expect(await world.read()).toEqual({ 'big.bin': 'theirs', [copy ?? '']: 'mine' });
  });

  it('puts a whole directory beside where it stands for a held file', async () => {
    await open({ 'f/own': 'mine', 'f/deep/own': 'mine, too' });
    const outcome = await world.apply({ f: 'old' }, { f: 'theirs' }, { held: paths('f') });
    expect(outcome).toMatchObject({ outcome: 'applied', copies: [{ path: 'f' }] });
    const copy = outcome.outcome === 'applied' ? outcome.copies[0]?.copy : undefined;
    expect(await world.read()).toEqual({ f: 'theirs', [`${copy}/own`]: 'mine', [`${copy}/deep/own`]: 'mine, too' });
  });

  it('keeps who may read a file', async () => {
    await open({ secret: '1' });
    await chmod(world.file('secret'), 0o600);
    await world.apply({ secret: '1' }, { secret: 'x:2' });
    expect((await lstat(world.file('secret'))).mode & 0o777).toBe(0o700);
  });

  it('leaves a directory that holds something else', async () => {
    await open({ 'd/a': '1', 'd/own.log': 'mine' });
    world.vcs.ignores = (path) => path.endsWith('.log');
    await world.apply({ 'd/a': '1' }, {});
    expect(await world.read()).toEqual({ 'd/own.log': 'mine' });
  });

  it('never follows a link, wherever it stands', async () => {
    await mkdir(join(world.directory, 'outside'));
    await writeFile(join(world.directory, 'outside/f'), 'not ours');
    await symlink('../outside', world.file('d'));
    expect(await world.apply({}, { 'd/f': 'theirs', 'd/g': 'theirs' })).toEqual({ outcome: 'local-changes', paths: ['d'] });
    expect(await world.apply({ 'd/f': 'not ours' }, {})).toMatchObject({ outcome: 'applied' });
    expect(await world.apply({ 'd/f': 'not ours' }, { 'd/f': 'theirs' })).toEqual({ outcome: 'local-changes', paths: ['d'] });
    expect(await readFile(join(world.directory, 'outside/f'), 'utf8')).toBe('not ours');
    await expect(access(join(world.directory, 'outside/g'))).rejects.toThrow();
  });

  it.each(['../out', '.git/hooks/pre-commit', 'a/.GIT/config', '/etc/x', 'GIT~1/config'])('refuses %s', async (path) => {
    expect(await world.apply({}, { ok: '1', [path]: 'evil' })).toEqual({ outcome: 'trouble', code: 'remote-damaged', path });
    expect(await world.read()).toEqual({});
  });

  it('says when an object is missing, before it touches anything', async () => {
    await open({ a: '1', b: '2' });
    const changes = world.changes({ a: '1', b: '2' }, { a: '1x', b: '2x' });
    world.vcs.lose(changes[1]?.after?.id ?? '');
    const outcome = await world.applier().apply({ from: null, to: 't', changes, machine: 'laptop' }, new AbortController().signal);
    expect(outcome).toEqual({ outcome: 'trouble', code: 'damaged-repository', path: 'b' });
    expect(await world.read()).toEqual({ a: '1', b: '2' });
    expect(await world.leftOver()).toEqual([]);
  });

  it('stops at once when asked to, and leaves no trace', async () => {
    await open({ a: '1' });
    const changes = world.changes({ a: '1' }, { a: '2' });
    await expect(world.applier().apply({ from: null, to: 't', changes, machine: 'm' }, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
    expect(await world.read()).toEqual({ a: '1' });
    expect(await world.leftOver()).toEqual([]);
  });

  it('takes names that are not text', async () => {
    const path = '\xff\xfe.bin' as RepoPath;
    const entry = { mode: '100644' as const, id: world.vcs.add(Buffer.from('odd')) };
    await world.applier().apply({ from: null, to: 't', changes: [{ path, before: null, after: entry }], machine: 'm' }, new AbortController().signal);
    expect(await readFile(Buffer.concat([Buffer.from(`${world.workTree}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.bin')]), 'utf8')).toBe('odd');
  });
});

describe('where case is not told apart', () => {
  const folding = () => {
    const files = filesFoldingCase(world.workTree);
    world.vcs.fileSystem = { executableBits: true, foldsCase: true };
    world.vcs.read = (file) => files.read(file);
    return { applier: world.applier(files) };
  };

  it.each<[string, Described, Described]>([
    ['a file', { Readme: '1', b: '1' }, { README: '2', b: '2' }],
    ['a directory', { 'Dir/f': '1', 'Dir/g': '2' }, { 'dir/f': '1', 'dir/g': '2' }],
    ['a link', { a: '-> x' }, { A: '-> x' }],
    ['a file that becomes a directory', { a: '1' }, { 'A/f': '1' }],
  ])('renames %s by case', async (_, from, to) => {
    await open(from);
    expect(await world.apply(from, to, folding())).toMatchObject({ outcome: 'applied', copies: [], rescued: [] });
    expect(await world.read()).toEqual(to);
    expect(await world.apply(from, to, folding())).toMatchObject({ outcome: 'applied', written: [] });
  });

  it.each<[string, Described, Described]>([
    ['a file beside one that stays', { a: '1', b: '1' }, { a: '1', A: '2', b: '2' }],
    ['a file beside a directory that stays', { 'a/f': '1' }, { 'a/f': '1', A: '2' }],
    ['a directory beside a file that stays', { a: '1' }, { a: '1', 'A/f': '2' }],
    ['two files at once', {}, { a: '1', A: '2' }],
  ])('says that %s cannot be, and touches nothing', async (_, from, to) => {
    await open(from);
    expect(await world.apply(from, to, folding())).toMatchObject({ outcome: 'trouble', code: 'unsupported-file' });
    expect(await world.read()).toEqual(from);
  });
});

describe('on the disk', () => {
  it('any tree becomes any other, whatever else lies there', async () => {
    const asFiles = (tree: Tree): Described =>
      Object.fromEntries([...tree].map(([path, { mode, id }]) => [displayPath(path), mode === '120000' ? `-> ${id}` : mode === '100755' ? `x:${id}` : id]));
    for (let number = 0; number < 150; number++) {
      const { base: own, ada, grace } = caseOf(2, number);
      const ours = new Map([...own].map(([path, entry]) => [`own/${path}` as RepoPath, entry]));
      const around = await ApplyWorld.open(asFiles(new Map([...ada.head, ...ours])));
      expect(await around.apply(asFiles(ada.head), asFiles(grace.head)), `case ${number}`).toMatchObject({ outcome: 'applied', copies: [], rescued: [] });
      await around.applier().recheckAsides();
      expect(await around.read(), `case ${number}`).toEqual(asFiles(new Map([...grace.head, ...ours])));
      await around.close();
    }
  });

  it('stages in a hidden directory of the work tree where our own one is on another device', async () => {
    await open({ a: '1', 'd/b': '2' });
    const editor = await openFile(world.file('a'), 'r+');
    const elsewhere = filesOnTwoDevices(world.ownDirectory);
    expect(await world.apply({ a: '1', 'd/b': '2' }, { a: '2' }, { applier: world.applier(elsewhere) })).toMatchObject({ outcome: 'applied' });
    const staging = await readdir(world.file('.lockstep-staging'));
    expect(staging).toHaveLength(2);
    expect(await readFile(world.file('.lockstep-staging/.gitignore'), 'utf8')).toBe('*\n');
    await editor.write('x');
    await editor.close();
    expect(await world.applier(elsewhere).recheckAsides()).toMatchObject({ copies: [{ path: 'a' }], waiting: false });
    expect(Object.values(await world.read()).sort()).toEqual(['2', 'x']);
  });
});

describe('what an editor still writes into a file that was moved aside', () => {
  it('becomes a conflict copy at the second look', async () => {
    await open({ 'a.txt': 'old' });
    const editor = await openFile(world.file('a.txt'), 'r+');
    expect(await world.apply({ 'a.txt': 'old' }, { 'a.txt': 'theirs' })).toMatchObject({ copies: [] });
    await editor.write('saved', 0);
    const [copy] = (await world.applier().recheckAsides()).copies;
    expect(copy?.path).toBe('a.txt');
    expect(await world.read()).toEqual({ 'a.txt': 'theirs', [copy?.copy ?? '']: 'saved' });
    await editor.write('again', 0);
    await editor.close();
    expect((await world.read())[copy?.copy ?? '']).toBe('again');
    expect(await world.applier().recheckAsides()).toEqual({ copies: [], waiting: false });
    expect(await world.leftOver()).toEqual([]);
  });

  it('is not lost however late it comes: a file that somebody can still write to is not let go', async () => {
    await open({ 'a.txt': 'old', 'b.txt': 'old' });
    const applier = world.applier(nodeFiles, world.vcs, nodeProcesses);
    const editor = await openFile(world.file('a.txt'), 'r+');
    await world.apply({ 'a.txt': 'old', 'b.txt': 'old' }, { 'a.txt': 'theirs', 'b.txt': 'theirs' }, { applier });
    for (let look = 0; look < 3; look++) expect(await applier.recheckAsides()).toEqual({ copies: [], waiting: true });
    await editor.write('saved', 0);
    const { copies, waiting } = await applier.recheckAsides();
    expect({ paths: copies.map(({ path }) => path), waiting }).toEqual({ paths: ['a.txt'], waiting: false });
    await editor.write('again', 0);
    await editor.close();
    expect(await world.read()).toEqual({ 'a.txt': 'theirs', [copies[0]?.copy ?? '']: 'again', 'b.txt': 'theirs' });
    expect(await world.leftOver()).toEqual([]);
  });

  it('is let go once nobody can write to it any more', async () => {
    await open({ a: 'old' });
    const applier = world.applier(nodeFiles, world.vcs, nodeProcesses);
    const editor = await openFile(world.file('a'), 'r+');
    await world.apply({ a: 'old' }, { a: 'new' }, { applier });
    expect(await applier.recheckAsides()).toEqual({ copies: [], waiting: true });
    await editor.close();
    expect(await applier.recheckAsides()).toEqual({ copies: [], waiting: false });
    expect(await world.leftOver()).toEqual([]);
  });

  it('is not lost where a copy is no other name of the same file, as there are no hard links', async () => {
    await open({ a: 'old' });
    const applier = world.applier(filesWithoutLinks(), world.vcs, nodeProcesses);
    const editor = await openFile(world.file('a'), 'r+');
    await world.apply({ a: 'old' }, { a: 'new' }, { applier });
    const written: string[] = [];
    for (const text of ['first', 'later']) {
      await editor.write(text, 0);
      const { copies, waiting } = await applier.recheckAsides();
      written.push(...copies.map(({ copy }) => copy));
      expect([copies.length, waiting]).toEqual([1, true]);
    }
    expect(await applier.recheckAsides()).toEqual({ copies: [], waiting: true });
    await editor.close();
    expect(await applier.recheckAsides()).toEqual({ copies: [], waiting: false });
    expect(await world.read()).toEqual({ a: 'new', [written[0] ?? '']: 'first', [written[1] ?? '']: 'later' });
  });

  it('waits a day where the system does not tell who can write to it', async () => {
    await open({ a: 'old' });
    const applier = world.applier(nodeFiles, world.vcs, { ...nodeProcesses, beingWritten: async () => null });
    world.clock.setWallTime(Date.now());
    await world.apply({ a: 'old' }, { a: 'new' }, { applier });
    expect(await applier.recheckAsides()).toEqual({ copies: [], waiting: true });
    world.clock.setWallTime(Date.now() + 86_400_000 + 60_000);
    expect(await applier.recheckAsides()).toEqual({ copies: [], waiting: false });
  });

  it('comes back under its own name when the target has nothing there', async () => {
    await open({ 'd/a.txt': 'old' });
    const editor = await openFile(world.file('d/a.txt'), 'r+');
    await world.apply({ 'd/a.txt': 'old' }, {});
    expect(await world.read()).toEqual({});
    await editor.write('saved', 0);
    await editor.close();
    expect(await world.applier().recheckAsides()).toEqual({ copies: [{ path: 'd/a.txt', copy: 'd/a.txt' }], waiting: false });
    expect(await world.read()).toEqual({ 'd/a.txt': 'saved' });
  });

  it('goes to rescue at the next start when a change by hand was cut short', async () => {
    await mkdir(join(world.ownDirectory, 'by-hand'));
    await writeFile(join(world.ownDirectory, 'by-hand/aside-1'), 'mine');
    await writeFile(join(world.ownDirectory, 'by-hand/stage-1'), 'from the history');
    expect(await world.applier().recover()).toMatchObject([{ how: 'set-aside' }]);
    expect(await world.rescued()).toEqual(['mine']);
    expect(await readdir(join(world.ownDirectory, 'by-hand'))).toEqual([]);
  });

  it('is looked at after a restart, too', async () => {
    await open({ a: 'old' });
    const editor = await openFile(world.file('a'), 'r+');
    await world.apply({ a: 'old' }, { a: 'new' });
    await unlink(world.file('a'));
    await editor.write('own', 0);
    await editor.close();
    expect(await world.applier().recover()).toEqual([{ path: 'a', how: 'kept-beside' }]);
    expect(Object.values(await world.read())).toEqual(['own']);
    expect(await world.leftOver()).toEqual([]);
  });
});
