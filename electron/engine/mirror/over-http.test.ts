import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ports, ProcessRequest } from '../ports.ts';
import { FakeForge } from '../testing/forges/fake-forge.ts';
import { MemoryLog } from '../testing/memory-log.ts';
import { MirrorPair } from '../testing/mirror-pair.ts';
import type { Endpoint, RepositoryPair } from './repository-pair.ts';

const signal = new AbortController().signal;
const [SOURCE_TOKEN, TARGET_TOKEN] = ['canary-source-token', 'canary-target-token'];
let pair: MirrorPair;
let forge: FakeForge;
let other: FakeForge;
let there: Partial<RepositoryPair>;
let started: ProcessRequest[];
let path: string | undefined;

beforeEach(async () => {
  started = [];
  pair = await MirrorPair.open(watching);
  const open = (name: string, token: string): Promise<FakeForge> => FakeForge.open({ kind: 'gitea', directory: pair.repos.path(name), env: pair.ada.env, token });
  [forge, other] = [await open('forge', SOURCE_TOKEN), await open('other', TARGET_TOKEN)];
  forge.add('tidepool', 'lib', { commits: 2 });
  other.add('copies', 'lib', { commits: 0 });
  there = { isLocalMirror: false, source: at(forge, 'tidepool/lib'), target: at(other, 'copies/lib') };
});
afterEach(async () => {
  path = undefined;
  await forge.close();
  await other.close();
  await pair.dispose();
});

/** Notes what is started, and lets it find other programs. */
const watching = (ports: Ports): Ports => ({
  ...ports,
  processes: {
    ...ports.processes,
    start: (request) => {
      started.push(request);
      return ports.processes.start(path === undefined ? request : { ...request, env: { ...request.env, PATH: path } });
    },
  },
});
const at = (where: FakeForge, name: string, password = where.token): Endpoint => ({ url: where.cloneUrl(name), credential: { username: 'robin', password } });
const leaks = (text: string): string[] => [SOURCE_TOKEN, TARGET_TOKEN, ...[SOURCE_TOKEN, TARGET_TOKEN].map((token) => Buffer.from(`robin:${token}`).toString('base64'))].filter((token) => text.includes(token));

describe('between two forges', () => {
  it('carries what moves, and shows nobody the tokens', async () => {
    expect(await pair.run(there)).toMatchObject({ state: 'in-sync', problem: null });
    forge.commit('tidepool/lib', { branch: 'next' });
    forge.commit('tidepool/lib');
    expect(await pair.run(there)).toMatchObject({ state: 'in-sync', problem: null });
    expect(other.refs('copies/lib')).toEqual(forge.refs('tidepool/lib'));
    expect(leaks(JSON.stringify(started.map(({ args, env }) => [args, env])))).toEqual([]);
    expect(started.filter(({ secret }) => secret?.includes(SOURCE_TOKEN)).length).toBeGreaterThan(0);
    const files = readdirSync(pair.repos.path('mirrors'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const file of files) expect(leaks(readFileSync(join(file.parentPath, file.name), 'latin1')), file.name).toEqual([]);
    const { log } = pair.ada.ports;
    expect(log instanceof MemoryLog && leaks(JSON.stringify(log.lines))).toEqual([]);
  });

  it('starts no process where nothing moved, also after a restart', async () => {
    await pair.run(there);
    const { seen } = await pair.run(there);
    started.length = 0;
    const again = await pair.mirror(there, seen).run({ approved: null }, signal);
    expect(again).toMatchObject({ state: 'in-sync', refs: 1, defaultBranch: 'main', moved: [], seen });
    expect(started.map(({ args }) => args[0])).toEqual([]);
    forge.commit('tidepool/lib');
    expect(await pair.mirror(there, seen).run({ approved: null }, signal)).toMatchObject({ moved: [{ action: 'fast-forward' }] });
    expect(other.refs('copies/lib')).toEqual(forge.refs('tidepool/lib'));
  });

  it('looks closely again when somebody touched the store', async () => {
    const local = { source: at(forge, 'tidepool/lib') };
    const { seen } = await pair.run(local);
    expect(seen).not.toBeNull();
    await pair.ada.git(pair.store, '--git-dir=.', 'update-ref', '-d', 'refs/heads/main');
    expect(await pair.mirror(local, seen).run({ approved: null }, signal)).toMatchObject({ moved: [{ ref: 'refs/heads/main', action: 'create' }] });
    expect(await pair.refsOf(pair.store)).toMatchObject({ 'heads/main': forge.refs('tidepool/lib')['refs/heads/main'] });
  });
});

describe('a server that does not want to', () => {
  it('is told apart by what it says, and by side', async () => {
    const wrong = (where: FakeForge, name: string): Endpoint => at(where, name, 'wrong');
    expect(await pair.run({ ...there, source: wrong(forge, 'tidepool/lib') })).toMatchObject({ state: 'unavailable', problem: { code: 'auth-failed', action: 'renew-token', params: { server: '127.0.0.1' } } });
    expect(await pair.run({ ...there, target: wrong(other, 'copies/lib') })).toMatchObject({ state: 'unavailable', problem: { code: 'auth-failed' } });
    expect(await pair.run({ ...there, source: { ...at(forge, 'tidepool/lib'), url: forge.cloneUrl('tidepool/lib').replace('lib', 'nothing') } })).toMatchObject({ problem: { code: 'remote-gone' } });
    const { url } = at(forge, 'tidepool/lib');
    await forge.close();
    expect(await pair.run({ ...there, source: { url, credential: null } })).toMatchObject({ state: 'unavailable', problem: { code: 'offline' } });
    forge = await FakeForge.open({ kind: 'gitea', directory: pair.repos.path('forge-2'), env: pair.ada.env });
  });

  it('is given up on when the person calls it off', async () => {
    forge.git.behaviour = { as: 'silent' };
    const calling = new AbortController();
    const run = pair.mirror(there).run({ approved: null }, calling.signal);
    await expect.poll(() => forge.heard.length, { timeout: 20_000 }).toBeGreaterThan(0);
    calling.abort();
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    expect(existsSync(pair.store)).toBe(false);
  });
});

describe('large files', () => {
  beforeEach(() => forge.commit('tidepool/lib', { files: { '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n', 'a.bin': 'version https://git-lfs.github.com/spec/v1\n' } }));

  /** A `git lfs` that tells what it was asked, and what its git knows of the credential. */
  function withLfs(script: string): void {
    const bin = pair.repos.path('bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'git-lfs'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, 'git-lfs'), 0o755);
    path = `${bin}:${pair.ada.env['PATH'] ?? ''}`;
  }

  it('are said to be missing where they are not asked for, or cannot be had', async () => {
    expect(await pair.run(there)).toMatchObject({ state: 'in-sync', problem: { code: 'lfs-missing', params: { detail: 'copying them is switched off' } } });
    withLfs(`echo "git: 'lfs' is not a git command. See 'git --help'." >&2; exit 1`);
    expect(await pair.run({ ...there, options: { ...pair.pair().options, lfs: true } })).toMatchObject({ state: 'in-sync', problem: { code: 'lfs-missing', params: { detail: 'git-lfs is not installed' } } });
  });

  it('come before the refs, from the server itself, with its token', async () => {
    const told = pair.repos.path('told');
    withLfs(`echo "$1 $2 $3 $(git config lfs.url) $(printf 'protocol=http\\nhost=%s\\n\\n' "$(git config lfs.url | cut -d/ -f3)" | git credential fill | grep password) refs $(git ls-remote "${other.bare('copies/lib')}" | wc -l)" >> ${told}`);
    expect(await pair.run({ ...there, options: { ...pair.pair().options, lfs: true } })).toMatchObject({ state: 'in-sync', problem: null });
    const [from, to] = [forge.cloneUrl('tidepool/lib'), other.cloneUrl('copies/lib')];
    expect(readFileSync(told, 'utf8').trim().split('\n')).toEqual([`fetch --all ${from} ${from}/info/lfs password=${SOURCE_TOKEN} refs 0`, `push --all ${to} ${to}/info/lfs password=${TARGET_TOKEN} refs 0`]);
  });
});
