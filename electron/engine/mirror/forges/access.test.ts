import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ForgeKind } from '../../../../shared/mirror.ts';
import { ForgeBench, never } from '../../testing/forges/forge-bench.ts';
import type { FoundAccess } from './forge.ts';

let bench: ForgeBench;
beforeEach(() => void (bench = new ForgeBench()));
afterEach(() => bench.close());

/** What is found out about a token of which the forge says this. */
async function found(kind: ForgeKind, scopes: readonly string[] | null, expires: string | null = null): Promise<Omit<FoundAccess, 'login'>> {
  const fake = await bench.fake(kind);
  fake.about = { scopes, expires };
  const { login, ...access } = await bench.client(fake).check(never());
  expect(login).toBe(fake.login);
  return access;
}

describe('what a token may do', () => {
  it.each<[ForgeKind, readonly string[] | null, Partial<FoundAccess>]>([
    ['github', ['repo', 'admin:repo_hook'], { canList: true, canHook: true, canCreate: true }],
    ['github', ['public_repo'], { canList: true, canHook: false, canCreate: true }],
    ['github', ['read:org'], { canList: true, canHook: false, canCreate: false }],
    ['github', null, { canList: true, canHook: null, canCreate: null }],
    ['gitlab', ['api'], { canList: true, canHook: true, canCreate: true }],
    ['gitlab', ['read_api', 'read_repository'], { canList: true, canHook: false, canCreate: false }],
    ['gitlab', ['read_user'], { canList: false, canHook: false, canCreate: false }],
    ['gitlab', null, { canList: true, canHook: null, canCreate: null }],
    ['bitbucket', ['read:repository:bitbucket', 'read:webhook:bitbucket', 'write:webhook:bitbucket'], { canList: true, canHook: true, canCreate: false }],
    ['bitbucket', ['repository:write', 'repository'], { canList: true, canHook: false, canCreate: true }],
    ['bitbucket', null, { canList: null, canHook: null, canCreate: null }],
    ['bitbucket-server', null, { canList: true, canHook: null, canCreate: null }],
    ['gitea', null, { canList: true, canHook: null, canCreate: null }],
  ])('%s, %j', async (kind, scopes, access) => {
    expect(await found(kind, scopes)).toEqual({ ...access, expiresAt: null });
  });

  it('that may not list is told so', async () => {
    for (const kind of ['github', 'gitea', 'bitbucket-server'] as const) {
      const fake = await bench.fake(kind);
      fake.faults.add(/\/user\/repos|\/projects\?/, { as: 'status', status: 403, body: { message: 'Resource not accessible by personal access token' } });
      expect((await bench.client(fake).check(never())).canList).toBe(false);
    }
  });
});

describe('when a token ends', () => {
  it.each<[ForgeKind, string, string | null]>([
    ['github', '2027-03-01 22:10:00 UTC', '2027-03-01T22:10:00.000Z'],
    ['github', '2027-03-01 22:10:00 -0800', '2027-03-02T06:10:00.000Z'],
    ['github', 'next year', null],
    ['gitlab', '2027-03-01', '2027-03-01T00:00:00.000Z'],
  ])('%s, %s', async (kind, expires, at) => {
    expect((await found(kind, ['api', 'repo'], expires)).expiresAt).toBe(at);
  });
});

describe('a token of a workspace', () => {
  it('goes by itself, another one with the account\'s name', async () => {
    const fake = await bench.fake('bitbucket');
    const said = async (token: string, user: string | null): Promise<[string | undefined, string | undefined]> => {
      fake.token = token;
      const forge = bench.client(fake, { user });
      await forge.check(never());
      return [fake.heard.at(-1)?.authorization, forge.credentialFor(`${fake.state.origin}/a/b.git`)?.username];
    };
    const basic = (user: string, token: string): string => `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;
    expect(await said('ATATT-canary', 'robin@forge.example')).toEqual([basic('robin@forge.example', 'ATATT-canary'), 'x-bitbucket-api-token-auth']);
    expect(await said('ATCTT-canary', 'robin@forge.example')).toEqual(['Bearer ATCTT-canary', 'x-token-auth']);
    expect(await said('some-canary', null)).toEqual(['Bearer some-canary', 'x-token-auth']);
  });
});
