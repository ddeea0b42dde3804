import { describe, expect, it } from 'vitest';
import { parsePlace, placeHash, type Place } from './place.ts';

const PLACES: readonly Place[] = [
  { view: 'home' },
  { view: 'folder', id: 'notes' },
  { view: 'conflicts', id: 'notes' },
  { view: 'conflicts', id: 'a/b', conflict: 'c?1' },
  { view: 'settings' },
  { view: 'add' },
  { view: 'add', url: 'https://example.org/a b.git?x=#y&view=home' },
  { view: 'message', id: 'field-guide' },
];

describe('places', () => {
  it.each(PLACES)('%o comes back from its hash', (place) => {
    expect(parsePlace(placeHash(place))).toEqual(place);
  });

  it.each(['', '#', '#/nowhere', '#/folder', '#/folder/%', '#/folder/a/b', 'javascript:alert(1)', '#/message/', '#/?view=settings'])('%j is home', (hash) => {
    expect(parsePlace(hash)).toEqual({ view: 'home' });
  });
});
