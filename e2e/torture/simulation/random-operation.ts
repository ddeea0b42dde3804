import fc from 'fast-check';
import type { Operation, PersonOperation } from './operation.ts';

type Weights<Name extends string> = Readonly<Record<Name, number>>;

/** One of the names, as often as its weight says. */
const named = <Name extends string>(weights: Weights<Name>): fc.Arbitrary<Name> =>
  fc.oneof(...(Object.entries(weights) as [Name, number][]).map(([name, weight]) => ({ weight, arbitrary: fc.constant(name) })));

type Names<Do extends Operation['do']> = Extract<Operation, { do: Do; what: string }>['what'];

const FILES: Weights<Names<'files'>> = {
  ...{ save: 14, append: 10, insert: 6, truncate: 3, replace: 6, delete: 6, rename: 6, recase: 2, moveFolder: 2 },
  ...{ toFolder: 1, toFile: 1, link: 2, mode: 2, odd: 4, same: 4, ignored: 3, burst: 1, purge: 1, nested: 1, secret: 1, open: 2, writeOpen: 3, close: 1 },
};
const GIT: Weights<Names<'git'>> = {
  ...{ status: 3, commit: 3, stage: 2, unstage: 2, force: 1, away: 1, back: 2, stash: 1, pop: 2, resetHard: 1, resetSoft: 1, amend: 1, restore: 1 },
  ...{ fetch: 1, merge: 3, rebase: 2, push: 1, pack: 1, packRefs: 1, lock: 1, unlock: 2, finish: 3, abort: 2 },
};
const PROGRAM: Weights<Names<'program'>> = {
  ...{ start: 6, stop: 2, sync: 3, pause: 1, resume: 2, approve: 2, resolve: 3, offline: 2, online: 3, sleep: 1, clock: 1 },
  ...{ badWatch: 2, deaf: 2, goodWatch: 2, overflow: 1, badBus: 2, replay: 2, forge: 1 },
};
const FAULTS: Weights<Names<'fault'>> = {
  ...{ die: 5, dieAt: 8, ioError: 2, ioErrorAt: 3, diskFull: 1, diskFreed: 1, gitKilled: 2, gitKilledAfter: 2, gitHangs: 1, gitFails: 2, gitRaves: 1 },
  ...{ gitKilledAt: 6, gitKilledAfterAt: 2, gitFailsAt: 3, crashAt: 5, crashAfterAt: 5 },
};
const RACES: Weights<Names<'race'>> = { save: 3, append: 3, replace: 3, delete: 1 };
const HUB: Weights<Names<'hub'>> = { gone: 1, rejecting: 1, healed: 3, stranger: 4, forced: 1, emptied: 1 };

const index = fc.nat({ max: 60 });
/** Mostly some few files, so that the machines' doings meet. */
const file = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 5 }) }, { weight: 2, arbitrary: index });
const machine = fc.nat({ max: 3 });

const files: fc.Arbitrary<PersonOperation> = fc.record({ do: fc.constant('files' as const), what: named(FILES), machine, which: file, other: index });
const git: fc.Arbitrary<PersonOperation> = fc.record({ do: fc.constant('git' as const), what: named(GIT), machine, which: index });
const person: fc.Arbitrary<PersonOperation> = fc.oneof({ weight: 4, arbitrary: files }, { weight: 1, arbitrary: git });
/** Mostly moments; now and then minutes, in which everything may come to an end. */
const pass = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 500, max: 8_000 }) }, { weight: 2, arbitrary: fc.integer({ min: 8_000, max: 90_000 }) }, { weight: 1, arbitrary: fc.integer({ min: 90_000, max: 900_000 }) });

/** What is to strike must do so before everything is mended. */
const soon = fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 32 }) }, { weight: 1, arbitrary: fc.nat({ max: 80 }) });

/** Operations as often as the world sees them. */
export const randomOperation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 45, arbitrary: files },
  { weight: 10, arbitrary: git },
  { weight: 20, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: pass }) },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('program' as const), what: named(PROGRAM), machine, which: index }) },
  { weight: 28, arbitrary: fc.record({ do: fc.constant('fault' as const), what: named(FAULTS), machine, at: soon }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('hub' as const), what: named(HUB), which: index }) },
  { weight: 12, arbitrary: fc.record({ do: fc.constant('meanwhile' as const), at: fc.nat({ max: 300 }), then: person }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('race' as const), what: named(RACES), machine, at: fc.nat({ max: 12 }) }) },
  { weight: 2, arbitrary: fc.constant({ do: 'stabilize' as const }) },
);
