import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FORGES } from '../../shared/mirror.ts';
import type { FakeForge } from '../engine/testing/forges/fake-forge.ts';
import { MirrorBench } from './testing/mirror-bench.ts';

let bench: MirrorBench;
let forge: FakeForge;
let srv: string;

beforeEach(async () => {
  bench = new MirrorBench();
  srv = join(bench.directory, 'srv');
  await bench.start();
});
afterEach(() => bench.close());

const planSchema = z.object({ repos: z.array(z.object({ name: z.string(), action: z.string(), why: z.string().optional(), refs: z.array(z.object({ ref: z.string(), action: z.string(), from: z.string().nullable(), to: z.string().nullable() })) })) });
const backupsSchema = z.array(z.object({ name: z.string(), ref: z.string(), commit: z.string(), at: z.string() }));

const preview = async (id: string) => planSchema.parse(await bench.json('mirror', 'preview', id)).repos;

describe('mirrors of an owner', () => {
  it('are previewed without a trace, run, checked and run again', async () => {
    forge = await bench.tidepool();
    expect(await bench.addMirror('--match', '^lib-', '--name', 'pool')).toMatchObject({ code: 0, stdout: 'pool\n' });
    const before = await preview('pool');
    expect(before.map(({ name, action, why }) => [name, action, why])).toEqual([
      ['lib-a', 'create', undefined],
      ['lib-b', 'create', undefined],
      ['site', 'skip', 'not-matching'],
    ]);
    expect(before[0]?.refs).toEqual([expect.objectContaining({ ref: 'refs/heads/main', action: 'create', from: null, to: forge.refs('tidepool/lib-a')['refs/heads/main'] })]);
    expect(existsSync(srv)).toBe(false);
    expect((await bench.mirror()).state).toBe('never-synced');

    expect(await bench.run('mirror', 'run', 'pool')).toMatchObject({ code: 0 });
    const { state, repos } = await bench.mirror();
    expect([state, ...repos.map(({ name, state: one }) => [name, one])]).toEqual(['in-sync', ['lib-a', 'in-sync'], ['lib-b', 'in-sync']]);
    for (const { name, path } of repos) expect(bench.refs(path)).toEqual(forge.refs(`tidepool/${name}`));
    expect((await preview('pool')).slice(0, 2).map(({ action }) => action)).toEqual(['exists', 'exists']);

    const moved = forge.commit('tidepool/lib-b');
    expect(await bench.run('mirror', 'check', 'pool')).toMatchObject({ code: 0 });
    expect(await bench.repository('lib-b')).toMatchObject({ state: 'behind' });
    expect((await preview('pool'))[1]?.refs).toEqual([expect.objectContaining({ ref: 'refs/heads/main', action: 'fast-forward', to: moved })]);
    expect(await bench.run('mirror', 'run', '--all')).toMatchObject({ code: 0 });
    expect(bench.refs(join(srv, 'lib-b.git'))['refs/heads/main']).toBe(moved);
  });

  it.each(FORGES)('are copied from %s, page by page, and to it', async (kind) => {
    forge = await bench.fake(kind, { pageCap: 2 });
    for (const name of ['a', 'b', 'c']) forge.add('tidepool', name);
    const other = await bench.fake(kind, { token: 'canary-other-token' });
    other.add('copies', 'placeholder');
    await bench.addAccount(forge);
    await bench.addAccount(other, 'home');
    expect(await bench.addMirror()).toMatchObject({ code: 0 });
    await bench.run('mirror', 'add', '--account', 'work', '--owner', 'tidepool', '--push-account', 'home', '--push-owner', 'copies', '--how', 'none', '--name', 'onward');
    expect(await bench.run('mirror', 'run', '--all')).toMatchObject({ code: 0, stderr: '' });
    for (const name of ['a', 'b', 'c']) {
      expect(bench.refs(join(srv, `${name}.git`))).toEqual(forge.refs(`tidepool/${name}`));
      expect(other.refs(`copies/${name}`)).toEqual(forge.refs(`tidepool/${name}`));
    }
    const secrets = [forge.token, other.token];
    for (const file of ['settings.json', 'mirrors/tidepool.json', 'activity.ndjson', 'lockstep.log']) for (const secret of secrets) expect(readFileSync(join(bench.home, file), 'utf8')).not.toContain(secret);
    for (const secret of secrets) expect(readFileSync(join(srv, 'a.git', 'config'), 'utf8')).not.toContain(secret);
  });

  it('take in what appears later only when they are to follow', async () => {
    forge = await bench.tidepool();
    await bench.addMirror('--name', 'still');
    await bench.run('mirror', 'add', '--account', 'work', '--owner', 'tidepool', '--to', join(bench.directory, 'all'), '--how', 'none', '--sync-new', '--name', 'following');
    await bench.run('mirror', 'run', '--all');
    forge.add('tidepool', 'new');
    await bench.run('mirror', 'run', '--all');
    expect([existsSync(join(srv, 'new.git')), existsSync(join(bench.directory, 'all', 'new.git'))]).toEqual([false, true]);
  });

  it('follow a repository to its new name, in the place where it is', async () => {
    forge = await bench.tidepool();
    await bench.addMirror();
    await bench.run('mirror', 'run', 'tidepool');
    forge.rename('tidepool/lib-a', 'library');
    const moved = forge.commit('tidepool/library');
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 0 });
    expect(await bench.repository('library')).toMatchObject({ state: 'in-sync', path: join(srv, 'lib-a.git') });
    expect(bench.refs(join(srv, 'lib-a.git'))['refs/heads/main']).toBe(moved);
    expect(readdirSync(srv).filter((name) => name.endsWith('.git')).sort()).toEqual(['lib-a.git', 'lib-b.git', 'site.git']);
  });

  it('keep the copy of what is deleted at the source', async () => {
    forge = await bench.tidepool();
    await bench.addMirror();
    await bench.run('mirror', 'run', 'tidepool');
    const before = bench.refs(join(srv, 'site.git'));
    forge.remove('tidepool/site');
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 1, stderr: expect.stringContaining('Your copy is whole') as string });
    expect(await bench.repository('site')).toMatchObject({ state: 'unavailable', problem: { code: 'remote-gone' } });
    expect(bench.refs(join(srv, 'site.git'))).toEqual(before);
  });

  it('keep every old commit of what is rewritten, and bring it back as a branch', async () => {
    forge = await bench.tidepool();
    await bench.addMirror();
    await bench.run('mirror', 'run', 'tidepool');
    const old = bench.refs(join(srv, 'lib-a.git'))['refs/heads/main'] ?? '';
    const rewritten = forge.refs('tidepool/lib-b')['refs/heads/main'] ?? '';
    bench.git(forge.bare('tidepool/lib-a'), 'fetch', '-q', forge.bare('tidepool/lib-b'), '+refs/heads/main:refs/heads/main');
    expect((await preview('tidepool'))[0]?.refs).toEqual([expect.objectContaining({ ref: 'refs/heads/main', action: 'rewrite', from: old, to: rewritten })]);
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 0 });
    expect(backupsSchema.parse(await bench.json('mirror', 'backups', 'tidepool', 'lib-a'))).toEqual([expect.objectContaining({ ref: 'refs/heads/main', commit: old })]);
    expect(await bench.run('mirror', 'restore', 'tidepool', 'lib-a', 'main', '--as', 'as-it-was')).toMatchObject({ code: 0 });
    await bench.run('mirror', 'run', 'tidepool');
    expect(bench.refs(join(srv, 'lib-a.git'))).toMatchObject({ 'refs/heads/main': rewritten, 'refs/heads/as-it-was': old });
    expect(await bench.run('mirror', 'restore', 'tidepool', 'lib-a', 'nothing', '--as', 'x')).toMatchObject({ code: 5 });
  });

  it('wait for a yes when a source is suddenly empty, and for exactly that', async () => {
    forge = await bench.tidepool();
    await bench.addMirror();
    await bench.run('mirror', 'run', 'tidepool');
    const before = bench.refs(join(srv, 'site.git'));
    const tip = forge.refs('tidepool/site')['refs/heads/main'] ?? '';
    forge.setRef('tidepool/site', 'refs/heads/main', null);
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 6 });
    expect(await bench.repository('site')).toMatchObject({ state: 'needs-approval', problem: { code: 'source-emptied' } });
    expect(bench.refs(join(srv, 'site.git'))).toEqual(before);
    expect(await bench.run('mirror', 'approve', 'tidepool', 'site')).toMatchObject({ code: 0 });
    expect(bench.refs(join(srv, 'site.git'))).toEqual({});
    expect(backupsSchema.parse(await bench.json('mirror', 'backups', 'tidepool', 'site'))).toEqual([expect.objectContaining({ commit: tip })]);
    expect(await bench.run('mirror', 'approve', 'tidepool', 'site')).toMatchObject({ code: 1 });
  });

  it('refuse pushes, and take them again once they are no longer kept', async () => {
    forge = await bench.tidepool();
    await bench.addMirror();
    await bench.run('mirror', 'run', 'tidepool');
    const push = (): string => bench.git(join(srv, 'lib-a.git'), 'push', '-q', join(srv, 'lib-b.git'), 'main:refs/heads/mine');
    expect(push).toThrow();
    const kept = readFileSync(join(bench.home, 'settings.json'), 'utf8');
    expect(kept).not.toContain(forge.token);
    expect(await bench.run('mirror', 'remove', 'tidepool')).toMatchObject({ code: 0 });
    push();
    expect(bench.refs(join(srv, 'lib-b.git'))).toHaveProperty('refs/heads/mine');
  });

  it('say that their folder is gone when they are only checked, and fill it anew when told to', async () => {
    forge = await bench.tidepool();
    await bench.addMirror();
    await bench.run('mirror', 'run', 'tidepool');
    rmSync(srv, { recursive: true });
    for (const deed of ['check', 'run']) expect(await bench.run('mirror', deed, 'tidepool')).toMatchObject({ code: 1 });
    expect((await bench.mirror()).repos.map(({ problem }) => problem?.code)).toEqual(['root-missing', 'root-missing', 'root-missing']);
    expect(existsSync(srv)).toBe(false);
    expect(await bench.run('mirror', 'approve', 'tidepool', '*')).toMatchObject({ code: 1 });
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 0 });
    expect(bench.refs(join(srv, 'site.git'))).toEqual(forge.refs('tidepool/site'));
  });

  it('go on after the program was started anew', async () => {
    forge = await bench.tidepool();
    await bench.addMirror();
    await bench.run('mirror', 'run', 'tidepool');
    await bench.stop();
    expect((await bench.mirror()).state).toBe('in-sync');
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 4 });
    await bench.start();
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 0 });
  });
});

describe('targets', () => {
  it('at another account are made there, with what they are called and where they begin', async () => {
    forge = await bench.tidepool();
    forge.add('tidepool', 'trunked', { defaultBranch: 'trunk', description: 'with a trunk', private: true });
    const other = await bench.fake('gitea', { token: 'canary-other-token' });
    other.add('copies', 'placeholder');
    await bench.addAccount(other, 'home');
    await bench.run('mirror', 'add', '--account', 'work', '--owner', 'tidepool', '--push-account', 'home', '--push-owner', 'copies', '--how', 'none');
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 0 });
    for (const name of ['lib-a', 'lib-b', 'site', 'trunked']) expect(other.refs(`copies/${name}`)).toEqual(forge.refs(`tidepool/${name}`));
    expect(other.state.find('copies/trunked')).toMatchObject({ description: 'with a trunk', private: true, defaultBranch: 'trunk' });
  });

  it('that another hand changed are not pushed over, unless that is wanted', async () => {
    forge = await bench.tidepool();
    const other = await bench.fake('gitea', { token: 'canary-other-token' });
    other.add('copies', 'placeholder');
    await bench.addAccount(other, 'home');
    await bench.run('mirror', 'add', '--account', 'work', '--owner', 'tidepool', '--push-account', 'home', '--push-owner', 'copies', '--how', 'none');
    await bench.run('mirror', 'run', 'tidepool');
    const theirs = other.commit('copies/site');
    const ours = forge.commit('tidepool/site');
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 6 });
    expect(other.refs('copies/site')['refs/heads/main']).toBe(theirs);
    expect(await bench.run('mirror', 'approve', 'tidepool', 'site', '--rename', 'theirs')).toMatchObject({ code: 0 });
    expect(other.refs('copies/site')).toMatchObject({ 'refs/heads/main': ours, 'refs/heads/theirs': theirs });
  });

  it('keep what another hand pushed under a name that is free, and what was pushed over even when they are no longer kept', async () => {
    forge = await bench.tidepool();
    const target = join(bench.directory, 'target.git');
    const address = forge.bare('tidepool/site');
    bench.git('.', 'init', '-q', '--bare', '-b', 'main', target);
    await bench.run('mirror', 'add', '--url', address, '--push-to', target, '--how', 'none', '--name', 'one');
    await bench.run('mirror', 'run', 'one');
    bench.git(target, 'fetch', '-q', forge.bare('tidepool/lib-a'), '+refs/heads/main:refs/heads/main');
    const theirs = bench.refs(target)['refs/heads/main'] ?? '';
    forge.commit('tidepool/site');
    expect(await bench.run('mirror', 'run', 'one')).toMatchObject({ code: 6 });
    const name = (await bench.mirror()).repos[0]?.name ?? '';
    for (const taken of ['main', 'a..b']) expect(await bench.run('mirror', 'approve', 'one', name, '--rename', taken, '--json')).toMatchObject({ code: 2, stdout: expect.stringMatching(/^[^\n]*\n$/) as string });
    expect(bench.refs(target)['refs/heads/main']).toBe(theirs);
    expect(await bench.run('mirror', 'approve', 'one', name)).toMatchObject({ code: 0 });
    const { kept } = z.object({ kept: z.string() }).parse(await bench.json('mirror', 'remove', 'one'));
    const [store = ''] = readdirSync(kept);
    expect(bench.git(join(kept, store), 'cat-file', '-t', theirs)).toBe('commit');
  });

  it('in a folder that is not empty are refused', async () => {
    forge = await bench.tidepool();
    mkdirSync(join(srv, 'site.git'), { recursive: true });
    writeFileSync(join(srv, 'site.git', 'precious'), 'mine');
    await bench.addMirror();
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 1 });
    expect(await bench.repository('site')).toMatchObject({ problem: { code: 'target-taken' } });
    expect(await bench.repository('lib-a')).toMatchObject({ state: 'in-sync' });
    expect(readdirSync(join(srv, 'site.git'))).toEqual(['precious']);
  });
});
