import { createHmac } from 'node:crypto';
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

describe('webhooks', () => {
  const listening = z.object({ url: z.string(), secret: z.string() });
  const listen = async () => listening.parse(await bench.json('webhook', '--listen', '127.0.0.1:0', '--public-url', 'https://desk.example', '--new-secret'));

  const ring = async (url: string, secret: string, name: string, delivery: string): Promise<number> => {
    const body = JSON.stringify({ ref: 'refs/heads/main', repository: { id: 1, full_name: name } });
    const headers = { 'content-type': 'application/json', 'x-gitea-event': 'push', 'x-gitea-delivery': delivery, 'x-gitea-signature': createHmac('sha256', secret).update(body).digest('hex') };
    return (await fetch(url, { method: 'POST', body, headers })).status;
  };

  it('are installed once, make the mirror look, are renewed with their secret, and go with it', async () => {
    forge = await bench.tidepool();
    const { url, secret } = await listen();
    await bench.run('mirror', 'add', '--account', 'work', '--owner', 'tidepool', '--to', srv, '--how', 'hook');
    await bench.run('mirror', 'run', 'tidepool');
    await bench.run('mirror', 'run', 'tidepool');
    expect(forge.hooks('tidepool').map((hook) => [hook.url, hook.secret])).toEqual([['https://desk.example/hooks', secret]]);

    const moved = forge.commit('tidepool/site');
    expect(await ring(url, secret, 'tidepool/site', 'one')).toBe(202);
    await expect.poll(() => bench.refs(join(srv, 'site.git'))['refs/heads/main'], { timeout: 10_000 }).toBe(moved);

    const unseen = forge.commit('tidepool/lib-a');
    expect(await ring(url, 'not the secret', 'tidepool/lib-a', 'two')).toBe(401);
    expect(await ring(url, secret, 'somebody/else', 'three')).toBe(404);
    await expect.poll(async () => (await bench.run('mirror', 'list', '--json')).stdout).toContain('"verdict":"wrong-signature"');
    expect(bench.refs(join(srv, 'lib-a.git'))['refs/heads/main']).not.toBe(unseen);

    const next = await listen();
    expect(next.secret).not.toBe(secret);
    expect(await ring(next.url, secret, 'tidepool/lib-a', 'four')).toBe(202);
    await expect.poll(() => bench.refs(join(srv, 'lib-a.git'))['refs/heads/main'], { timeout: 10_000 }).toBe(unseen);
    await bench.run('mirror', 'run', 'tidepool');
    expect(forge.hooks('tidepool').map((hook) => hook.secret)).toEqual([next.secret]);

    expect(await bench.run('mirror', 'remove', 'tidepool')).toMatchObject({ code: 0 });
    expect(forge.hooks('tidepool')).toEqual([]);
    expect(await bench.run('webhook', 'off')).toMatchObject({ code: 0 });
    await expect(fetch(next.url, { method: 'POST' })).rejects.toThrow();
  });

  it('that a forge does not take are said, and the mirror is in step all the same', async () => {
    forge = await bench.tidepool();
    await listen();
    forge.faults.add(/hooks/, { as: 'status', status: 403, body: { message: 'token lacks write:hook' } });
    await bench.run('mirror', 'add', '--account', 'work', '--owner', 'tidepool', '--to', srv, '--how', 'hook');
    expect(await bench.run('mirror', 'run', 'tidepool')).toMatchObject({ code: 0 });
    expect(await bench.mirror()).toMatchObject({ state: 'in-sync', problem: { code: 'hook-missing' } });
  });
});
