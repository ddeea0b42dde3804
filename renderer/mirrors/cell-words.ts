import type { MirroredRepository, MirrorState } from '../../shared/mirror.ts';
import { mirrorStateWord } from '../../shared/text/mirror-text.ts';
import type { Text } from '../../shared/text/text.ts';
import { STATES_IN_ORDER } from './mirror-mark.ts';
import { SHADES, type Shade } from './shade.ts';

/** What is said after a cell's name, by state and shade. Made once: thousands of cells share it. */
export type CellWords = Readonly<Record<MirrorState, Readonly<Record<Shade, string>>>>;

const made = new WeakMap<Text, CellWords>();

export function cellWords(text: Text): CellWords {
  const known = made.get(text);
  if (known) return known;
  const words = Object.fromEntries(
    STATES_IN_ORDER.map((state) => [state, Object.fromEntries(SHADES.map((shade) => [shade, `${mirrorStateWord(text, state)}, ${text.t(`window.mirrors.matrix.shade.${shade}`)}`]))]),
  );
  // Every state and shade is in the two lists.
  const table = words as CellWords;
  made.set(text, table);
  return table;
}

/** "lib-storage: Waits for you, moved today" */
export const cellName = (words: CellWords, { name, state }: Pick<MirroredRepository, 'name' | 'state'>, shade: Shade): string => `${name}: ${words[state][shade]}`;
