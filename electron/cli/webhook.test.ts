import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FORGES } from '../../shared/mirror.ts';
import { freePort } from '../engine/testing/free-port.ts';
import { pushDelivery } from '../engine/testing/forges/fake-delivery.ts';
import type { FakeForge } from '../engine/testing/forges/fake-forge.ts';
import { MirrorBench } from './testing/mirror-bench.ts';

let bench: MirrorBench;
let hooks: string;

beforeEach(async () => {
  bench = new MirrorBench();
  await bench.start();
  const port = await freePort();
  hooks = `http://127.0.0.1:${port}/hooks`;
  expect(await bench.run('webhook', '--listen', `127.0.0.1:${port}`, '--public-url', hooks)).toMatchObject({ code: 0 });
});
afterEach(() => bench.close());

const mirrorSchema = z.object({ repos: z.array(z.object({ name: z.string(), path: z.string() })), lastHook: z.object({ verdict: z.string() }).nullable() });
const mirror = async (): Promise<z.infer<typeof mirrorSchema>> => {
  const [first] = z.array(mirrorSchema).parse(await bench.json('mirror', 'list'));
  if (!first) throw new Error('there is no mirror');
  return first;
};

/** A mirror of an organisation with one repository, which was run. */
async function mirrored(kind: FakeForge['kind']): Promise<FakeForge> {
  const forge = await bench.fake(kind);
  forge.add('tidepool', 'lib-storage');
  expect(await bench.addAccount(forge)).toMatchObject({ code: 0 });
  expect(await bench.run('mirror', 'add', '--account', 'work', '--owner', 'tidepool', '--to', join(bench.directory, 'srv'), '--how', 'hook', '--name', 'pool')).toMatchObject({ code: 0 });
  expect(await bench.run('mirror', 'run', 'pool')).toMatchObject({ code: 0 });
  return forge;
}

const allHooks = (forge: FakeForge) => [...forge.hooks('tidepool'), ...forge.hooks('tidepool/lib-storage')];

describe.each(FORGES)('%s', (kind) => {
  it('gets one hook, and what it rings about is there soon', async () => {
    const forge = await mirrored(kind);
    expect(allHooks(forge)).toMatchObject([{ url: hooks, active: true, secret: expect.stringMatching(/.{32}/) as string }]);
    const moved = forge.commit('tidepool/lib-storage');
    expect(await forge.ring('tidepool/lib-storage')).toEqual([202]);
    const path = (await mirror()).repos[0]?.path ?? '';
    while (bench.refs(path)['refs/heads/main'] !== moved) await mirror();
    expect((await mirror()).lastHook?.verdict).toBe('right');
  });
});

describe('a webhook', () => {
  it('with another secret is renewed at the forge, and not doubled', async () => {
    const forge = await mirrored('gitea');
    const [before] = allHooks(forge).map(({ secret }) => secret);
    const { port } = new URL(hooks);
    expect(await bench.run('webhook', '--listen', `127.0.0.1:${port}`, '--public-url', hooks, '--new-secret')).toMatchObject({ code: 0 });
    // Until the forge is told, what it signs with the former secret counts.
    expect(await forge.ring('tidepool/lib-storage')).toEqual([202]);
    expect(await bench.run('mirror', 'run', 'pool')).toMatchObject({ code: 0 });
    expect(allHooks(forge)).toHaveLength(1);
    expect(allHooks(forge)[0]?.secret).not.toBe(before);
    expect(await forge.ring('tidepool/lib-storage')).toEqual([202]);
  });

  it('goes from the forge with the mirror', async () => {
    const forge = await mirrored('github');
    expect(await bench.run('mirror', 'remove', 'pool')).toMatchObject({ code: 0 });
    expect(allHooks(forge)).toEqual([]);
  });

  it('that is signed by another is refused, and shown', async () => {
    const forge = await mirrored('github');
    const repository = forge.state.find('tidepool/lib-storage');
    if (!repository) throw new Error('there is no repository');
    const { headers, body } = pushDelivery('github', repository, forge.state.origin, 'canary-of-another');
    expect((await fetch(hooks, { method: 'POST', headers, body })).status).toBe(401);
    expect((await mirror()).lastHook?.verdict).toBe('wrong-signature');
  });

  it('is heard no more when it is off', async () => {
    expect((await fetch(new URL('/healthz', hooks))).status).toBe(200);
    expect(await bench.run('webhook', 'off')).toMatchObject({ code: 0 });
    await expect(fetch(new URL('/healthz', hooks))).rejects.toThrow();
  });

  it('listens again after a restart, and says when another has its port', async () => {
    await bench.stop();
    await bench.start();
    expect((await fetch(new URL('/healthz', hooks))).status).toBe(200);
    const forge = await bench.fake('gitea');
    const { port } = new URL(forge.api);
    const taken = await bench.run('webhook', '--listen', `127.0.0.1:${port}`);
    expect(taken.code).toBe(1);
    expect(taken.stderr).toContain(port);
    expect((await fetch(new URL('/healthz', hooks))).status).toBe(200);
  });
});
