import { join } from 'node:path';
import { createSecretCheck } from '../../../electron/engine/secrets/secret-check.ts';
import { CallServer } from './call-server.ts';
import { historyOf, type History } from './history.ts';
import { memoryPlace, type MemoryPlace } from './memory-place.ts';
import { kindOf, play, type Played } from './play.ts';
import { shorten } from './shorten.ts';
import { makeTemplate, type Template } from './template.ts';

/** What is to be played: a history, or the one of a seed. */
export type Task = { readonly history: History } | { readonly seed: number };

export interface Tried extends Omit<Played, 'trace'> {
  /** The shortest history found that fails in this way; null when none did. */
  readonly shortest: History | null;
  /** Whether it went the same way when it was played again; null: it was not. */
  readonly repeated: boolean | null;
}

/**
 * Each so-and-so-many-th history that passes is played again. Not all go the same way: git itself looks at the system's
 * clock when it decides whether it writes its index anew, and whoever watches sees that.
 */
const REPEATED_OF = 50;
/** Enough to bring a hundred operations to a few; each takes about as long as what is left of the history. */
const SHORTENING_REPLAYS = 120;

/** A world to be laid out again and again, in memory. One history at a time. */
export class Playground {
  readonly #place: MemoryPlace;
  readonly #server: CallServer;
  readonly #template: Template;

  private constructor(place: MemoryPlace, server: CallServer, template: Template) {
    this.#place = place;
    this.#server = server;
    this.#template = template;
  }

  /** `directory`: where it may write when there is no file system in memory. */
  static async open(directory: string): Promise<Playground> {
    const place = memoryPlace(directory);
    const server = new CallServer(join(place.path, 'calls'));
    // The detector is loaded with the first file that needs it: at a moment which the simulation does not rule.
    await createSecretCheck()('x', Buffer.from('ghp_x'));
    return new Playground(place, server, await makeTemplate(place, server));
  }

  /** Plays a history; one that fails is made as short as can be, within a limit. */
  async try(task: Task): Promise<Tried> {
    const history = 'history' in task ? task.history : historyOf(task.seed);
    const { trace, ...played } = await play(this.#template, history);
    if (played.failure === null && history.seed % REPEATED_OF !== 0) return { ...played, shortest: null, repeated: null };
    const again = await play(this.#template, history);
    const repeated = again.trace === trace && again.failure === played.failure;
    if (played.failure === null && again.failure === null) return { ...played, shortest: null, repeated };
    const failure = played.failure ?? again.failure ?? '';
    // What came up once only is not to be made shorter: most of what passes would pass by chance.
    const isSteady = played.failure !== null && again.failure !== null && kindOf(again.failure) === kindOf(failure);
    return { ...played, failure, shortest: isSteady ? await this.#shorten(history, played.operations, kindOf(failure)) : history, repeated };
  }

  async close(): Promise<void> {
    await this.#server.close();
    this.#place.remove();
  }

  async #shorten(whole: History, begun: number, kind: string): Promise<History> {
    const history = upTo(whole, begun);
    const fails = async (candidate: History): Promise<boolean> => {
      const { failure } = await play(this.#template, candidate);
      return failure !== null && kindOf(failure) === kind;
    };
    return shorten((await fails(history)) ? history : whole, fails, SHORTENING_REPLAYS);
  }
}

/** What had begun when it failed. What would have come next is no part of the failure. */
const upTo = (history: History, operations: number): History => ({ ...history, operations: history.operations.slice(0, operations) });
