import fc from 'fast-check';
import { CallServer } from './call-server.ts';
import { Step, type History, type Model } from './history.ts';
import { memoryPlace } from './memory-place.ts';
import { randomOperation } from './random-operation.ts';
import { replay } from './replay.ts';
import { shorten } from './shorten.ts';
import { makeTemplate, type Template } from './template.ts';
import { World } from './world.ts';

export interface Simulation {
  readonly seed: number;
  /** How many operations to try, about. */
  readonly operations: number;
  /** Where it may write, when there is no file system in memory. */
  readonly directory: string;
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
}

interface Counts {
  operations: number;
  /** Histories. */
  runs: number;
  saves: number;
  faults: number;
}

export interface Simulated extends Readonly<Counts> {
  readonly lost: number;
  readonly failure: Failure | null;
}

export interface Failure {
  readonly message: string;
  /** With these two fast-check generates the same history again. */
  readonly seed: number;
  readonly path: string;
  /** The shortest history found that fails, as JSON. */
  readonly history: string;
  readonly commands: number;
  /** How many operations had been tried when it came up. */
  readonly afterOperations: number;
}

const HISTORIES_AT_ONCE = 8;
const MOST_OPERATIONS = 100;
const SHRINKING_MS = 60_000;

/** Tries random histories until so many operations are done or one fails, which is then made as short as can be. */
export async function simulate({ seed, operations, directory, say, signal }: Simulation): Promise<Simulated> {
  const place = memoryPlace(directory);
  const server = new CallServer();
  const counts: Counts = { operations: 0, runs: 0, saves: 0, faults: 0 };
  const isEnough = (): boolean => counts.operations >= operations || signal?.aborted === true;
  try {
    const template = await makeTemplate(place, server);
    for (let batch = 0; !isEnough(); batch += 1) {
      const failure = await tryHistories(template, seed + batch, counts, isEnough);
      say(`${counts.operations} operations in ${counts.runs} histories`);
      if (failure) return { ...counts, lost: failure.message.startsWith('lost:') ? 1 : 0, failure };
    }
    return { ...counts, lost: 0, failure: null };
  } finally {
    await server.close();
    place.remove();
  }
}

/** Some histories that follow from the seed. The first that fails is shortened by fast-check, within a limit. */
async function tryHistories(template: Template, seed: number, counts: Counts, isEnough: () => boolean): Promise<Failure | null> {
  const failing: { history: History | null; afterOperations: number; untilMs: number } = { history: null, afterOperations: 0, untilMs: 0 };
  const steps = fc.commands([randomOperation.map((operation) => new Step(operation))], { maxCommands: MOST_OPERATIONS, size: 'max' });
  const property = fc.asyncProperty(fc.nat(), fc.integer({ min: 2, max: 4 }), steps, async (worldSeed, machines, commands) => {
    if (failing.history ? Date.now() > failing.untilMs : isEnough()) return;
    const model: Model = { done: [] };
    try {
      await tryHistory(template, { seed: worldSeed, machines }, commands, model, failing.history ? null : counts);
    } catch (error) {
      if (!failing.history) Object.assign(failing, { afterOperations: counts.operations, untilMs: Date.now() + SHRINKING_MS });
      failing.history = { seed: worldSeed, machines, operations: model.done };
      throw error;
    }
  });
  const { counterexamplePath, errorInstance } = await fc.check(property, { seed, numRuns: HISTORIES_AT_ONCE });
  if (!failing.history) return null;
  const message = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  const shortest = await shortenWithin(SHRINKING_MS, template, failing.history, message);
  return { message, seed, path: counterexamplePath ?? '', history: JSON.stringify(shortest), commands: shortest.operations.length, afterOperations: failing.afterOperations };
}

/** fast-check leaves out commands; what is left is made simpler by what the operations mean. */
async function shortenWithin(limitMs: number, template: Template, history: History, message: string): Promise<History> {
  const untilMs = Date.now() + limitMs;
  const kind = message.slice(0, message.indexOf(':'));
  return shorten(history, async (candidate) => (await replay(template, candidate))?.message.startsWith(kind) === true, () => Date.now() > untilMs);
}

async function tryHistory(template: Template, options: { seed: number; machines: number }, commands: Iterable<fc.AsyncCommand<Model, World>>, model: Model, counts: Counts | null): Promise<void> {
  const world = await World.of(template, options);
  let ended = false;
  try {
    await fc.asyncModelRun(() => ({ model, real: world }), commands);
    await new Step({ do: 'stabilize' }).run(model, world);
    ended = true;
  } finally {
    if (counts) {
      counts.runs += 1;
      counts.operations += model.done.length;
      counts.saves += world.ledger.saves;
      counts.faults += world.machines.reduce((sum, { faults }) => sum + faults.struck, 0);
    }
    // What goes wrong at the end of a history that has failed says nothing.
    await world.close().catch((error: unknown) => {
      if (ended) throw error;
    });
  }
}
