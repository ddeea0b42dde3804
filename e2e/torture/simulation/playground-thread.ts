import { parentPort, workerData } from 'node:worker_threads';
import { Playground, type Task } from './playground.ts';

/** A thread with a playground of its own (`players.ts`): answers each task, until it is told that there is none. */
const { directory } = workerData as { readonly directory: string };
const playground = await Playground.open(directory);
parentPort?.on('message', (task: Task | null) => {
  if (task) void playground.try(task).then((tried) => parentPort?.postMessage(tried));
  else void playground.close().then(() => parentPort?.close());
});
