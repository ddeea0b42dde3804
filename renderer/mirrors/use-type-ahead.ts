import { useMemo, useRef, type KeyboardEvent } from 'react';
import type { MirroredRepository } from '../../shared/mirror.ts';
import { jumpTo } from './repository-filter.ts';

/** Letters within this time are one word. */
const ONE_WORD_MS = 800;

/** Typing a name jumps to it. True when the key was a letter of one. */
export function useTypeAhead(repos: readonly MirroredRepository[], at: number, moveTo: (next: number) => void): (event: KeyboardEvent) => boolean {
  const word = useRef({ typed: '', lastMs: 0 });
  const names = useMemo(() => repos.map(({ name }) => name), [repos]);
  return (event) => {
    // A slash alone goes to the search field.
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || (event.key === '/' && word.current.typed === '')) return false;
    const isNew = event.timeStamp - word.current.lastMs > ONE_WORD_MS;
    const typed = isNew ? event.key : word.current.typed + event.key;
    word.current = { typed, lastMs: event.timeStamp };
    // The first letter moves on, the next ones stay with what still fits.
    const next = jumpTo(names, isNew ? at + 1 : at, typed);
    if (next >= 0) moveTo(next);
    return true;
  };
}
