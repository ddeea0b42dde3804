import { describe, expect, it } from 'vitest';
import type { ForgeKind, MirrorSource } from '../../../shared/mirror.ts';
import { concernedBy, type Delivery } from './delivery.ts';
import { newRecord } from './repository-record.ts';

const owner: MirrorSource = { kind: 'owner', account: 'work', owner: 'Tidepool', match: null, forks: false, archived: false, syncNew: true };
const records = ['lib', 'group/site'].map((name, index) => newRecord({ key: String(index + 1), name, url: `https://forge.example/Tidepool/${name}.git`, store: `${name}.git` }));
const delivery = (over: Partial<Delivery> = {}): Delivery => ({ forge: 'gitea', id: null, fullName: 'tidepool/lib', ...over });

describe('a delivery concerns', () => {
  it('a repository by its name, however that is written', () => {
    expect(concernedBy(delivery({ fullName: 'TIDEPOOL/Group/Site' }), owner, 'gitea', records)).toMatchObject({ concerns: 'repository', record: { name: 'group/site' } });
  });

  it('one that was renamed a moment ago by its id', () => {
    expect(concernedBy(delivery({ fullName: 'tidepool/library', id: '1' }), owner, 'gitea', records)).toMatchObject({ record: { name: 'lib' } });
  });

  it('an owner with something new', () => {
    expect(concernedBy(delivery({ fullName: 'tidepool/new', id: '9' }), owner, 'gitea', records)).toEqual({ concerns: 'owner' });
  });

  it.each([
    ['of another owner', delivery({ fullName: 'other/lib' })],
    ['of another owner, with an id that is known here', delivery({ fullName: 'other/lib', id: '1' })],
    ['of another kind of forge', delivery({ forge: 'github' })],
  ])('nobody when it is %s', (_name, given) => {
    expect(concernedBy(given, owner, 'gitea', records)).toBeNull();
  });

  it.each<[string, ForgeKind, string, string]>([
    ['a project of a workspace', 'bitbucket', 'tidepool/KEY', 'tidepool/lib'],
    ['a user with the mark of one', 'bitbucket-server', '~robin', '~robin/lib'],
    ['a user without the mark', 'bitbucket-server', 'robin', '~ROBIN/lib'],
  ])('a repository of %s', (_name, forge, name, fullName) => {
    expect(concernedBy(delivery({ forge, fullName }), { ...owner, owner: name }, forge, records)).toMatchObject({ record: { name: 'lib' } });
  });

  it('a single address by its path', () => {
    const source: MirrorSource = { kind: 'url', url: 'git@forge.example:tidepool/lib.git' };
    const [record] = records;
    expect(concernedBy(delivery(), source, null, record ? [record] : [])).toMatchObject({ record: { name: 'lib' } });
    expect(concernedBy(delivery({ fullName: 'pool/lib' }), source, null, record ? [record] : [])).toBeNull();
  });
});
