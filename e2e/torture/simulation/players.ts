import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { historyOf } from './history.ts';
import { Playground, type Task, type Tried } from './playground.ts';

/** Plays one history after the other. */
export interface Player {
  try(task: Task): Promise<Tried>;
  close(): Promise<void>;
}

/** Room for what is gone again at once: collecting it less often is a tenth of the time. */
const YOUNG_MB = 64;

/** A player in a thread of its own, which runs the given file (`playground-thread.ts`, built). */
export function inThread(file: URL, directory: string): Player {
  const thread = new Worker(file, { workerData: { directory }, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
  return {
    try: (task) =>
      new Promise((resolve) => {
        const settle = (tried: Tried): void => {
          thread.off('message', settle).off('error', crashed).off('exit', ended);
          resolve(tried);
        };
        const fails = (failure: string): void => settle({ failure, operations: 0, saves: 0, faults: 0, repeated: null, shortest: 'history' in task ? task.history : historyOf(task.seed) });
        const crashed = (error: Error): void => fails(`crashed: ${error.stack ?? error.message}`);
        // With nothing left to wait for: something in the history is waited for that never comes.
        const ended = (): void => fails('stuck: the history never ends');
        thread.on('message', settle).on('error', crashed).on('exit', ended);
        thread.postMessage(task);
      }),
    close: async () => {
      const exit = once(thread, 'exit');
      thread.postMessage(null);
      if (thread.threadId !== -1) await exit;
    },
  };
}

/** A player here, where no thread can be had: everything else waits. */
export const here = (directory: string): Promise<Player> => Playground.open(directory);
