import { wordPieces, type DiffLine, type Piece } from '../history/line-diff.ts';
import type { ComparedPlace } from './resolution.ts';
import type { PlaceKind } from './three-way.ts';

export interface CompareRow {
  readonly kind: PlaceKind;
  /** Index of the place it belongs to. */
  readonly place: number;
  readonly isFirst: boolean;
  readonly mine: DiffLine | null;
  readonly base: DiffLine | null;
  readonly theirs: DiffLine | null;
}

/** The places as rows, so that what belongs together stands on one level in every column. */
export function compareRows(places: readonly ComparedPlace[]): CompareRow[] {
  const next = { mine: 1, base: 1, theirs: 1 };
  return places.flatMap((place, at) => {
    const height = Math.max(place.mine.length, place.base.length, place.theirs.length);
    const rows = Array.from({ length: height }, (_, row) => {
      const pieces = linePieces(place, row);
      const line = (side: 'mine' | 'base' | 'theirs'): DiffLine | null => (row < place[side].length ? { number: next[side] + row, pieces: pieces[side] } : null);
      return { kind: place.kind, place: at, isFirst: row === 0, mine: line('mine'), base: line('base'), theirs: line('theirs') };
    });
    next.mine += place.mine.length;
    next.base += place.base.length;
    next.theirs += place.theirs.length;
    return rows;
  });
}

function linePieces({ kind, mine, base, theirs }: ComparedPlace, row: number): { mine: readonly Piece[]; base: readonly Piece[]; theirs: readonly Piece[] } {
  const [own, common, other] = [mine[row] ?? '', base[row] ?? '', theirs[row] ?? ''];
  const plain = (text: string): Piece[] => (text === '' ? [] : [{ text, isMarked: false }]);
  if (kind === 'same' || row >= base.length) return { mine: plain(own), base: plain(common), theirs: plain(other) };
  const [fromMine, fromTheirs] = [wordPieces(common, own), wordPieces(common, other)];
  return { mine: row < mine.length ? fromMine.after : [], theirs: row < theirs.length ? fromTheirs.after : [], base: unite(common, fromMine.before, fromTheirs.before) };
}

/** One line with every stretch marked that either list marks. */
function unite(text: string, one: readonly Piece[], other: readonly Piece[]): Piece[] {
  const isMarked = new Array<boolean>(text.length).fill(false);
  for (const pieces of [one, other]) {
    let at = 0;
    for (const piece of pieces) {
      if (piece.isMarked) isMarked.fill(true, at, at + piece.text.length);
      at += piece.text.length;
    }
  }
  const united: Piece[] = [];
  for (let at = 0; at < text.length; ) {
    let end = at + 1;
    while (end < text.length && isMarked[end] === isMarked[at]) end += 1;
    united.push({ text: text.slice(at, end), isMarked: isMarked[at] ?? false });
    at = end;
  }
  return united;
}
