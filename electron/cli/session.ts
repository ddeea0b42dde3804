import { setTimeout as wait } from 'node:timers/promises';
import { ENGINE_COMMANDS, type EngineCommand } from '../../shared/commands.ts';
import { problemSentence } from '../../shared/text/problem-text.ts';
import type { Text } from '../../shared/text/text.ts';
import type { DispatchContext } from '../control/dispatch.ts';
import { homeHolder } from '../control/home-lock.ts';
import { connectEngine, type RemoteEngine } from '../control/socket-client.ts';
import { LockstepError } from '../engine/errors.ts';
import type { Home } from '../engine/home.ts';
import { nodeFiles } from '../engine/ports/node-files.ts';
import { nodeProcesses } from '../engine/ports/node-processes.ts';
import type { Log } from '../engine/ports.ts';
import type { Invocation } from './invocation.ts';
import type { Output } from './output.ts';

interface Asked {
  readonly home: Home;
  readonly invocation: Invocation;
  readonly text: Text;
  readonly out: Output;
}

type Way = Pick<DispatchContext, 'handlers' | 'log'>;

/** A program that has just been started holds the home before it can be reached; so does another command for a moment. */
const REACH_LIMIT_MS = 15_000;
const REACH_EVERY_MS = 40;

const SILENT: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Runs `work` with a way to the handlers: those of the running program, or, where none runs and the command needs none,
 * of an engine opened here under the home's lock. Throws `not-running`.
 */
export async function withEngine<T>(asked: Asked, command: EngineCommand, work: (way: Way) => Promise<T>): Promise<T> {
  const { home, invocation } = asked;
  const limit = performance.now() + REACH_LIMIT_MS;
  for (;;) {
    const remote = await reached(home);
    if (remote) {
      try {
        return await work({ handlers: remote.handlers, log: SILENT });
      } finally {
        remote.close();
      }
    }
    const holder = await homeHolder({ files: nodeFiles, processes: nodeProcesses }, home);
    if (holder === null) {
      if (ENGINE_COMMANDS[command].kind !== 'offline') throw new LockstepError('not-running', { home: home.directory });
      const done = await offline(asked, work);
      if (done) return done.value;
    }
    if (performance.now() > limit) throw new LockstepError('already-running', holder === null ? {} : { pid: holder });
    await wait(REACH_EVERY_MS, undefined, { signal: invocation.ending });
  }
}

/** One that is just ending takes a connection and drops it: that is as good as none. */
async function reached({ socketFile }: Home): Promise<RemoteEngine | null> {
  try {
    return await connectEngine(socketFile);
  } catch (error) {
    if (error instanceof LockstepError && error.code === 'not-running') return null;
    throw error;
  }
}

/** Null when somebody else took the home in the meantime. The engine is loaded only when it is needed. */
async function offline<T>({ home, invocation, text, out }: Asked, work: (way: Way) => Promise<T>): Promise<{ value: T } | null> {
  const { openOffline } = await import('./offline-engine.ts');
  const engine = await openOffline(home, invocation.env);
  if (!engine) return null;
  for (const problem of engine.problems) out.noteOnce(problemSentence(text, problem, { nowMs: Date.now() }));
  try {
    return { value: await work(engine) };
  } finally {
    await engine.close();
  }
}
