import type { faultDoings } from './doings/faults.ts';
import type { fileDoings } from './doings/files.ts';
import type { gitDoings } from './doings/git.ts';
import type { hubDoings } from './doings/hub.ts';
import type { programDoings } from './doings/programs.ts';
import type { raceDoings } from './doings/races.ts';

/** What a person does with files or with git of their own. */
export type PersonOperation =
  | { readonly do: 'files'; readonly what: keyof typeof fileDoings; readonly machine: number; readonly which: number; readonly other: number }
  | { readonly do: 'git'; readonly what: keyof typeof gitDoings; readonly machine: number; readonly which: number };

/**
 * Something that happens in a world. Every number is taken modulo what there is when it happens (machines, files), so
 * that any part of a history is a history too. Plain data: a history can be kept as JSON.
 */
export type Operation =
  | PersonOperation
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'program'; readonly what: keyof typeof programDoings; readonly machine: number; readonly which: number }
  | { readonly do: 'fault'; readonly what: keyof typeof faultDoings; readonly machine: number; readonly at: number }
  | { readonly do: 'hub'; readonly what: keyof typeof hubDoings; readonly which: number }
  /** So many turns of the machine's program from now, in the middle of whatever it does then. */
  | { readonly do: 'meanwhile'; readonly at: number; readonly then: PersonOperation }
  /** So many changes of the folder's files by the machine's program from now, to that very file, before it is changed. */
  | { readonly do: 'race'; readonly what: keyof typeof raceDoings; readonly machine: number; readonly at: number }
  /** Everything is mended, and time passes until all is at rest; then the invariants must hold. */
  | { readonly do: 'stabilize' };
