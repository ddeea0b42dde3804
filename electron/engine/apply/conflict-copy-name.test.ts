import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayPath, repoPathBytes, repoPathFromBytes, repoPathFromText, type RepoPath } from '../repo-path.ts';
import { conflictCopyName, parseConflictCopyName } from './conflict-copy-name.ts';

const HASH = 'a1b2c3d';
const free = () => false;
const name = (path: string, machine = 'laptop', isTaken: (candidate: RepoPath) => boolean = free) =>
  displayPath(conflictCopyName(repoPathFromText(path), machine, HASH, isTaken));

describe('conflictCopyName', () => {
  it.each([
    ['notes.txt', 'notes (conflict laptop a1b2c3d).txt'],
    ['a/b/notes.txt', 'a/b/notes (conflict laptop a1b2c3d).txt'],
    ['Makefile', 'Makefile (conflict laptop a1b2c3d)'],
    ['.bashrc', '.bashrc (conflict laptop a1b2c3d)'],
    ['.config.json', '.config (conflict laptop a1b2c3d).json'],
    ['src.d/x', 'src.d/x (conflict laptop a1b2c3d)'],
    ['backup.tar.gz', 'backup (conflict laptop a1b2c3d).tar.gz'],
    ['types.d.ts', 'types (conflict laptop a1b2c3d).d.ts'],
    ['.tar.gz', '.tar (conflict laptop a1b2c3d).gz'],
    ['notes 2024.12', 'notes 2024.12 (conflict laptop a1b2c3d)'],
    ['v1.2.md', 'v1.2 (conflict laptop a1b2c3d).md'],
    ['dot.', 'dot. (conflict laptop a1b2c3d)'],
  ])('names the copy of %s', (path, copy) => {
    expect(name(path)).toBe(copy);
  });

  it('keeps to letters, digits and dashes of the machine name', () => {
    expect(name('a.md', "Ada's  Büro (2)/PC")).toBe('a (conflict Ada-s-Büro-2-PC a1b2c3d).md');
    expect(name('a.md', '../..')).toBe('a (conflict machine a1b2c3d).md');
    expect(name('a.md', '')).toBe('a (conflict machine a1b2c3d).md');
  });

  it('adds a number while the name is taken', () => {
    const taken = new Set(['a (conflict laptop a1b2c3d).md', 'a (conflict laptop a1b2c3d 2).md']);
    expect(name('a.md', 'laptop', (candidate) => taken.has(candidate))).toBe('a (conflict laptop a1b2c3d 3).md');
  });

  it('names a copy of a copy after the original', () => {
    const once = conflictCopyName(repoPathFromText('d/a.tar.gz'), 'desk', HASH, free);
    expect(name(displayPath(once), 'laptop')).toBe('d/a (conflict laptop a1b2c3d).tar.gz');
  });

  it('shortens the stem on a budget of bytes and at a whole character', () => {
    const copy = conflictCopyName(repoPathFromText(`${'à'.repeat(125)}.txt`), 'laptop', HASH, free);
    expect(copy.length).toBeLessThanOrEqual(255);
    expect(displayPath(copy)).toMatch(/^à+ \(conflict laptop a1b2c3d\)\.txt$/);
  });

  it('fits, is text where the original is, and reads back, whatever the names', () => {
    const component = fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }).map((text) => text.replace(/[/\0]/g, '_'));
    fc.assert(
      fc.property(fc.array(component, { minLength: 1, maxLength: 3 }), fc.string({ unit: 'binary', maxLength: 60 }), (components, machine) => {
        const path = repoPathFromText(components.join('/'));
        const copy = conflictCopyName(path, machine, HASH, free);
        const last = copy.slice(copy.lastIndexOf('/') + 1);
        expect(last.length).toBeLessThanOrEqual(255);
        const bytes = repoPathBytes(copy);
        expect(Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes)).toBe(true);
        const read = parseConflictCopyName(copy);
        expect(read?.hash7).toBe(HASH);
        if (last.length < 200) expect(read?.original).toBe(path);
      }),
      { numRuns: 500 },
    );
  });

  it('takes names that are not text', () => {
    const copy = conflictCopyName(repoPathFromBytes(Buffer.from([0xff, 0xfe, 0x2e, 0x6d, 0x64])), 'laptop', HASH, free);
    expect(copy.startsWith('\xff\xfe (conflict')).toBe(true);
  });
});

describe('parseConflictCopyName', () => {
  it('reads what a name says', () => {
    expect(parseConflictCopyName(repoPathFromText('d/a (conflict Büro a1b2c3d 2).tar.gz'))).toEqual({ original: 'd/a.tar.gz', machine: 'Büro', hash7: HASH });
  });

  it.each(['a.md', 'a (conflict).md', 'a (conflict laptop).md', 'a (conflict laptop a1b2c3g).md', 'a (conflict laptop a1b2c3d) final draft.md', ' (conflict laptop a1b2c3d)'])(
    'leaves %s alone',
    (path) => {
      expect(parseConflictCopyName(repoPathFromText(path))).toBeNull();
    },
  );
});
