import { describe, expect, it } from 'vitest';
import type { CommandInput } from '../../../shared/commands.ts';
import type { AccountSettings, MirrorSettings } from '../../../shared/mirror.ts';
import { agreeable } from '../commands/agreed-address.ts';
import { planMirror } from './plan-mirror.ts';

const account = (name: string): AccountSettings => ({ name, forge: 'gitea', api: 'https://forge.example/api/v1', user: null, check: null });
const present = { accounts: [account('work'), account('home')], mirrors: [] as MirrorSettings[] };
type Input = CommandInput<'mirror.add'>;
const owner = (over: Partial<Extract<Input['source'], { owner: string }>> = {}): Input['source'] => ({ account: 'work', owner: 'tidepool', syncNew: false, forks: false, archived: false, ...over });
const plan = (source: Input['source'], target: Input['target'], over: Partial<Input> = {}, among = present) => planMirror({ source, target, options: {}, ...over }, among, agreeable, (path) => path);
const refused = (code: string): unknown => expect.objectContaining({ code });

describe('a new mirror', () => {
  it('is called like its owner, or like its repository', () => {
    expect(plan(owner({ owner: 'group/sub/' }), { directory: '/srv' }).settings).toMatchObject({ name: 'sub', source: { owner: 'group/sub' } });
    expect(plan({ url: 'git@host:path/notes.git' }, { directory: '/srv' }).settings.name).toBe('notes');
  });

  it('has the defaults of the interface', () => {
    expect(plan(owner(), { directory: '/srv' }).settings.options).toMatchObject({ how: 'poll', every: 300, lfs: false });
  });

  it('keeps no password in its addresses', () => {
    const { settings, addresses } = plan({ url: 'https://me:hunter2@forge.example/a.git' }, { directory: '/srv' });
    expect(JSON.stringify(settings)).not.toContain('hunter2');
    expect(addresses.map(({ text }) => text)).toEqual(['https://me:hunter2@forge.example/a.git']);
  });

  it.each<[string, Input['source'], Input['target'], string]>([
    ['an account that is not there', owner({ account: 'other' }), { directory: '/srv' }, 'no-such-account'],
    ['a target account that is not there', owner(), { account: 'other', owner: 'x' }, 'no-such-account'],
    ['a pattern that is none', owner({ match: '(' }), { directory: '/srv' }, 'bad-pattern'],
    ['an owner that leads elsewhere', owner({ owner: '../admin' }), { directory: '/srv' }, 'usage'],
    ['an owner with a question mark', owner({ owner: 'a?b=c' }), { directory: '/srv' }, 'usage'],
    ['many repositories to one address', owner(), { url: '/srv/one.git' }, 'usage'],
    ['an owner to itself', owner(), { account: 'work', owner: 'tidepool' }, 'usage'],
    ['an address to itself', { url: 'https://forge.example/a' }, { url: 'git@forge.example:a.git' }, 'address-refused'],
    ['an address that runs something', { url: 'ext::sh -c date' }, { directory: '/srv' }, 'address-refused'],
    ['an address that is an option', { url: '--upload-pack=x' }, { directory: '/srv' }, 'address-refused'],
    ['a password in clear', { url: 'http://me:hunter2@forge.example/a' }, { directory: '/srv' }, 'address-refused'],
  ])('is refused with %s', (_name, source, target, code) => {
    expect(() => plan(source, target)).toThrowError(refused(code));
  });

  it('is refused where another pushes already, and for what is kept there already', () => {
    const kept = (source: Input['source'], target: Input['target']): typeof present => ({ ...present, mirrors: [{ ...plan(source, target).settings, id: 'kept', addedAt: '2026-11-21T16:42:00.000Z' }] });
    expect(() => plan({ url: '/b.git' }, { url: '/t.git' }, {}, kept({ url: '/a.git' }, { url: '/t.git/' }))).toThrowError(refused('already-added'));
    expect(() => plan(owner(), { account: 'home', owner: 'x' }, {}, kept(owner({ owner: 'other' }), { account: 'home', owner: 'x' }))).toThrowError(refused('already-added'));
    expect(() => plan(owner(), { directory: '/srv' }, {}, kept(owner(), { directory: '/srv' }))).toThrowError(refused('already-added'));
    expect(plan({ url: '/b.git' }, { directory: '/srv' }, {}, kept(owner(), { directory: '/srv' })).settings.name).toBe('b');
  });
});
