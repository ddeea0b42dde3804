import { diffArrays } from 'diff';

/** What became of a stretch of the common version: on one side, on both in the same way, or on both differently. */
export type PlaceKind = 'same' | 'mine' | 'theirs' | 'both' | 'conflict';

export interface Place<T> {
  readonly kind: PlaceKind;
  readonly base: readonly T[];
  readonly mine: readonly T[];
  readonly theirs: readonly T[];
}

/** A stretch of the base, from `start` up to `end`, that one side replaced. */
interface Edit<T> {
  readonly start: number;
  readonly end: number;
  readonly items: readonly T[];
}

const GIVE_UP_MS = 1500;

/** Divides three versions of a sequence into places that belong together, in order; put together they give each version again. */
export function threeWay<T>(base: readonly T[], mine: readonly T[], theirs: readonly T[]): Place<T>[] {
  const [own, other] = [edits(base, mine), edits(base, theirs)];
  const places: Place<T>[] = [];
  let at = 0;
  const keep = (end: number) => {
    const items = base.slice(at, end);
    if (items.length > 0) places.push({ kind: 'same', base: items, mine: items, theirs: items });
    at = end;
  };
  let [ownAt, otherAt] = [0, 0];
  for (;;) {
    const start = Math.min(own[ownAt]?.start ?? Infinity, other[otherAt]?.start ?? Infinity);
    if (start === Infinity) break;
    keep(start);
    let end = start;
    const [ownFrom, otherFrom] = [ownAt, otherAt];
    // Edits that overlap or touch are one place: whoever wrote beside a line may have meant that line.
    for (let grew = true; grew; ) {
      grew = false;
      for (let edit = own[ownAt]; edit && edit.start <= end; edit = own[ownAt]) [end, ownAt, grew] = [Math.max(end, edit.end), ownAt + 1, true];
      for (let edit = other[otherAt]; edit && edit.start <= end; edit = other[otherAt]) [end, otherAt, grew] = [Math.max(end, edit.end), otherAt + 1, true];
    }
    places.push(place(base.slice(start, end), applied(base, own.slice(ownFrom, ownAt), start, end), applied(base, other.slice(otherFrom, otherAt), start, end)));
    at = end;
  }
  keep(base.length);
  return places;
}

function edits<T>(base: readonly T[], side: readonly T[]): Edit<T>[] {
  const parts = diffArrays([...base], [...side], { timeout: GIVE_UP_MS });
  if (!parts) return [{ start: 0, end: base.length, items: side }];
  const found: Edit<T>[] = [];
  let at = 0;
  let open: { start: number; end: number; items: T[] } | null = null;
  for (const part of parts) {
    if (!part.added && !part.removed) {
      if (open) found.push(open);
      open = null;
      at += part.value.length;
      continue;
    }
    open ??= { start: at, end: at, items: [] };
    if (part.removed) at = open.end = open.end + part.value.length;
    else open.items.push(...part.value);
  }
  if (open) found.push(open);
  return found;
}

/** The base from `start` to `end` as one side has it. */
function applied<T>(base: readonly T[], list: readonly Edit<T>[], start: number, end: number): T[] {
  const items: T[] = [];
  let at = start;
  for (const edit of list) {
    items.push(...base.slice(at, edit.start), ...edit.items);
    at = edit.end;
  }
  return [...items, ...base.slice(at, end)];
}

const equal = <T>(a: readonly T[], b: readonly T[]): boolean => a.length === b.length && a.every((item, at) => item === b[at]);

function place<T>(base: readonly T[], mine: readonly T[], theirs: readonly T[]): Place<T> {
  const kind = equal(mine, theirs) ? 'both' : equal(mine, base) ? 'theirs' : equal(theirs, base) ? 'mine' : 'conflict';
  return { kind, base, mine, theirs };
}

/** Both sides' words in one stretch, where no word was changed by both; null where that cannot be said. */
export function mergeWords(base: string, mine: string, theirs: string): string | null {
  const words = (text: string) => text.match(/\w+|\s+|[^\w\s]/gu) ?? [];
  const places = threeWay(words(base), words(mine), words(theirs));
  if (places.some(({ kind }) => kind === 'conflict')) return null;
  return places.flatMap(({ kind, mine: own, theirs: other }) => (kind === 'theirs' ? other : own)).join('');
}
