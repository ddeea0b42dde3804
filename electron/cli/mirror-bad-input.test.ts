import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

describe('bad input', () => {
  it('a wrong token is refused before anything is kept', async () => {
    forge = await bench.fake('gitea');
    const refused = await bench.addAccount(forge, 'work', 'wrong-token');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/refused the token/) as string });
    expect(await bench.json('account', 'list')).toEqual([]);
  });

  it('a token that stops working is said, and nothing is lost', async () => {
    forge = await bench.tidepool();
    await bench.addMirror();
    await bench.run('mirror', 'run', 'tidepool');
    const before = bench.refs(join(srv, 'lib-a.git'));
    forge.token = 'another-token';
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 1 });
    expect((await bench.mirror()).problem?.code).toBe('auth-failed');
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
    forge = await bench.tidepool();
    await bench.addMirror();
    await bench.run('mirror', 'run', 'tidepool');
    forge.faults.add(/^GET .*repos/, fault);
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 1 });
    const { problem, repos } = await bench.mirror();
    expect(problem?.code).toBe(code);
    expect(repos.map(({ state }) => state)).toEqual(['in-sync', 'in-sync', 'in-sync']);
  });

  it('half a listing leaves everything as it was', async () => {
    forge = await bench.fake('gitea', { pageCap: 2 });
    for (const name of ['a', 'b', 'c', 'd', 'e']) forge.add('tidepool', name);
    await bench.addAccount(forge);
    await bench.addMirror();
    await bench.run('mirror', 'run', 'tidepool');
    forge.faults.add(/^GET .*repos.*page=2/, { as: 'cut' });
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 1 });
    const { problem, repos } = await bench.mirror();
    expect([problem?.code, repos.length]).toEqual(['listing-failed', 5]);
    expect(new Set(repos.map(({ state }) => state))).toEqual(new Set(['in-sync']));
  });

  it('an owner that nobody knows, a host that is not there', async () => {
    forge = await bench.tidepool();
    await bench.run('mirror', 'add', '--account', 'work', '--owner', 'nobody', '--to', srv, '--how', 'none');
    expect(await bench.run('mirror', 'run', 'nobody')).toMatchObject({ code: 1 });
    expect((await bench.mirror()).problem?.code).toBe('owner-gone');
    await bench.run('mirror', 'remove', 'nobody');
    await bench.addMirror();
    await forge.close();
    bench.fakes.pop();
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 1 });
    expect((await bench.mirror()).problem?.code).toBe('offline');
  });

  it('names of devices, and names that hide', async () => {
    forge = await bench.fake('gitea');
    forge.add('tidepool', 'CON');
    forge.add('tidepool', '.github');
    await bench.addAccount(forge);
    await bench.addMirror();
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
    [['mirror', 'add', '--url', '/x', '--to', '/'], 2],
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
