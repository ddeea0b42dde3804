import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
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

const mirrorSchema = z.object({
  id: z.string(),
  state: z.string(),
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
  repos: z.array(z.object({ name: z.string(), state: z.string(), refs: z.number(), lastSync: z.string().nullable(), path: z.string(), problem: z.object({ code: z.string(), message: z.string(), next: z.string() }).nullable() })),
});
const planSchema = z.object({ repos: z.array(z.object({ name: z.string(), action: z.string(), why: z.string().optional(), refs: z.array(z.object({ ref: z.string(), action: z.string(), from: z.string().nullable(), to: z.string().nullable() })) })) });
const backupsSchema = z.array(z.object({ name: z.string(), ref: z.string(), commit: z.string(), at: z.string() }));

const mirror = async (): Promise<z.infer<typeof mirrorSchema>> => {
  const [first] = z.array(mirrorSchema).parse(await bench.json('mirror', 'list'));
  if (!first) throw new Error('there is no mirror');
  return first;
};
const preview = async (id: string) => planSchema.parse(await bench.json('mirror', 'preview', id)).repos;
const repository = async (name: string) => (await mirror()).repos.find((repo) => repo.name === name);

/** A forge with three repositories of an organisation, and an account there. */
async function tidepool(kind: FakeForge['kind'] = 'gitea'): Promise<void> {
  forge = await bench.fake(kind);
  forge.add('tidepool', 'lib-a', { commits: 2 });
  forge.add('tidepool', 'lib-b');
  forge.add('tidepool', 'site');
  expect(await bench.addAccount(forge)).toMatchObject({ code: 0 });
}

const addMirror = (...more: string[]) => bench.run('mirror', 'add', '--account', 'work', '--owner', 'tidepool', '--to', srv, '--how', 'none', ...more);

describe('mirrors of an owner', () => {
  it('are previewed without a trace, run, checked and run again', async () => {
    await tidepool();
    expect(await addMirror('--match', '^lib-', '--name', 'pool')).toMatchObject({ code: 0, stdout: 'pool\n' });
    const before = await preview('pool');
    expect(before.map(({ name, action, why }) => [name, action, why])).toEqual([
      ['lib-a', 'create', undefined],
      ['lib-b', 'create', undefined],
      ['site', 'skip', 'not-matching'],
    ]);
    expect(before[0]?.refs).toEqual([expect.objectContaining({ ref: 'refs/heads/main', action: 'create', from: null, to: forge.refs('tidepool/lib-a')['refs/heads/main'] })]);
    expect(existsSync(srv)).toBe(false);
    expect((await mirror()).state).toBe('never-synced');

    expect(await bench.run('mirror', 'run', 'pool')).toMatchObject({ code: 0 });
    const { state, repos } = await mirror();
    expect([state, ...repos.map(({ name, state: one }) => [name, one])]).toEqual(['in-sync', ['lib-a', 'in-sync'], ['lib-b', 'in-sync']]);
    for (const { name, path } of repos) expect(bench.refs(path)).toEqual(forge.refs(`tidepool/${name}`));
    expect((await preview('pool')).slice(0, 2).map(({ action }) => action)).toEqual(['exists', 'exists']);

    const moved = forge.commit('tidepool/lib-b');
    expect(await bench.run('mirror', 'check', 'pool')).toMatchObject({ code: 0 });
    expect(await repository('lib-b')).toMatchObject({ state: 'behind' });
    expect((await preview('pool'))[1]?.refs).toEqual([expect.objectContaining({ ref: 'refs/heads/main', action: 'fast-forward', to: moved })]);
    expect(await bench.run('mirror', 'run', '--all')).toMatchObject({ code: 0 });
    expect(bench.refs(join(srv, 'lib-b.git'))['refs/heads/main']).toBe(moved);
  });

  it('take in what appears later only when they are to follow', async () => {
    await tidepool();
    await addMirror('--name', 'still');
    await bench.run('mirror', 'add', '--account', 'work', '--owner', 'tidepool', '--to', join(bench.directory, 'all'), '--how', 'none', '--sync-new', '--name', 'following');
    await bench.run('mirror', 'run', '--all');
    forge.add('tidepool', 'new');
    await bench.run('mirror', 'run', '--all');
    expect([existsSync(join(srv, 'new.git')), existsSync(join(bench.directory, 'all', 'new.git'))]).toEqual([false, true]);
  });

  it('follow a repository to its new name, in the place where it is', async () => {
    await tidepool();
    await addMirror();
    await bench.run('mirror', 'run', 'tidepool');
    forge.rename('tidepool/lib-a', 'library');
    const moved = forge.commit('tidepool/library');
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 0 });
    expect(await repository('library')).toMatchObject({ state: 'in-sync', path: join(srv, 'lib-a.git') });
    expect(bench.refs(join(srv, 'lib-a.git'))['refs/heads/main']).toBe(moved);
    expect(readdirSync(srv).filter((name) => name.endsWith('.git')).sort()).toEqual(['lib-a.git', 'lib-b.git', 'site.git']);
  });

  it('keep the copy of what is deleted at the source', async () => {
    await tidepool();
    await addMirror();
    await bench.run('mirror', 'run', 'tidepool');
    const before = bench.refs(join(srv, 'site.git'));
    forge.remove('tidepool/site');
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 1, stderr: expect.stringContaining('Your copy is whole') as string });
    expect(await repository('site')).toMatchObject({ state: 'unavailable', problem: { code: 'remote-gone' } });
    expect(bench.refs(join(srv, 'site.git'))).toEqual(before);
  });

  it('keep every old commit of what is rewritten, and bring it back as a branch', async () => {
    await tidepool();
    await addMirror();
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
    await tidepool();
    await addMirror();
    await bench.run('mirror', 'run', 'tidepool');
    const before = bench.refs(join(srv, 'site.git'));
    const tip = forge.refs('tidepool/site')['refs/heads/main'] ?? '';
    forge.setRef('tidepool/site', 'refs/heads/main', null);
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 6 });
    expect(await repository('site')).toMatchObject({ state: 'needs-approval', problem: { code: 'source-emptied' } });
    expect(bench.refs(join(srv, 'site.git'))).toEqual(before);
    expect(await bench.run('mirror', 'approve', 'tidepool', 'site')).toMatchObject({ code: 0 });
    expect(bench.refs(join(srv, 'site.git'))).toEqual({});
    expect(backupsSchema.parse(await bench.json('mirror', 'backups', 'tidepool', 'site'))).toEqual([expect.objectContaining({ commit: tip })]);
    expect(await bench.run('mirror', 'approve', 'tidepool', 'site')).toMatchObject({ code: 1 });
  });

  it('refuse pushes, and take them again once they are no longer kept', async () => {
    await tidepool();
    await addMirror();
    await bench.run('mirror', 'run', 'tidepool');
    const push = (): string => bench.git(join(srv, 'lib-a.git'), 'push', '-q', join(srv, 'lib-b.git'), 'main:refs/heads/mine');
    expect(push).toThrow();
    const kept = readFileSync(join(bench.home, 'settings.json'), 'utf8');
    expect(kept).not.toContain(forge.token);
    expect(await bench.run('mirror', 'remove', 'tidepool')).toMatchObject({ code: 0 });
    push();
    expect(bench.refs(join(srv, 'lib-b.git'))).toHaveProperty('refs/heads/mine');
  });

  it('go on after the program was started anew', async () => {
    await tidepool();
    await addMirror();
    await bench.run('mirror', 'run', 'tidepool');
    await bench.stop();
    expect((await mirror()).state).toBe('in-sync');
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 4 });
    await bench.start();
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 0 });
  });
});

describe('targets', () => {
  it('at another account are made there, with what they are called and where they begin', async () => {
    await tidepool();
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
    await tidepool();
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

  it('in a folder that is not empty are refused', async () => {
    await tidepool();
    mkdirSync(join(srv, 'site.git'), { recursive: true });
    writeFileSync(join(srv, 'site.git', 'precious'), 'mine');
    await addMirror();
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 1 });
    expect(await repository('site')).toMatchObject({ problem: { code: 'target-taken' } });
    expect(await repository('lib-a')).toMatchObject({ state: 'in-sync' });
    expect(readdirSync(join(srv, 'site.git'))).toEqual(['precious']);
  });
});

describe('bad input', () => {
  it('a wrong token is refused before anything is kept', async () => {
    forge = await bench.fake('gitea');
    const refused = await bench.addAccount(forge, 'work', 'wrong-token');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/refused the token/) as string });
    expect(await bench.json('account', 'list')).toEqual([]);
  });

  it('a token that stops working is said, and nothing is lost', async () => {
    await tidepool();
    await addMirror();
    await bench.run('mirror', 'run', 'tidepool');
    const before = bench.refs(join(srv, 'lib-a.git'));
    forge.token = 'another-token';
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 1 });
    expect((await mirror()).problem?.code).toBe('auth-failed');
    expect(await bench.addAccount(forge)).toMatchObject({ code: 0 });
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 0 });
    expect(bench.refs(join(srv, 'lib-a.git'))).toEqual(before);
  });

  it.each([
    ['a page instead of JSON', { as: 'page' as const }, 'remote-damaged'],
    ['an answer that breaks off', { as: 'cut' as const }, 'offline'],
    ['JSON that ends too early', { as: 'broken' as const }, 'remote-damaged'],
    ['a server that is broken', { as: 'status' as const, status: 503 }, 'listing-failed'],
  ])('%s is told apart, and nothing is concluded from it', async (_name, fault, code) => {
    await tidepool();
    await addMirror();
    await bench.run('mirror', 'run', 'tidepool');
    forge.faults.add(/^GET .*repos/, fault);
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 1 });
    const { problem, repos } = await mirror();
    expect(problem?.code).toBe(code);
    expect(repos.map(({ state }) => state)).toEqual(['in-sync', 'in-sync', 'in-sync']);
  });

  it('half a listing leaves everything as it was', async () => {
    forge = await bench.fake('gitea', { pageCap: 2 });
    for (const name of ['a', 'b', 'c', 'd', 'e']) forge.add('tidepool', name);
    await bench.addAccount(forge);
    await addMirror();
    await bench.run('mirror', 'run', 'tidepool');
    forge.faults.add(/^GET .*repos.*page=2/, { as: 'cut' });
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 1 });
    const { problem, repos } = await mirror();
    expect([problem?.code, repos.length]).toEqual(['listing-failed', 5]);
    expect(new Set(repos.map(({ state }) => state))).toEqual(new Set(['in-sync']));
  });

  it('an owner that nobody knows, a host that is not there', async () => {
    await tidepool();
    await bench.run('mirror', 'add', '--account', 'work', '--owner', 'nobody', '--to', srv, '--how', 'none');
    expect(await bench.run('mirror', 'run', 'nobody')).toMatchObject({ code: 1 });
    expect((await mirror()).problem?.code).toBe('owner-gone');
    await bench.run('mirror', 'remove', 'nobody');
    await addMirror();
    await forge.close();
    bench.fakes.pop();
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 1 });
    expect((await mirror()).problem?.code).toBe('offline');
  });

  it('names of devices, and names that hide', async () => {
    forge = await bench.fake('gitea');
    forge.add('tidepool', 'CON');
    forge.add('tidepool', '.github');
    await bench.addAccount(forge);
    await addMirror();
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 0 });
    expect(readdirSync(srv).sort()).toEqual(['.lockstep-mirrors', 'CON~.git', '~.github.git']);
  });

  it.each([
    [['mirror', 'add', '--account', 'work', '--owner', 'x', '--to', 'srv', '--match', '('], 2],
    [['mirror', 'add', '--account', 'nobody', '--owner', 'x', '--to', 'srv'], 5],
    [['mirror', 'add', '--to', 'srv'], 2],
    [['mirror', 'add', '--url', 'x'], 2],
    [['mirror', 'add', '--url', 'ext::sh -c date', '--to', 'srv'], 2],
    [['mirror', 'add', '--url', '/x', '--to', 'srv', '--every', 'often'], 2],
    [['mirror', 'run', 'nothing'], 5],
    [['mirror', 'run'], 2],
    [['mirror', 'set', 'nothing', 'every=60'], 5],
    [['account', 'add', 'x', '--forge', 'svn', '--token-stdin'], 2],
    [['account', 'remove', 'nobody'], 5],
    [['webhook'], 2],
  ])('%j exits %i', async (args, code) => {
    expect(await bench.run(...args)).toMatchObject({ code });
  });
});
