import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storeName } from './store-name.ts';

describe('where a copy lies', () => {
  it.each([
    ['lib-storage', 'lib-storage.git'],
    ['group/sub/name', 'group/sub/name.git'],
    ['already.git', 'already.git'],
    ['x.git/y', 'x.git~/y.git'],
    ['CON', 'CON~.git'],
    ['aux.c', 'aux~.c.git'],
    ['.github', '~.github.git'],
    ['-rf', '~-rf.git'],
    ['a:b', 'a%3ab.git'],
    ['ends. .', 'ends~~~.git'],
    ['ä b', 'ä b.git'],
  ])('%s lies in %s', (name, place) => {
    expect(storeName(name, [])).toBe(place);
  });

  it('lays twins beside each other', () => {
    expect(storeName('notes', ['Notes.git', 'x.git'])).toBe('notes~2.git');
    expect(storeName('notes', ['Notes.git', 'notes~2.git'])).toBe('notes~3.git');
  });

  it.each(['', '.', '..', '../x', 'a/../../x', '/etc', 'a//b', 'a\0b', 'a\nb', 'x'.repeat(300), 'a/'.repeat(30)])('refuses %j', (name) => {
    expect(() => storeName(name, [])).toThrowError(expect.objectContaining({ code: 'name-refused' }));
  });

  it('stays inside its folder, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
        let place: string;
        try {
          place = storeName(name, []);
        } catch {
          return;
        }
        expect(place.startsWith('/')).toBe(false);
        for (const segment of place.split('/')) expect(segment).not.toMatch(/^\.+$|^$|[\0-\x1f\\:*?"<>|]/);
      }),
    );
  });
});
