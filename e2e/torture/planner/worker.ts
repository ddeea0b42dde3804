import { parentPort, workerData } from 'node:worker_threads';
import { checkCases, type Share } from '../../../electron/engine/testing/planner/check-cases.ts';

/** A thread that checks one share of cases (`threads.ts`). */
parentPort?.postMessage(checkCases(workerData as Share));
