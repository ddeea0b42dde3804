import { describe, expect, it } from 'vitest';
import { linkPlace, parseLaunch } from './launch.ts';

describe('launch', () => {
  it.each([
    [['electron', '.', '--home', '/tmp/h', '--hidden'], { home: '/tmp/h', hidden: true, place: null }],
    [['--no-sandbox', '--home=/tmp/h h'], { home: '/tmp/h h', hidden: false, place: null }],
    [['--home'], { home: undefined, hidden: false, place: null }],
    [['lockstep://open/notes'], { home: undefined, hidden: false, place: { view: 'folder', id: 'notes' } }],
  ])('%j', (args, launch) => {
    expect(parseLaunch(args)).toEqual(launch);
  });

  it.each([
    ['lockstep://add?url=https://example.org/a.git', { view: 'add', url: 'https://example.org/a.git' }],
    ['LOCKSTEP://ADD', { view: 'add' }],
    ['lockstep://open/notes/../../etc', { view: 'folder', id: 'etc' }],
    ['lockstep://open/', { view: 'home' }],
    ['lockstep://run/rm', { view: 'home' }],
    ['lockstep://settings?view=add', { view: 'home' }],
    ['lockstep:%00%zz', { view: 'home' }],
    [`lockstep://add?url=${'x'.repeat(5000)}`, { view: 'home' }],
  ])('%s opens at most a view', (link, place) => {
    expect(linkPlace(link)).toEqual(place);
  });
});
