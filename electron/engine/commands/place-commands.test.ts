import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Machines, type Machine } from '../testing/machines.ts';

let machines: Machines;
let desk: Machine;
beforeEach(async () => {
  machines = new Machines();
  desk = await machines.add('desk', { maxWait: 77 });
});
afterEach(() => machines.close());

const never = new AbortController().signal;
const locate = (path: string) => desk.engine.handlers['folder.locate']({ id: 'desk', path }, never);
const address = (url: string) => desk.engine.handlers['folder.address']({ id: 'desk', url }, never);
const moved = () => `${desk.folder}-moved`;

describe('a folder that was moved', () => {
  it('goes on at its new place as what it was: id, name, options, pause and server', async () => {
    const before = desk.state;
    await desk.engine.handlers['folder.pause']({ id: 'desk' }, never);
    renameSync(desk.folder, moved());
    await desk.until(({ problem }) => problem?.code === 'root-missing');
    const found = await locate(moved());
    expect(found).toMatchObject({ id: 'desk', name: before.name, path: moved(), paused: true, remote: before.remote, options: before.options });
    await desk.engine.handlers['folder.resume']({ id: 'desk' }, never);
    writeFileSync(join(moved(), 'after.txt'), 'after\n');
    await desk.until(({ problem, lastCommit, ahead }) => problem === null && lastCommit?.message === 'Add after.txt' && ahead === 0);
    expect(machines.git(machines.hub, 'ls-tree', '--name-only', 'main')).toBe('after.txt\nstart.txt\n');
  });

  it('is not taken for another one that has its name, or for what is no folder', async () => {
    const other = join(machines.directory, 'other');
    machines.git(machines.directory, 'init', '-q', other);
    machines.git(other, 'commit', '-q', '--allow-empty', '-m', 'Another beginning');
    const file = join(machines.directory, 'file');
    writeFileSync(file, '');
    renameSync(desk.folder, moved());
    await expect(locate(other)).rejects.toMatchObject({ code: 'other-history', params: { path: other, folder: 'desk' } });
    await expect(locate(file)).rejects.toMatchObject({ code: 'not-a-repository', params: { reason: 'a-file' } });
    await expect(locate('elsewhere')).rejects.toMatchObject({ code: 'path-refused', params: { reason: 'path-not-absolute' } });
    await expect(locate(`/${'x'.repeat(5000)}`)).rejects.toMatchObject({ code: 'path-refused', params: { reason: 'path-too-long' } });
    expect(desk.state).toMatchObject({ id: 'desk', path: desk.folder });
  });

  it('is not put where another folder lies', async () => {
    const other = join(machines.directory, 'other');
    machines.git(machines.directory, 'clone', '-q', machines.hub, other);
    await desk.engine.handlers['folder.add']({ path: other, paused: true, options: {} }, never);
    await expect(locate(other)).rejects.toMatchObject({ code: 'already-added' });
    expect(desk.engine.store.get().folders.map(({ id }) => id)).toEqual(['desk', 'other']);
  });
});

it('a path from the person’s home is taken, as a shell would', async () => {
  const notes = join(machines.directory, 'person/notes');
  machines.git(machines.directory, 'clone', '-q', machines.hub, notes);
  expect(await desk.engine.handlers['folder.add']({ path: '~/notes', paused: true, options: {} }, never)).toMatchObject({ path: notes });
});

describe('another address for the server', () => {
  it('is set in the repository, agreed to, and used', async () => {
    const hub = join(machines.directory, 'moved.git');
    renameSync(machines.hub, hub);
    await desk.until(({ problem }) => problem?.code === 'remote-gone');
    expect(await address(hub)).toMatchObject({ remote: hub, remoteName: 'origin' });
    expect(machines.git(desk.folder, 'remote', 'get-url', 'origin').trim()).toBe(hub);
    writeFileSync(desk.path('a.txt'), 'a\n');
    await desk.until(({ problem, ahead, lastCommit }) => problem === null && lastCommit?.message === 'Add a.txt' && ahead === 0);
    expect(machines.git(hub, 'ls-tree', '--name-only', 'main')).toBe('a.txt\nstart.txt\n');
  });

  it('is the first one of a folder that had none', async () => {
    const lone = join(machines.directory, 'lone');
    const hub = join(machines.directory, 'lone.git');
    machines.git(machines.directory, 'init', '-q', lone);
    machines.git(machines.directory, 'init', '-q', '--bare', hub);
    machines.git(lone, 'commit', '-q', '--allow-empty', '-m', 'Start');
    const { id } = await desk.engine.handlers['folder.add']({ path: lone, paused: false, options: {} }, never);
    await desk.engine.handlers['folder.address']({ id, url: hub }, never);
    await desk.until((_, { folders }) => folders.some((folder) => folder.id === id && folder.problem === null && folder.lastPush !== null));
    expect(machines.git(hub, 'log', '--format=%s', 'main')).toBe('Start\n');
  });

  it.each([
    ['ext::sh -c "touch x"', 'scheme'],
    ['--upload-pack=x', 'option'],
    ['https://ada:hunter22@example.org/notes.git', 'holds-secret'],
    ['notes.git', 'relative-path'],
  ])('%s is not one', async (url, reason) => {
    await expect(address(url)).rejects.toMatchObject({ code: 'address-refused', params: { reason } });
    expect(machines.git(desk.folder, 'remote', 'get-url', 'origin').trim()).toBe(machines.hub);
  });

  it('is not followed unseen: only the one that was shown is agreed to', async () => {
    const [shown, later] = [join(machines.directory, 'shown.git'), join(machines.directory, 'later.git')];
    for (const path of [shown, later]) mkdirSync(path);
    machines.git(desk.folder, 'remote', 'set-url', 'origin', shown);
    void desk.sync();
    const { problem } = await desk.until((folder) => folder.problem?.code === 'remote-changed');
    expect(problem?.params).toEqual({ remote: 'origin', url: shown, agreed: machines.hub });
    machines.git(desk.folder, 'remote', 'set-url', 'origin', later);
    await expect(desk.engine.handlers['folder.approve']({ id: 'desk' }, never)).rejects.toMatchObject({ code: 'remote-changed', params: { url: later } });
    expect(desk.state.remote).toBe(machines.hub);
    expect(existsSync(desk.folder)).toBe(true);
  });
});
