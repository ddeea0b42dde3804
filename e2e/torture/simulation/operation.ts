import fc from 'fast-check';
import type { ProcessFault } from './faults.ts';

/**
 * Something that happens in a world. Every number is taken modulo what there is when it happens (machines, files), so
 * that any part of a history is a history too. Plain data: a history can be kept as JSON.
 */
export type Operation =
  | { readonly do: 'save' | 'delete' | 'append' | 'truncate'; readonly machine: number; readonly file: number }
  | { readonly do: 'rename'; readonly machine: number; readonly file: number; readonly to: number }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'stop' | 'start' | 'sync'; readonly machine: number }
  | { readonly do: 'die'; readonly machine: number; readonly at: number }
  | { readonly do: 'process'; readonly machine: number; readonly at: number; readonly how: ProcessFault }
  | { readonly do: 'stabilize' };

/** Where people save; few enough that two machines often mean the same file. */
export const PATHS = ['a.txt', 'b.txt', 'notes/a.md', 'notes/b.md', 'notes/deep/c.md', 'kept/00.md', 'kept/01.md', 'kept/02.md', 'new.txt', 'plan.txt', 'notes', 'draft'] as const;

const index = fc.nat({ max: 40 });
const machine = fc.nat({ max: 3 });

interface Weighted {
  readonly weight: number;
  readonly arbitrary: fc.Arbitrary<Operation>;
}

const of = <Do extends Operation['do']>(weight: number, what: Do, fields: { [Name in keyof Extract<Operation, { do: Do }> as Exclude<Name, 'do'>]: fc.Arbitrary<Extract<Operation, { do: Do }>[Name]> }): Weighted => ({
  weight,
  // The fields are those of this kind of operation, by the type above.
  arbitrary: fc.record({ do: fc.constant(what), ...fields }) as fc.Arbitrary<unknown> as fc.Arbitrary<Operation>,
});

/** Operations as often as the world sees them. */
export const operations: fc.Arbitrary<Operation> = fc.oneof(
  of(14, 'save', { machine, file: index }),
  of(10, 'append', { machine, file: index }),
  of(4, 'truncate', { machine, file: index }),
  of(5, 'delete', { machine, file: index }),
  of(8, 'rename', { machine, file: index, to: index }),
  of(12, 'pass', { ms: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1_000, max: 20_000 }) }, { weight: 2, arbitrary: fc.integer({ min: 20_000, max: 400_000 }) }) }),
  of(4, 'sync', { machine }),
  of(2, 'stop', { machine }),
  of(3, 'start', { machine }),
  of(5, 'die', { machine, at: fc.nat({ max: 60 }) }),
  of(4, 'process', { machine, at: fc.nat({ max: 30 }), how: fc.constantFrom('killed', 'killed-after', 'hangs', 'fails') }),
  of(6, 'stabilize', {}),
);
