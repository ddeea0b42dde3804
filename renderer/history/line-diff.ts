import { diffArrays, diffWordsWithSpace } from 'diff';

/** A stretch of a line; marked where it differs from its counterpart. */
export interface Piece {
  readonly text: string;
  readonly isMarked: boolean;
}

export interface DiffLine {
  readonly number: number;
  readonly pieces: readonly Piece[];
}

/** One row of a comparison: the line before and the line after, either of which may be missing. */
export interface DiffRow {
  readonly kind: 'same' | 'changed' | 'removed' | 'added';
  readonly before: DiffLine | null;
  readonly after: DiffLine | null;
}

/** Beyond this the lines are not compared any more: everything counts as replaced, and the window stays alive. */
const GIVE_UP_MS = 1500;
const LONGEST_COMPARED_LINE = 2000;
/** Two lines that share less than this are shown as one gone and one new, without marked words. */
const LEAST_SHARED = 0.3;

/** Lines without their ends; a text that ends with a line end has no empty line after it. */
export function splitLines(text: string): string[] {
  if (text === '') return [];
  const lines = text.split(/\r\n|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Aligns two texts line by line; in lines that were changed, the words that differ are marked. */
export function diffRows(before: string, after: string): DiffRow[] {
  const [old, fresh] = [splitLines(before), splitLines(after)];
  const parts = diffArrays(old, fresh, { timeout: GIVE_UP_MS }) ?? [
    { value: old, removed: true, added: false, count: old.length },
    { value: fresh, removed: false, added: true, count: fresh.length },
  ];
  const rows: DiffRow[] = [];
  let removed: string[] = [];
  let [oldLine, freshLine] = [1, 1];
  const flush = (added: readonly string[]) => {
    for (const row of pairLines(removed, added, oldLine, freshLine)) rows.push(row);
    oldLine += removed.length;
    freshLine += added.length;
    removed = [];
  };
  for (const part of parts) {
    if (part.removed) removed = part.value;
    else if (part.added) flush(part.value);
    else {
      flush([]);
      for (const text of part.value) rows.push({ kind: 'same', before: plain(text, oldLine++), after: plain(text, freshLine++) });
    }
  }
  flush([]);
  return rows;
}

function pairLines(removed: readonly string[], added: readonly string[], oldStart: number, freshStart: number): DiffRow[] {
  return Array.from({ length: Math.max(removed.length, added.length) }, (_, at) => {
    const [old, fresh] = [removed[at], added[at]];
    if (old === undefined) return { kind: 'added', before: null, after: plain(fresh ?? '', freshStart + at) };
    if (fresh === undefined) return { kind: 'removed', before: plain(old, oldStart + at), after: null };
    const words = wordPieces(old, fresh);
    return { kind: 'changed', before: { number: oldStart + at, pieces: words.before }, after: { number: freshStart + at, pieces: words.after } };
  });
}

/** Both versions of a line, with the words marked that only one of them has. */
export function wordPieces(before: string, after: string): { before: Piece[]; after: Piece[] } {
  const unmarked = { before: plain(before, 0).pieces.slice(), after: plain(after, 0).pieces.slice() };
  if (before.length > LONGEST_COMPARED_LINE || after.length > LONGEST_COMPARED_LINE) return unmarked;
  const parts = diffWordsWithSpace(before, after);
  const shared = parts.filter(({ added, removed }) => !added && !removed).reduce((length, { value }) => length + value.trim().length, 0);
  if (shared < LEAST_SHARED * Math.max(before.trim().length, after.trim().length)) return unmarked;
  const side = (other: 'added' | 'removed', own: 'added' | 'removed') => joinMarks(parts.filter((part) => !part[other]).map((part) => ({ text: part.value, isMarked: part[own] })));
  return { before: side('added', 'removed'), after: side('removed', 'added') };
}

/** Marked words with nothing but a space between them are one mark: "our own", not "our" and "own". */
function joinMarks(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  pieces.forEach(({ text, isMarked }, at) => {
    const isBridge = text.trim() === '' && pieces[at - 1]?.isMarked === true && pieces[at + 1]?.isMarked === true;
    const last = joined.at(-1);
    if (last && last.isMarked === (isMarked || isBridge)) joined[joined.length - 1] = { text: last.text + text, isMarked: last.isMarked };
    else joined.push({ text, isMarked: isMarked || isBridge });
  });
  return joined;
}

const plain = (text: string, number: number): DiffLine => ({ number, pieces: text === '' ? [] : [{ text, isMarked: false }] });

/** A row, or a stretch of unchanged ones that is folded away. */
export type FoldedRow = { readonly row: DiffRow } | { readonly hidden: readonly DiffRow[]; readonly at: number };

/** Folds unchanged stretches, leaving `context` lines at each change. Short ones stay: a fold must be worth it. */
export function foldRows(rows: readonly DiffRow[], context = 3): FoldedRow[] {
  const isNear = new Array<boolean>(rows.length).fill(false);
  rows.forEach((row, at) => {
    if (row.kind !== 'same') isNear.fill(true, Math.max(0, at - context), at + context + 1);
  });
  const folded: FoldedRow[] = [];
  for (let at = 0; at < rows.length; ) {
    const end = isNear[at] ? at + 1 : isNear.indexOf(true, at) < 0 ? rows.length : isNear.indexOf(true, at);
    const stretch = rows.slice(at, end);
    if (stretch.length > context + 1) folded.push({ hidden: stretch, at });
    else stretch.forEach((row) => folded.push({ row }));
    at = end;
  }
  return folded;
}

/** How many lines came and went. */
export function countLines(rows: readonly DiffRow[]): { added: number; removed: number } {
  return {
    added: rows.filter(({ kind }) => kind === 'added' || kind === 'changed').length,
    removed: rows.filter(({ kind }) => kind === 'removed' || kind === 'changed').length,
  };
}
