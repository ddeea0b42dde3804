import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Machines, type Machine } from '../testing/machines.ts';
import { expectTold } from '../testing/told.ts';
import { TurnedClock } from '../testing/turned-clock.ts';

let machines: Machines;
let desk: Machine;
/** What the system says when anything in the folder is looked at; null: what there is. */
let unreachable: string | null;
beforeEach(async () => {
  machines = new Machines();
  unreachable = null;
  desk = await machines.add('desk', { poll: 600 }, (ports) => ({ ...ports, clock: new TurnedClock(8), files: { ...ports.files, stat: (path) => (unreachable !== null && path.toString().startsWith(desk.folder) ? Promise.reject(Object.assign(new Error(unreachable), { code: unreachable })) : ports.files.stat(path)) } }));
});
afterEach(() => machines.close());

const away = (): string => `${desk.folder}-away`;
const setAside = (): void => renameSync(desk.folder, away());
/** The directory that is made next gets the number that this one had. */
const copyAside = (what: string): void => (cpSync(desk.folder, away(), { recursive: true, preserveTimestamps: true }), rmSync(what, { recursive: true }));
const putBack = (): void => {
  rmSync(desk.folder, { recursive: true, force: true });
  renameSync(away(), desk.folder);
};
const hubTip = (): string => machines.git(machines.hub, 'rev-parse', 'main').trim();

/** A repository with the same remote that has nothing to do with the folder's history. */
function otherRepository(path: string): void {
  machines.git(machines.directory, 'init', '-q', path);
  writeFileSync(join(path, 'theirs.txt'), 'theirs\n');
  machines.git(path, 'add', '-A');
  machines.git(path, 'commit', '-qm', 'Another beginning');
  machines.git(path, 'remote', 'add', 'origin', machines.hub);
}

const REPLACEMENTS: readonly [what: string, replace: () => void][] = [
  ['removed', setAside],
  ['replaced by an empty directory, as by a disk that is not mounted', () => (setAside(), mkdirSync(desk.folder))],
  ['replaced by a directory that is no repository', () => (setAside(), mkdirSync(desk.folder), writeFileSync(desk.path('other.txt'), 'other\n'))],
  ['replaced by a symlink to itself elsewhere', () => (setAside(), symlinkSync(away(), desk.folder))],
  ['replaced by a file', () => (setAside(), writeFileSync(desk.folder, 'file\n'))],
  ['replaced by another repository with the same remote', () => (setAside(), otherRepository(desk.folder))],
  ['removed, and another repository made in its place at once', () => (copyAside(desk.folder), otherRepository(desk.folder))],
  ['there, with another repository in the place of its own', () => (copyAside(desk.path('.git')), otherRepository(desk.folder))],
];

describe('root-missing: a folder that is', () => {
  it.each(REPLACEMENTS)('%s is left alone, nothing is deleted anywhere, and it goes on when it is back', async (what, replace) => {
    const before = hubTip();
    replace();
    const isOther = what.includes('another repository');
    const folder = await desk.until(({ problem, phase }) => problem?.code === 'root-missing' && phase === 'halted' && 'replaced' in problem.params === isOther);
    expectTold(folder, { code: 'root-missing', tier: 'waiting', action: isOther ? 'approve' : 'locate', naming: new RegExp(desk.folder), next: new RegExp(`Bring it back to ${desk.folder}`) });
    // A change of the remote is not taken in into what lies there.
    machines.git(join(machines.directory, 'first'), 'commit', '-q', '--allow-empty', '-m', 'Meanwhile');
    const inPlace = existsSync(desk.folder) && !what.includes('file') && !what.includes('symlink') ? readdirSync(desk.folder) : [];
    await desk.sync();
    expect(hubTip()).toBe(before);
    if (inPlace.length > 0) expect(readdirSync(desk.folder)).toEqual(inPlace);

    putBack();
    writeFileSync(desk.path('back.txt'), 'back\n');
    await desk.until(({ problem, ahead, lastCommit }) => problem === null && lastCommit?.message === 'Add back.txt' && ahead === 0);
    expect(machines.git(machines.hub, 'ls-tree', '-r', '--name-only', 'main')).toBe('back.txt\nstart.txt\n');
  });

  it.each(['ENOTCONN', 'EIO', 'ESTALE'])('on a disk or server that does not answer (%s) is waited for', async (code) => {
    unreachable = code;
    const folder = await desk.until(({ problem, phase }) => problem?.code === 'root-missing' && phase === 'halted');
    expectTold(folder, { code: 'root-missing', tier: 'waiting', action: 'locate', naming: /perhaps a disk is not there/, next: /mount the disk/ });
    expect((await desk.sync()).problem?.code).toBe('root-missing');
    unreachable = null;
    writeFileSync(desk.path('back.txt'), 'back\n');
    await desk.until(({ problem, ahead, lastCommit }) => problem === null && lastCommit?.message === 'Add back.txt' && ahead === 0);
  });

  it('emptied while its repository lies elsewhere loses nothing', async () => {
    const [notes, data] = [join(machines.directory, 'notes'), join(machines.directory, 'notes.git')];
    machines.git(machines.directory, 'clone', '-q', '--separate-git-dir', data, machines.hub, notes);
    const { id } = await desk.engine.handlers['folder.add']({ path: notes, name: 'notes', paused: false, options: { commitDelay: 0.5 } }, AbortSignal.timeout(5_000));
    for (const name of readdirSync(notes)) rmSync(join(notes, name));
    const of = () => desk.engine.store.get().folders.find((folder) => folder.id === id);
    await desk.until(() => of()?.problem?.code === 'root-missing');
    expect(machines.git(data, 'ls-tree', '-r', '--name-only', 'main')).toBe('start.txt\n');
    writeFileSync(join(notes, '.git'), `gitdir: ${data}\n`);
    writeFileSync(join(notes, 'start.txt'), 'start\n');
    await desk.until(() => of()?.problem === null);
  });

  it('replaced by a new clone of the same history goes on by itself', async () => {
    setAside();
    machines.git(machines.directory, 'clone', '-q', machines.hub, desk.folder);
    writeFileSync(desk.path('new.txt'), 'new\n');
    await desk.until(({ problem, lastCommit, ahead }) => problem === null && lastCommit?.message === 'Add new.txt' && ahead === 0);
  });

  it('replaced by another repository is used when the person says so', async () => {
    const before = hubTip();
    setAside();
    otherRepository(desk.folder);
    const { id } = await desk.until(({ problem }) => 'replaced' in (problem?.params ?? {}));
    await desk.engine.handlers['folder.approve']({ id }, AbortSignal.timeout(5_000));
    await desk.until(({ problem, head }) => problem === null && head === hubTip() && head !== before);
    expect(machines.git(machines.hub, 'ls-tree', '-r', '--name-only', 'main')).toBe('start.txt\ntheirs.txt\n');
    expect(readFileSync(desk.path('start.txt'), 'utf8')).toBe('start\n');
  });

  it('a repository without a commit is known from its first one', async () => {
    const empty = join(machines.directory, 'empty');
    machines.git(machines.directory, 'init', '-q', empty);
    const { id } = await desk.engine.handlers['folder.add']({ path: empty, name: 'empty', paused: false, options: { commitDelay: 0.5 } }, AbortSignal.timeout(5_000));
    writeFileSync(join(empty, 'a.txt'), 'a\n');
    const of = () => desk.engine.store.get().folders.find((folder) => folder.id === id);
    await desk.until(() => of()?.lastCommit?.message === 'Add a.txt');
    const known = `"rootCommit": "${machines.git(empty, 'rev-parse', 'HEAD').trim()}"`;
    await expect.poll(() => readFileSync(join(machines.directory, 'home-desk/settings.json'), 'utf8')).toContain(known);
    renameSync(empty, `${empty}-away`);
    otherRepository(empty);
    await desk.until(() => 'replaced' in (of()?.problem?.params ?? {}));
  });
});
