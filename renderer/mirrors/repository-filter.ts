import type { MirroredRepository, MirrorState } from '../../shared/mirror.ts';

export interface RepositoryFilter {
  /** What was typed; empty: any name. */
  readonly typed: string;
  /** None chosen: any state. */
  readonly states: ReadonlySet<MirrorState>;
}

export const NO_FILTER: RepositoryFilter = { typed: '', states: new Set() };

export const isFiltering = ({ typed, states }: RepositoryFilter): boolean => typed.trim() !== '' || states.size > 0;

export type Matches = (repository: Pick<MirroredRepository, 'name' | 'state'>) => boolean;

/** `*` stands for anything, the rest is found anywhere in the name. Linear in the name, whatever is typed. */
export function matcher({ typed, states }: RepositoryFilter): Matches {
  const parts = typed.trim().toLowerCase().split('*').filter(Boolean);
  return ({ name, state }) => (states.size === 0 || states.has(state)) && hasInOrder(name.toLowerCase(), parts);
}

function hasInOrder(name: string, parts: readonly string[]): boolean {
  let from = 0;
  for (const part of parts) {
    const at = name.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}

/** The next name after `from` that begins with what was typed, going round once; failing that one that holds it. -1: none. */
export function jumpTo(names: readonly string[], from: number, typed: string): number {
  const wanted = typed.toLowerCase();
  const order = names.map((_, step) => (from + step) % names.length);
  const starting = order.find((at) => names[at]?.toLowerCase().startsWith(wanted));
  return starting ?? order.find((at) => names[at]?.toLowerCase().includes(wanted)) ?? -1;
}
