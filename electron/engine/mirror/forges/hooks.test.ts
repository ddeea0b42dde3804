import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FORGES } from '../../../../shared/mirror.ts';
import type { FakeForge } from '../../testing/forges/fake-forge.ts';
import { ForgeBench, never } from '../../testing/forges/forge-bench.ts';
import type { Forge, HookScope } from './forge.ts';

const URL_OURS = 'https://hooks.example/hooks';
const wanted = { url: URL_OURS, secret: 'canary-hook-1' };

let bench: ForgeBench;
beforeEach(() => void (bench = new ForgeBench()));
afterEach(() => bench.close());

describe.each(FORGES)('hooks of %s', (kind) => {
  let fake: FakeForge;
  let forge: Forge;
  let scope: HookScope;
  const there = () => fake.hooks('tidepool/lib-storage');
  beforeEach(async () => {
    fake = await bench.fake(kind, { pageCap: 2 });
    forge = bench.client(fake);
    fake.add('tidepool', 'lib-storage', { commits: 0 });
    scope = { owner: 'tidepool', repository: await forge.find('tidepool', 'lib-storage', never()) };
  });

  it('is made once, and renewed with its secret', async () => {
    expect(await forge.ensureHook(scope, wanted, never())).toBe('made');
    expect(there()).toMatchObject([{ ...wanted, active: true }]);
    expect(await forge.ensureHook(scope, { ...wanted, secret: 'canary-hook-2' }, never())).toBe('renewed');
    expect(there()).toMatchObject([{ url: URL_OURS, secret: 'canary-hook-2' }]);
    expect(await forge.hooks(scope, never())).toMatchObject([{ url: URL_OURS, active: true }]);
  });

  it('stays one where there were several, and leaves those of others', async () => {
    for (const url of ['https://ci.example/a', URL_OURS, 'https://ci.example/b', URL_OURS, URL_OURS]) fake.state.addHook('tidepool/lib-storage', { url, secret: 'old', active: false, events: [] });
    expect(await forge.ensureHook(scope, wanted, never())).toBe('renewed');
    expect(there().map(({ url, secret, active }) => [url, secret, active])).toEqual([
      ['https://ci.example/a', 'old', false],
      [URL_OURS, wanted.secret, true],
      ['https://ci.example/b', 'old', false],
    ]);
  });

  it('goes, and those of others stay', async () => {
    fake.state.addHook('tidepool/lib-storage', { url: 'https://ci.example/a', secret: '', active: true, events: [] });
    await forge.ensureHook(scope, wanted, never());
    expect([await forge.removeHook(scope, URL_OURS, never()), await forge.removeHook(scope, URL_OURS, never())]).toEqual([1, 0]);
    expect(there().map(({ url }) => url)).toEqual(['https://ci.example/a']);
  });

  it('for all of an owner is one, too', async () => {
    const all = { owner: 'tidepool', repository: null };
    expect([await forge.ensureHook(all, wanted, never()), await forge.ensureHook(all, wanted, never())]).toEqual(['made', 'renewed']);
    expect([fake.hooks('tidepool').length, there().length]).toEqual([1, 0]);
    expect(await forge.removeHook(all, URL_OURS, never())).toBe(1);
  });

  it.each([403, 404])('that this token may not see (%i) are not allowed', async (status) => {
    fake.faults.add(/hooks/, { as: 'status', status, body: { message: 'Not for you', errors: [{ message: 'Not for you' }] } });
    await expect(forge.ensureHook(scope, wanted, never())).rejects.toMatchObject({ code: 'not-allowed', params: { detail: 'Not for you' } });
    expect(there()).toEqual([]);
  });

  it('is not made twice when the list of them breaks off', async () => {
    for (const name of ['a', 'b', 'c']) fake.state.addHook('tidepool/lib-storage', { url: `https://ci.example/${name}`, secret: '', active: true, events: [] });
    fake.state.addHook('tidepool/lib-storage', { ...wanted, active: true, events: [] });
    fake.faults.add(/hooks.*(?:page=2|start=1)/, { as: 'broken' });
    await expect(forge.ensureHook(scope, wanted, never())).rejects.toMatchObject({ code: 'listing-failed' });
    expect(there()).toHaveLength(4);
  });
});

describe('a user of Bitbucket Server', () => {
  it('may be given without the tilde', async () => {
    const fake = await bench.fake('bitbucket-server');
    fake.add(fake.login, 'notes', { commits: 0 });
    await bench.client(fake).ensureHook({ owner: fake.login, repository: { id: '1', fullName: `${fake.login}/notes` } }, wanted, never());
    expect(fake.hooks(`${fake.login}/notes`)).toHaveLength(1);
  });
});

describe('a project of a Bitbucket workspace', () => {
  it('is no part of a repository\'s address', async () => {
    const fake = await bench.fake('bitbucket');
    const forge = bench.client(fake);
    fake.add('tidepool', 'lib-storage', { commits: 0 });
    const { id } = (await forge.find('tidepool/KEY', 'lib-storage', never())) ?? { id: '' };
    await forge.ensureHook({ owner: 'tidepool/KEY', repository: { id, fullName: 'tidepool/KEY/lib-storage' } }, wanted, never());
    expect(fake.hooks('tidepool/lib-storage')).toHaveLength(1);
  });
});
