import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FORGES, type ForgeKind } from '../../../../shared/mirror.ts';
import { LockstepError } from '../../errors.ts';
import { freePort } from '../../testing/free-port.ts';
import type { FakeFault } from '../../testing/forges/fake-faults.ts';
import type { FakeForge } from '../../testing/forges/fake-forge.ts';
import { ForgeBench, never, whole } from '../../testing/forges/forge-bench.ts';
import type { Forge } from './forge.ts';

let bench: ForgeBench;
beforeEach(() => void (bench = new ForgeBench()));
afterEach(() => bench.close());

/** The request for a page of the list; `second` the one that follows the first. */
const PAGES: Record<ForgeKind, { readonly any: RegExp; readonly second: RegExp }> = {
  github: { any: /\/repos\?/, second: /\/repos\?.*page=2/ },
  gitea: { any: /\/repos\?/, second: /\/repos\?.*[?&]page=2/ },
  gitlab: { any: /\/projects\?/, second: /\/projects\?.*[?&]page=2/ },
  bitbucket: { any: /\/repositories\/tidepool\?/, second: /\/repositories\/tidepool\?.*[?&]page=2/ },
  'bitbucket-server': { any: /\/repos\?/, second: /\/repos\?.*start=1/ },
};

const problem = async (work: Promise<unknown>): Promise<LockstepError> => {
  const error = await work.then(
    () => new Error('nothing was wrong'),
    (reason: unknown) => reason,
  );
  if (error instanceof LockstepError) return error;
  throw error;
};

describe.each(FORGES)('%s', (kind) => {
  let fake: FakeForge;
  let forge: Forge;
  beforeEach(async () => {
    fake = await bench.fake(kind, { pageCap: 5 });
    forge = bench.client(fake);
    for (let index = 0; index < 12; index += 1) fake.add('tidepool', `part-${index}`, { commits: 0 });
  });
  const listing = (): Promise<unknown> => whole(forge.list('tidepool', never()));

  it.each<[string, FakeFault, string]>([
    ['a right that the token has not', { as: 'status', status: 403, body: { message: 'Resource not accessible by this token', errors: [{ message: 'Resource not accessible by this token' }] } }, 'not-allowed'],
    ['an API that was taken away', { as: 'status', status: 410, body: { message: 'This API was removed (CHANGE-2770)' } }, 'not-allowed'],
    ['a page where JSON should be', { as: 'page' }, 'remote-damaged'],
    ['JSON that ends too early', { as: 'broken' }, 'remote-damaged'],
    ['JSON of another shape', { as: 'other', body: [{ name: 'half' }] }, 'remote-damaged'],
    ['an address elsewhere', { as: 'status', status: 301, headers: { location: 'https://forge.invalid/api' } }, 'remote-damaged'],
    ['a server in trouble', { as: 'status', status: 500, body: { message: 'Oops' } }, 'listing-failed'],
  ])('tells %s at the beginning of a list', async (_, fault, code) => {
    fake.faults.add(PAGES[kind].any, fault);
    expect((await problem(listing())).code).toBe(code);
  });

  it('gives the forge\'s own words for what it does not allow', async () => {
    const words = 'Your credentials lack one or more required scopes';
    const body = { bitbucket: { error: { message: words } }, 'bitbucket-server': { errors: [{ message: words }] }, gitlab: { error: words }, github: { message: words }, gitea: { message: words } }[kind];
    fake.faults.add(PAGES[kind].any, { as: 'status', status: 403, body });
    expect((await problem(listing())).params).toMatchObject({ detail: words, account: 'work', server: forge.server });
  });

  it.each<[string, FakeFault]>([
    ['a page where JSON should be', { as: 'page' }],
    ['JSON that ends too early', { as: 'broken' }],
    ['a server in trouble', { as: 'status', status: 500 }],
    ['nothing any more', { as: 'status', status: 404 }],
    ['a connection that breaks off', { as: 'cut' }],
  ])('takes half a list for none: on its second page, %s', async (_, fault) => {
    fake.faults.add(PAGES[kind].second, fault);
    expect(await problem(listing())).toMatchObject({ code: 'listing-failed', params: { server: forge.server, detail: expect.any(String) as string } });
  });

  it('asks again when a gateway failed', async () => {
    fake.faults.add(PAGES[kind].any, { as: 'status', status: 502 }, 1);
    expect(await listing()).toHaveLength(12);
  }, 20_000);

  it('says that there is no such owner', async () => {
    expect(await problem(whole(forge.list('nobody', never())))).toMatchObject({ code: 'owner-gone', params: { owner: 'nobody', server: forge.server } });
    expect(await problem(forge.create('nobody', { name: 'x', description: '', private: true }, never()))).toMatchObject({ code: 'owner-gone' });
  });

  it('waits for a short limit', async () => {
    fake.faults.add(PAGES[kind].any, { as: 'status', status: 429, headers: { 'retry-after': '5' }, body: { message: 'slow down' } }, 1);
    expect(await listing()).toHaveLength(12);
  });

  it('tells of a long limit, and does not ask before its end', async () => {
    fake.faults.add(PAGES[kind].any, { as: 'status', status: 429, headers: { 'retry-after': '3600' } }, 1);
    const { code, params } = await problem(listing());
    const waitMs = Date.parse(String(params['until'])) - Date.now();
    expect([code, waitMs > 3_500_000 && waitMs <= 3_600_000]).toEqual(['rate-limited', true]);
    const asked = fake.heard.length;
    expect((await problem(forge.check(never()))).code).toBe('rate-limited');
    expect(fake.heard).toHaveLength(asked);
  });

  it('ends with its signal', async () => {
    fake.faults.add(PAGES[kind].second, { as: 'silent' });
    const ending = new AbortController();
    const reading = whole(forge.list('tidepool', ending.signal));
    reading.catch(() => undefined);
    while (!fake.heard.some(({ path }) => PAGES[kind].second.test(path))) await new Promise((resolve) => setImmediate(resolve));
    ending.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
  });

  it('cannot be reached', async () => {
    const away = bench.client(fake, { api: `http://127.0.0.1:${await freePort()}` });
    expect(await problem(away.check(never()))).toMatchObject({ code: 'offline', params: { server: away.server } });
    expect((await problem(whole(away.list('tidepool', never())))).code).toBe('offline');
  });

  it('says that there is no API where it was looked for', async () => {
    // Some tokens of Bitbucket's cloud are told so when they ask whose they are.
    if (kind === 'bitbucket') return;
    fake.faults.add(/./, { as: 'status', status: 404 });
    expect(await problem(forge.check(never()))).toMatchObject({ code: 'remote-damaged', params: { detail: `no API is at ${fake.api}` } });
  });

  it('shows no token in anything that goes wrong', async () => {
    fake.faults.add(PAGES[kind].any, { as: 'status', status: 403, body: { message: `bad ${fake.token}`, errors: [{ message: `bad ${fake.token}` }] } });
    const error = await problem(listing());
    expect(JSON.stringify({ ...error, message: error.message })).not.toContain(fake.token);
    expect(JSON.stringify(bench.redactor.fields({ lines: bench.log.lines, heard: fake.heard.map(({ path }) => path) }))).not.toContain(fake.token);
  });
});

describe('GitHub', () => {
  it.each([
    ['a spent counter', { 'x-ratelimit-remaining': '0' }, 'API rate limit exceeded for user', 1_800_000],
    ['a secondary limit', { 'retry-after': '120' }, 'You have exceeded a secondary rate limit', 120_000],
    ['a secondary limit without a time', {}, 'You have exceeded a secondary rate limit', 60_000],
  ])('%s is a limit, though it says 403', async (_, headers, message, waitMs) => {
    const fake = await bench.fake('github');
    const reset = String(Math.floor(Date.now() / 1000) + 1_800);
    fake.faults.add(/./, { as: 'status', status: 403, headers: { ...(headers as Record<string, string>), 'x-ratelimit-reset': reset }, body: { message } });
    const { code, params } = await problem(bench.client(fake).find('a', 'b', never()));
    expect(code).toBe('rate-limited');
    expect(Math.abs(Date.parse(String(params['until'])) - Date.now() - waitMs)).toBeLessThan(10_000);
  });

  it('counts nothing for pages that did not change', async () => {
    const fake = await bench.fake('github', { pageCap: 5 });
    const forge = bench.client(fake);
    for (let index = 0; index < 12; index += 1) fake.add('tidepool', `part-${index}`, { commits: 0 });
    const first = await whole(forge.list('tidepool', never()));
    fake.heard.length = 0;
    expect(await whole(forge.list('tidepool', never()))).toEqual(first);
    expect(fake.heard.filter(({ path }) => path.includes('/repos?')).map(({ status }) => status)).toEqual([304, 304, 304]);
    fake.add('tidepool', 'part-12', { commits: 0 });
    expect(await whole(forge.list('tidepool', never()))).toHaveLength(13);
  });
});

describe('a list', () => {
  it('that sends us to another host for its next page gets no token there', async () => {
    const [fake, other] = [await bench.fake('github', { pageCap: 2 }), await bench.fake('github')];
    for (let index = 0; index < 4; index += 1) fake.add('tidepool', `part-${index}`, { commits: 0 });
    fake.faults.add(/\/repos\?/, { as: 'status', status: 200, headers: { link: `<${other.api}/orgs/tidepool/repos?page=2>; rel="next"` }, body: [] });
    expect((await problem(whole(bench.client(fake).list('tidepool', never())))).code).toBe('listing-failed');
    expect(other.heard).toEqual([]);
  });

  it('that goes round in circles ends', async () => {
    const fake = await bench.fake('bitbucket');
    fake.state.addOwner('tidepool', true);
    const body = { values: [], next: `${fake.api}/repositories/tidepool?pagelen=100&page=7` };
    fake.faults.add(/\/repositories\//, { as: 'status', status: 200, body });
    expect((await problem(whole(bench.client(fake).list('tidepool', never())))).code).toBe('listing-failed');
  });

  it('of which one was moved to a later page while it was read shows it once', async () => {
    const fake = await bench.fake('gitea', { pageCap: 2 });
    for (const name of ['a', 'b', 'c']) fake.add('tidepool', name, { commits: 0 });
    const names: string[] = [];
    for await (const page of bench.client(fake).list('tidepool', never())) {
      names.push(...page.map(({ name }) => name));
      if (names.length === 2) fake.state.repositories.unshift(...fake.state.repositories.splice(2, 1));
    }
    expect(new Set(names).size).toBe(names.length);
  });
});
