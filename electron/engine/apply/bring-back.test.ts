import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseDisplayPath, repoPathFromBytes, repoPathFromText } from '../repo-path.ts';
import { TempRepos, write } from '../testing/temp-repos.ts';
import { bringBack, bringBackFrom, bringBackState } from './bring-back.ts';
import { Rescue } from './rescue.ts';

const signal = new AbortController().signal;
let repos: TempRepos;
beforeEach(() => {
  repos = new TempRepos();
});
afterEach(() => repos.dispose());

async function folder(files?: Record<string, string>) {
  const path = await repos.committed(files);
  const machine = repos.machine('ada');
  const vcs = await machine.vcs(path);
  const rescue = new Rescue(machine.ports, vcs.ownDirectory);
  const back = (name: string, to?: string, directory = path) => bringBack(machine.ports, vcs, { name, path: to === undefined ? undefined : parseDisplayPath(to), directory });
  return { path, machine, vcs, rescue, back, files: machine.ports.files };
}

describe('a file that was set aside', () => {
  it('comes back to its place, and beside it when the place is taken', async () => {
    const { path, rescue, back } = await folder();
    writeFileSync(join(path, 'other'), 'bytes');
    const name = await rescue.put(join(path, 'other'), repoPathFromText('sub/notes.md'), 'ignored-here');
    expect(await back(name)).toBe('sub/notes.md');
    expect(readFileSync(join(path, 'sub/notes.md'), 'utf8')).toBe('bytes');
    writeFileSync(join(path, 'sub/notes.md'), 'changed since');
    const beside = await back(name);
    expect(beside).toMatch(/^sub\/notes \(set aside \d{4}-\d\d-\d\d \d\d\.\d\d\)\.md$/);
    expect(await back(name)).toBe(beside.replace(').md', ' 2).md'));
    expect([readFileSync(join(path, 'sub/notes.md'), 'utf8'), readFileSync(join(path, beside), 'utf8')]).toEqual(['changed since', 'bytes']);
  });

  it('keeps a name that is no text', async () => {
    const { path, rescue, back } = await folder();
    const odd = Buffer.from([0xff, 0x2e, 0x74]);
    await rescue.put(join(path, 'a.txt'), repoPathFromBytes(odd), 'changed-meanwhile');
    const [kept] = await rescue.list();
    await back(kept?.name ?? '');
    expect(readdirSync(path, { encoding: 'buffer' }).some((name) => name.equals(odd))).toBe(true);
  });

  it('takes the place of nothing where the person named one', async () => {
    const { path, rescue, back } = await folder();
    const name = await rescue.put(join(path, 'a.txt'), repoPathFromText('b.txt'), 'ignored-here');
    await expect(back(name, 'a.txt')).rejects.toMatchObject({ code: 'path-taken' });
    const elsewhere = repos.path('elsewhere');
    expect(await back(name, 'x/c.txt', elsewhere)).toBe('x/c.txt');
    expect(readFileSync(join(elsewhere, 'x/c.txt'), 'utf8')).toBe('one\n');
  });

  it.each(['../outside', '.git/hooks/post-commit', 'sub/.GIT/config', '/etc/x'])('does not go to %s', async (to) => {
    const { path, rescue, back } = await folder();
    const name = await rescue.put(join(path, 'a.txt'), repoPathFromText('b.txt'), 'ignored-here');
    await expect(back(name, to)).rejects.toMatchObject({ code: 'no-such-path' });
  });

  it('does not go through a link', async () => {
    const { path, rescue, back } = await folder();
    mkdirSync(repos.path('outside'));
    symlinkSync(repos.path('outside'), join(path, 'link'));
    const name = await rescue.put(join(path, 'a.txt'), repoPathFromText('link/b.txt'), 'ignored-here');
    await expect(back(name)).rejects.toMatchObject({ code: 'path-taken' });
    expect(readdirSync(repos.path('outside'))).toEqual([]);
  });
});

describe('a state of the whole folder', () => {
  async function withSnapshot() {
    const opened = await folder({ 'a.txt': 'one\n', 'run.sh': '#!/bin/sh\n' });
    const { path, vcs } = opened;
    write(path, { 'a.txt': 'two\n', 'sub/new.txt': 'new\n' });
    chmodSync(join(path, 'run.sh'), 0o755);
    symlinkSync('a.txt', join(path, 'link'));
    await vcs.snapshot(signal);
    write(path, { 'a.txt': 'three\n', 'sub/new.txt': null });
    const [state] = await vcs.setAside();
    if (!state) throw new Error('nothing was set aside');
    return { ...opened, state };
  }

  it('is listed with its time and its reason', async () => {
    const { vcs, state, machine, path } = await withSnapshot();
    expect(state).toMatchObject({ why: 'snapshot', name: expect.stringMatching(/^snapshot-\d{8}T\d{6}\.\d+Z$/) as string });
    await vcs.keep(await machine.git(path, 'rev-parse', 'HEAD'), 'the remote was rewritten');
    expect((await vcs.setAside()).map(({ why }) => why)).toEqual(['remote-history', 'snapshot']);
  });

  it('comes back as a folder of its own', async () => {
    const { path, vcs, files, state } = await withSnapshot();
    const beside = repos.path('beside');
    await bringBackState(files, vcs, state, beside, signal);
    expect(readdirSync(beside).sort()).toEqual(['a.txt', 'link', 'run.sh', 'sub']);
    expect([readFileSync(join(beside, 'a.txt'), 'utf8'), readFileSync(join(beside, 'sub/new.txt'), 'utf8'), readlinkSync(join(beside, 'link'))]).toEqual(['two\n', 'new\n', 'a.txt']);
    expect(lstatSync(join(beside, 'run.sh')).mode & 0o100).toBe(0o100);
    expect(readFileSync(join(path, 'a.txt'), 'utf8')).toBe('three\n');
    await expect(bringBackState(files, vcs, state, beside, signal)).rejects.toMatchObject({ code: 'path-taken' });
  });

  it('gives single files of it too', async () => {
    const { path, vcs, files, state } = await withSnapshot();
    expect(await bringBackFrom(files, vcs, state, repoPathFromText('sub/new.txt'), path, signal)).toBe('sub/new.txt');
    const beside = await bringBackFrom(files, vcs, state, repoPathFromText('a.txt'), path, signal);
    expect(beside).toMatch(/^a \(set aside /);
    expect([readFileSync(join(path, 'a.txt'), 'utf8'), readFileSync(join(path, beside), 'utf8')]).toEqual(['three\n', 'two\n']);
    await expect(bringBackFrom(files, vcs, state, repoPathFromText('none'), path, signal)).rejects.toMatchObject({ code: 'no-such-path' });
  });

  it('is let go of when that is asked for', async () => {
    const { vcs, state } = await withSnapshot();
    await vcs.letGo(state);
    expect(await vcs.setAside()).toEqual([]);
    expect(existsSync(join(vcs.place.gitDir, 'refs/lockstep/snap/latest'))).toBe(true);
  });
});
