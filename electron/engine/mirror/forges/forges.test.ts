import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FORGES } from '../../../../shared/mirror.ts';
import type { FakeForge } from '../../testing/forges/fake-forge.ts';
import { ForgeBench, never, whole } from '../../testing/forges/forge-bench.ts';
import type { Forge } from './forge.ts';


let bench: ForgeBench;
beforeEach(() => void (bench = new ForgeBench()));
afterEach(() => bench.close());

describe.each(FORGES)('%s', (kind) => {
  let fake: FakeForge;
  let forge: Forge;
  beforeEach(async () => {
    fake = await bench.fake(kind, { pageCap: 7 });
    forge = bench.client(fake);
  });

  const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `part-${String(index).padStart(3, '0')}`);

  it('lists everything of an owner, however small its pages are', async () => {
    for (const name of names(31)) fake.add('tidepool', name, { commits: 0 });
    fake.add('other', 'not-this', { commits: 0 });
    expect((await whole(forge.list('tidepool', never()))).map(({ name }) => name)).toEqual(names(31));
  });

  it('lists nothing of an owner who has nothing', async () => {
    fake.state.addOwner('tidepool', true);
    expect(await whole(forge.list('tidepool', never()))).toEqual([]);
  });

  it('lists our own, and those of another user', async () => {
    fake.add(fake.login, 'notes', { private: true, commits: 0 });
    fake.state.addOwner('sandpiper', false);
    fake.add('sandpiper', 'shells', { commits: 0 });
    expect((await whole(forge.list(fake.login, never()))).map(({ name, private: isPrivate }) => [name, isPrivate])).toEqual([['notes', true]]);
    expect((await whole(forge.list('sandpiper', never()))).map(({ name }) => name)).toEqual(['shells']);
  });

  it('describes a repository', async () => {
    const { id } = fake.add('tidepool', 'lib-storage', { description: 'Keeps things', archived: true, fork: true, private: true, defaultBranch: 'trunk', kib: 3 });
    const [found] = await whole(forge.list('tidepool', never()));
    expect(found).toMatchObject({ id: expect.stringContaining(String(id)) as string, fullName: 'tidepool/lib-storage', name: 'lib-storage', description: 'Keeps things', fork: true, private: true, cloneUrl: fake.cloneUrl('tidepool/lib-storage'), scm: 'git' });
    if (kind !== 'bitbucket') expect(found?.archived).toBe(true);
    if (kind !== 'bitbucket-server') expect([found?.defaultBranch, found?.bytes]).toEqual(['trunk', 3 * 1024]);
  });

  it('says what became of a repository that was renamed', async () => {
    const { id } = fake.add('tidepool', 'old-name', { commits: 0 });
    fake.rename('tidepool/old-name', 'new-name');
    const found = await forge.find('tidepool', 'new-name', never());
    expect(found?.id).toContain(String(id));
    if (forge.byId) expect(await forge.byId(found?.id ?? '', never())).toMatchObject({ fullName: 'tidepool/new-name', name: 'new-name' });
    // Its cloud leads nobody on to the new name.
    expect((await forge.find('tidepool', 'old-name', never()))?.fullName).toBe(kind === 'bitbucket' ? undefined : 'tidepool/new-name');
  });

  it('says that one is not there', async () => {
    fake.add('tidepool', 'lib-storage', { commits: 0 });
    expect(await forge.find('tidepool', 'lib-none', never())).toBeNull();
    if (forge.byId) expect(await forge.byId('424242', never())).toBeNull();
  });

  it('makes a repository once, with its description and who may see it', async () => {
    fake.state.addOwner('tidepool', true);
    const wanted = { name: 'lib-storage', description: 'Keeps things', private: true };
    const made = await forge.create('tidepool', wanted, never());
    expect(made).toMatchObject({ fullName: 'tidepool/lib-storage', name: 'lib-storage', description: 'Keeps things', private: true });
    expect(await forge.create('tidepool', wanted, never())).toEqual(made);
    expect(fake.state.repositories).toHaveLength(1);
    expect((await forge.create(fake.login, { ...wanted, private: false }, never())).fullName).toMatch(new RegExp(`^~?${fake.login}/lib-storage$`));
  });

  it('changes what it is told to, and nothing else', async () => {
    fake.add('tidepool', 'lib-storage', { description: 'Keeps things', private: true });
    const found = await forge.find('tidepool', 'lib-storage', never());
    if (!found) throw new Error('not found');
    fake.commit('tidepool/lib-storage', { branch: 'trunk' });
    await forge.update(found, { defaultBranch: 'trunk', description: 'Keeps more' }, never());
    expect(fake.state.find('tidepool/lib-storage')).toMatchObject({ defaultBranch: 'trunk', description: 'Keeps more', private: true, archived: false });
  });

  it('knows who it is, and lets nobody in with another token', async () => {
    expect((await forge.check(never())).login).toBe(fake.login);
    fake.token = 'canary-renewed-token';
    await expect(forge.check(never())).rejects.toMatchObject({ code: 'auth-failed', params: { account: 'work', server: forge.server } });
    await expect(whole(forge.list('tidepool', never()))).rejects.toMatchObject({ code: 'auth-failed' });
    expect(await bench.client(fake).check(never())).toMatchObject({ login: fake.login });
  });

  it('gives git a credential at its own host only', () => {
    const own = forge.credentialFor(`${fake.state.origin}/tidepool/lib-storage.git`);
    expect(own?.password).toBe(fake.token);
    const { port } = new URL(fake.api);
    for (const address of [`https://127.0.0.1:${port}/x.git`, `http://localhost:${port}/x.git`, 'https://forge.invalid/x.git', `ssh://127.0.0.1:${port}/x`, '/some/path', 'git@127.0.0.1:x']) expect(forge.credentialFor(address)).toBeNull();
  });

  it('asks in one way behind a path of its server, too', async () => {
    const behind = await bench.fake(kind, { prefix: '/code/forge' });
    behind.add('tidepool', 'lib-storage', { commits: 0 });
    expect((await whole(bench.client(behind).list('tidepool', never()))).map(({ cloneUrl }) => cloneUrl)).toEqual([behind.cloneUrl('tidepool/lib-storage')]);
  });

  it('takes no name for a way out of the API', async () => {
    for (const owner of ['..', '.', '%2e%2e']) await expect(whole(forge.list(owner, never()))).rejects.toMatchObject({ code: 'owner-gone' });
    expect(await forge.find('tidepool', '../../user', never())).toBeNull();
    expect(fake.heard.filter(({ path, isGit }) => isGit || /\/\.{1,2}(?:\/|$)/.test(path.split('?')[0] ?? ''))).toEqual([]);
  });
});
