import { historyOf, seedOf, type History } from './history.ts';
import { here, inThread, type Player } from './players.ts';
import type { Task, Tried } from './playground.ts';

export interface Simulation {
  readonly seed: number;
  /** How many operations to try, about. */
  readonly operations: number;
  /** Where it may write, when there is no file system in memory. */
  readonly directory: string;
  readonly say: (line: string) => void;
  /** Played before all others. */
  readonly known?: readonly History[];
  /** So many at once, each in a thread that runs this file; otherwise one after the other, here. */
  readonly threads?: { readonly file: URL; readonly count: number };
  readonly signal?: AbortSignal;
}

interface Counts {
  operations: number;
  /** Histories. */
  runs: number;
  saves: number;
  faults: number;
  /** Histories that were played twice, and how many of them went the same way again. */
  twice: number;
  repeated: number;
}

export interface Simulated extends Readonly<Counts> {
  readonly lost: number;
  readonly failure: Failure | null;
}

export interface Failure {
  /** What was wrong, its kind before a colon. */
  readonly message: string;
  /** Of its history: the first of a run with this seed. */
  readonly seed: number;
  /** The shortest history found that fails, as JSON. */
  readonly history: string;
  readonly commands: number;
  /** How many operations had been tried when it came up. */
  readonly afterOperations: number;
}

/** Between two lines about how far it is. */
const HISTORIES_A_LINE = 25;

/** Tries random histories until so many operations are done or one fails. Which ones, follows from the seed alone. */
export async function simulate(simulation: Simulation): Promise<Simulated> {
  const { directory, threads } = simulation;
  const players = threads ? Array.from({ length: threads.count }, () => inThread(threads.file, directory)) : [await here(directory)];
  try {
    return await playAll(simulation, players);
  } finally {
    await Promise.all(players.map((player) => player.close()));
  }
}

async function playAll({ seed, operations, known = [], say, signal }: Simulation, players: readonly Player[]): Promise<Simulated> {
  const tasks = tasksOf(seed, operations, known);
  const results: Tried[] = [];
  const isOver = (): boolean => signal?.aborted === true || results.some(({ failure }) => failure !== null);
  const work = async (player: Player): Promise<void> => {
    for (let next = tasks.next(); !next.done && !isOver(); next = tasks.next()) {
      const { number, task } = next.value;
      results[number] = await player.try(task);
      if (number % HISTORIES_A_LINE === HISTORIES_A_LINE - 1) say(`${countsOf(results).operations} operations in ${number + 1} histories`);
    }
  };
  await Promise.all(players.map(work));
  return summed(results);
}

interface Numbered {
  readonly number: number;
  readonly task: Task;
}

/** In the order in which they are begun. */
function* tasksOf(seed: number, operations: number, known: readonly History[]): Generator<Numbered, undefined> {
  for (const [number, history] of known.entries()) yield { number, task: { history } };
  for (let number = 0, begun = 0; begun < operations; number += 1) {
    const task = { seed: seedOf(seed, number) };
    begun += historyOf(task.seed).operations.length;
    yield { number: known.length + number, task };
  }
}

/** Of the failures, the one that was begun first: that is the same however many players there are. */
function summed(results: readonly Tried[]): Simulated {
  const number = results.findIndex((tried) => tried?.failure);
  const failing = results[number];
  if (!failing?.failure || !failing.shortest) return { ...countsOf(results), lost: 0, failure: null };
  const { failure: message, shortest } = failing;
  const afterOperations = countsOf(results.slice(0, number + 1)).operations;
  return { ...countsOf(results), lost: message.startsWith('lost:') ? 1 : 0, failure: { message, seed: shortest.seed, history: JSON.stringify(shortest), commands: shortest.operations.length, afterOperations } };
}

function countsOf(results: readonly Tried[]): Counts {
  const played = results.filter(Boolean);
  const sum = (of: (tried: Tried) => number): number => played.reduce((total, tried) => total + of(tried), 0);
  return { operations: sum((tried) => tried.operations), runs: played.length, saves: sum((tried) => tried.saves), faults: sum((tried) => tried.faults), twice: played.filter((tried) => tried.repeated !== null).length, repeated: played.filter((tried) => tried.repeated).length };
}
