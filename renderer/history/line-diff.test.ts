import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countLines, diffRows, foldRows, splitLines, wordPieces, type DiffLine, type DiffRow } from './line-diff.ts';

const shown = (line: DiffLine | null) => (line ? `${line.number}${line.pieces.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join('')}` : '');
const drawn = (rows: readonly DiffRow[]) => rows.map(({ before, after }) => `${shown(before)}|${shown(after)}`);
const textOf = (rows: readonly DiffRow[], side: 'before' | 'after') => rows.flatMap((row) => row[side]?.pieces.map(({ text }) => text).join('') ?? []);

describe('a comparison of two texts', () => {
  it('aligns line by line and marks the words that differ', () => {
    expect(drawn(diffRows('one\ntimer at 06:30\nlast\n', 'one\ntimer at 05:30\nnew\nlast\n'))).toEqual(['1one|1one', '2timer at [06]:30|2timer at [05]:30', '|3new', '3last|4last']);
  });

  it('shows lines that share next to nothing as one gone and one new, unmarked', () => {
    expect(drawn(diffRows('alpha beta\n', 'something else entirely\n'))).toEqual(['1alpha beta|1something else entirely']);
  });

  it('has no line after a last line end, and none in an empty text', () => {
    expect(splitLines('a\r\nb\n')).toEqual(['a', 'b']);
    expect(splitLines('a\n\n')).toEqual(['a', '']);
    expect(diffRows('', '')).toEqual([]);
  });

  it('always holds both texts whole, with every line numbered once', () => {
    const line = fc.constantFrom('', 'a', 'b b', 'c', 'c d');
    fc.assert(
      fc.property(fc.array(line), fc.array(line), (before, after) => {
        const rows = diffRows(before.map((each) => `${each}\n`).join(''), after.map((each) => `${each}\n`).join(''));
        expect(textOf(rows, 'before')).toEqual(before);
        expect(textOf(rows, 'after')).toEqual(after);
        expect(rows.flatMap((row) => row.after?.number ?? [])).toEqual(after.map((_, at) => at + 1));
      }),
    );
  });

  it('joins marked words that only a space divides', () => {
    expect(wordPieces('from the nearest station now', 'from our own station now').after).toContainEqual({ text: 'our own', isMarked: true });
  });

  it('folds long unchanged stretches away, and nothing else', () => {
    const lines = Array.from({ length: 30 }, (_, at) => `line ${at}`);
    const rows = diffRows(lines.join('\n'), lines.map((each, at) => (at === 15 ? 'changed' : each)).join('\n'));
    const folded = foldRows(rows);
    expect(folded.map((item) => ('row' in item ? 'row' : item.hidden.length))).toEqual([12, 'row', 'row', 'row', 'row', 'row', 'row', 'row', 11]);
    expect(countLines(rows)).toEqual({ added: 1, removed: 1 });
  });
});
