import { splitLines } from '../history/line-diff.ts';
import { mergeWords, threeWay, type Place } from './three-way.ts';

export const TAKES = ['mine', 'theirs', 'both', 'words', 'base'] as const;
/** What the result has at one place: a side, both one after the other, the words of both, or what was there before. */
export type Take = (typeof TAKES)[number];

export interface Texts {
  readonly base: string | null;
  readonly mine: string;
  readonly theirs: string;
}

/** A place of the comparison with what its words would be together, where that can be said. */
export interface ComparedPlace extends Place<string> {
  readonly words: string | null;
}

/** The places of a comparison. Without a common version every difference is one to decide. */
export function compare({ base, mine, theirs }: Texts): ComparedPlace[] {
  const [own, other] = [splitLines(mine), splitLines(theirs)];
  const places = threeWay(base === null ? sharedLines(own, other) : splitLines(base), own, other);
  return places.map((place) => {
    const kind = base === null && place.kind !== 'same' ? 'conflict' : place.kind;
    const words = kind === 'conflict' && base !== null ? mergeWords(place.base.join('\n'), place.mine.join('\n'), place.theirs.join('\n')) : null;
    return { ...place, kind, words };
  });
}

const sharedLines = (mine: readonly string[], theirs: readonly string[]): string[] => {
  const known = threeWay(mine, mine, theirs);
  return known.flatMap(({ kind, base }) => (kind === 'same' ? base : []));
};

/** What a place takes unless somebody says otherwise. A conflict marker is never among it. */
export function firstTake({ kind, words }: ComparedPlace): Take {
  if (kind === 'theirs') return 'theirs';
  return kind === 'conflict' && words !== null ? 'words' : 'mine';
}

/** The whole result, with the line ends and the last line's end of this machine's version. */
export function composeResult(places: readonly ComparedPlace[], takes: ReadonlyMap<number, Take>, { mine }: Pick<Texts, 'mine'>): string {
  const lines = places.flatMap((place, at) => takenLines(place, takes.get(at) ?? firstTake(place)));
  const end = mine.includes('\r\n') ? '\r\n' : '\n';
  return lines.length === 0 ? '' : lines.join(end) + (mine === '' || /\n$/.test(mine) ? end : '');
}

function takenLines(place: ComparedPlace, take: Take): readonly string[] {
  if (take === 'both') return [...place.mine, ...place.theirs];
  if (take === 'words') return place.words === null ? place.mine : place.words.split('\n');
  return place[take];
}

/** How far the result is by itself, and what a person should look at. */
export function tally(places: readonly ComparedPlace[], takes: ReadonlyMap<number, Take>): { places: number; merged: number; toDecide: number; putTogether: number } {
  const changed = places.map((place, at) => ({ place, at })).filter(({ place }) => place.kind !== 'same');
  const open = changed.filter(({ place, at }) => place.kind === 'conflict' && !takes.has(at));
  const putTogether = open.filter(({ place }) => place.words !== null).length;
  return { places: changed.length, merged: changed.length - open.length, toDecide: open.length - putTogether, putTogether };
}

/** A text area knows only `\n`; what is saved has the line ends of this machine's version again. */
export const withLineEnds = (typed: string, mine: string): string => (mine.includes('\r\n') ? typed.replace(/\r?\n/g, '\r\n') : typed);
