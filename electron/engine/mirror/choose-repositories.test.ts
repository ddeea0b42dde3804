import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseRepositories } from './choose-repositories.ts';
import type { ForgeRepository } from './forges/forge.ts';
import { newRecord, type RepositoryRecord } from './repository-record.ts';
import { takeListing } from './take-listing.ts';

const NOW = '2026-11-21T16:42:00.000Z';
const source = { kind: 'owner' as const, account: 'work', owner: 'tidepool', match: null, forks: false, archived: false, syncNew: false };
const everything = (): boolean => true;

const listed = (name: string, over: Partial<ForgeRepository> = {}): ForgeRepository => ({
  id: `id of ${name}`,
  fullName: `tidepool/${name}`,
  name,
  title: name,
  cloneUrl: `https://forge.example/tidepool/${name}.git`,
  sshUrl: null,
  webUrl: null,
  defaultBranch: 'main',
  archived: false,
  fork: false,
  empty: false,
  private: false,
  description: '',
  bytes: 1_000,
  scm: 'git',
  ...over,
});
const known = (name: string, over: Partial<RepositoryRecord> = {}): RepositoryRecord => newRecord({ key: `id of ${name}`, name, url: `https://forge.example/tidepool/${name}.git`, store: `${name}.git`, state: 'in-sync', lastSync: NOW, ...over });

describe('which repositories of a listing are kept', () => {
  it('takes what matches, and says why it leaves the others', () => {
    const listing = [listed('lib-a'), listed('app'), listed('lib-fork', { fork: true }), listed('lib-old', { archived: true }), listed('lib-hg', { scm: 'hg' }), listed('group/lib-b')];
    const choice = chooseRepositories(listing, [], source, (name) => name.startsWith('lib-'), true);
    expect(choice.fresh.map(({ name }) => name)).toEqual(['lib-a', 'group/lib-b']);
    expect(choice.skipped).toEqual([
      { name: 'app', why: 'not-matching' },
      { name: 'lib-fork', why: 'fork' },
      { name: 'lib-old', why: 'archived' },
      { name: 'lib-hg', why: 'mercurial' },
    ]);
  });

  it('does not take what appears later, unless it is to follow', () => {
    const listing = [listed('a'), listed('new')];
    expect(chooseRepositories(listing, [known('a')], source, everything, false).skipped).toEqual([{ name: 'new', why: 'not-new' }]);
    expect(chooseRepositories(listing, [known('a')], source, everything, true).fresh.map(({ name }) => name)).toEqual(['new']);
  });

  it('keeps one that was renamed where it is, whatever the pattern says of its new name', () => {
    const renamed = listed('b', { id: 'id of a' });
    const choice = chooseRepositories([renamed], [known('a')], source, (name) => name === 'a', false);
    const [record, ...others] = takeListing([known('a')], choice, NOW);
    expect(others).toEqual([]);
    expect(record).toMatchObject({ key: 'id of a', name: 'b', store: 'a.git', url: 'https://forge.example/tidepool/b.git', state: 'in-sync' });
  });

  it('counts a repository once that stands on two pages', () => {
    expect(chooseRepositories([listed('a'), listed('a')], [], source, everything, true).fresh).toHaveLength(1);
  });

  it('believes a list that lacks a few, and marks them, keeping their copies', () => {
    const records = ['a', 'b', 'c', 'd'].map((name) => known(name));
    const choice = chooseRepositories([listed('a'), listed('b'), listed('c')], records, source, everything, false);
    expect(choice.shrank).toBe(false);
    expect(takeListing(records, choice, NOW).map(({ name, gone, state, problem, store }) => ({ name, gone, state, code: problem?.code, store }))[3]).toEqual({ name: 'd', gone: true, state: 'unavailable', code: 'remote-gone', store: 'd.git' });
  });

  it('concludes nothing from a list that lost most of what it had', () => {
    const records = Array.from({ length: 12 }, (_, index) => known(`r${index}`));
    const choice = chooseRepositories([listed('r0')], records, source, everything, false);
    expect(choice.shrank).toBe(true);
    expect(takeListing(records, choice, NOW).filter(({ gone }) => gone)).toEqual([]);
  });

  it('goes on with one that is back', () => {
    const gone = known('a', { gone: true, state: 'unavailable' });
    const [record] = takeListing([gone], chooseRepositories([listed('a')], [gone], source, everything, false), NOW);
    expect(record).toMatchObject({ gone: false, state: 'behind', problem: null });
  });

  it('gives twins places of their own, and none to a name that leads out', () => {
    const choice = chooseRepositories([listed('Notes'), listed('notes'), listed('../../etc', { id: 'bad' })], [], source, everything, true);
    const records = takeListing([], choice, NOW, ['other.git']);
    expect(records.map(({ store }) => store)).toEqual(['Notes.git', 'notes~2.git', '']);
    expect(records[2]?.problem?.code).toBe('name-refused');
  });

  it('never drops a record, and never gives two the same place', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'A', 'b', 'c/d', 'c/D', '..', 'x.git', 'x', 'CON'), { maxLength: 9 });
    fc.assert(
      fc.property(names, names, (before, after) => {
        const records = takeListing([], chooseRepositories(before.map((name) => listed(name)), [], source, everything, true), NOW);
        const later = takeListing(records, chooseRepositories(after.map((name) => listed(name)), records, source, everything, true), NOW);
        expect(later.map(({ key }) => key)).toEqual(expect.arrayContaining(records.map(({ key }) => key)));
        const places = later.map(({ store }) => store.toLowerCase()).filter((store) => store !== '');
        expect(new Set(places).size).toBe(places.length);
      }),
    );
  });
});
