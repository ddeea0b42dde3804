import { request as ask } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FORGES, type ForgeKind } from '../../../shared/mirror.ts';
import { Redactor } from '../log/redact.ts';
import { nodeHttp } from '../ports/node-http.ts';
import { pushDelivery, type FakeDelivery } from '../testing/forges/fake-delivery.ts';
import type { FakeRepository } from '../testing/forges/fake-state.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { MemoryLog } from '../testing/memory-log.ts';
import { Deliveries, type Delivered } from './deliveries.ts';
import { openReceiver, type Receiver } from './receiver.ts';

const SECRET = 'canary-hook-secret';
const repository: FakeRepository = { id: 7, owner: 'tidepool', slug: 'lib-storage', title: 'lib-storage', description: '', private: false, archived: false, fork: false, defaultBranch: 'main', kib: 1 };
const http = nodeHttp({}, new Redactor());

let receiver: Receiver;
let heard: Delivered[];
let secrets: string[];
let clock: FakeClock;
beforeEach(async () => {
  [heard, secrets, clock] = [[], [SECRET], new FakeClock()];
  const deliveries = new Deliveries({ clock, secrets: async () => secrets, delivered: (delivery) => heard.push(delivery) > 0 && delivery.fullName === 'tidepool/lib-storage' });
  const routes = { '/hooks': (request: Parameters<Deliveries['answer']>[0]) => deliveries.answer(request) };
  receiver = await openReceiver({ http, log: new MemoryLog(), routes, hosts: ['hooks.example'] }, { host: '127.0.0.1', port: 0 });
});
afterEach(() => receiver.close());

const at = (path: string): string => `http://127.0.0.1:${receiver.port}${path}`;
const made = (kind: ForgeKind, id = 'delivery-1', secret = SECRET, of = repository): FakeDelivery => pushDelivery(kind, of, 'https://forge.example', secret, id);
const post = async ({ headers, body }: FakeDelivery, path = '/hooks'): Promise<number> => (await fetch(at(path), { method: 'POST', headers, body })).status;
const verdicts = (): string[] => heard.map(({ verdict }) => verdict);

describe.each(FORGES)('a delivery of %s', (kind) => {
  it('is taken', async () => {
    expect(await post(made(kind))).toBe(202);
    expect(heard).toMatchObject([{ forge: kind, fullName: 'tidepool/lib-storage', host: 'forge.example', verdict: 'right' }]);
  });

  it('is taken once', async () => {
    expect([await post(made(kind)), await post(made(kind)), await post(made(kind, 'delivery-2'))]).toEqual([202, 202, 202]);
    expect(verdicts()).toEqual(['right', 'repeated', 'right']);
  });

  it('is not taken unsigned, or signed by another', async () => {
    expect(await post(made(kind, '1', ''))).toBe(401);
    await clock.advance(10_000);
    expect(await post(made(kind, '1', 'canary-of-another'))).toBe(401);
    expect(verdicts()).toEqual(['no-signature', 'wrong-signature']);
    // What was refused is no delivery that was seen.
    expect(await post(made(kind, '1'))).toBe(202);
  });

  it('is not taken when it is of another repository', async () => {
    expect(await post(made(kind, '1', SECRET, { ...repository, slug: 'other' }))).toBe(404);
  });
});

describe('the receiver', () => {
  it('takes what the former secret signed as long as it counts', async () => {
    secrets = ['canary-new-secret', SECRET];
    expect(await post(made('github', '1'))).toBe(202);
    secrets = ['canary-new-secret'];
    expect(await post(made('github', '2'))).toBe(401);
  });

  it('tells no more often of what is not signed than anybody could bear', async () => {
    for (let count = 0; count < 20; count += 1) await post(made('github', String(count), ''));
    expect(heard).toHaveLength(1);
  });

  it('says what it cannot understand', async () => {
    expect(await post({ headers: {}, body: '{}' })).toBe(400);
    const broken = made('gitlab');
    expect(await post({ ...broken, body: '{"project": ' })).toBe(400);
    expect(heard).toEqual([]);
  });

  it('says that it is well, and that there is nothing else', async () => {
    expect((await fetch(at('/healthz'))).status).toBe(200);
    expect([(await fetch(at('/'))).status, await post(made('github'), '/other'), (await fetch(at('/hooks'))).status, await post(made('github'), '/hooks/'), await post(made('github', '2'), '/hooks?from=forge')]).toEqual([404, 404, 405, 202, 202]);
  });

  const withHost = (host: string, more: Record<string, string> = {}): Promise<number> => {
    const { headers, body } = made('github', host);
    return new Promise((resolve) => {
      ask(at('/hooks'), { method: 'POST', headers: { ...headers, ...more, host } }, (answer) => resolve(answer.resume().statusCode ?? 0)).end(body);
    });
  };

  it('knows itself by its own names only', async () => {
    const names = ['127.0.0.1:8080', 'localhost', '[::1]:80', 'hooks.example', 'HOOKS.example:443', 'evil.example', 'hooks.example.evil.example', '127.0.0.1.evil.example', 'a:b:c'];
    expect(await Promise.all(names.map((name) => withHost(name)))).toEqual([202, 202, 202, 202, 202, 421, 421, 421, 421]);
  });

  it('is not for browsers', async () => {
    expect(await withHost('localhost', { origin: 'https://evil.example' })).toBe(403);
  });

  it('takes nothing that is too long, said or not', async () => {
    const long = 'x'.repeat(1_000_000);
    const said = await new Promise<number>((resolve) => {
      ask(at('/hooks'), { method: 'POST', headers: { 'content-length': '25000001' } }, (answer) => resolve(answer.statusCode ?? 0))
        .on('error', () => resolve(-1))
        .flushHeaders();
    });
    const unsaid = await new Promise<number>((resolve) => {
      const sending = ask(at('/hooks'), { method: 'POST' }, (answer) => resolve(answer.statusCode ?? 0)).on('error', () => resolve(-1));
      const send = (left: number): void => void (left > 0 && !sending.destroyed && sending.write(long, () => send(left - 1)));
      send(40);
    });
    expect([said, unsaid]).toEqual([413, 413]);
  });

  it('ends with those who are connected to it', async () => {
    const socket = connect({ host: '127.0.0.1', port: receiver.port });
    await new Promise((resolve) => socket.once('connect', resolve));
    const ended = new Promise((resolve) => socket.once('close', resolve));
    await receiver.close();
    await ended;
  });

  it('says when another has its port, or the address is not one of ours', async () => {
    const options = { http, log: new MemoryLog(), routes: {}, hosts: [] };
    await expect(openReceiver(options, { host: '127.0.0.1', port: receiver.port })).rejects.toMatchObject({ code: 'port-taken', params: { port: receiver.port } });
    await expect(openReceiver(options, { host: '192.0.2.1', port: 0 })).rejects.toMatchObject({ code: 'address-refused' });
  });
});
