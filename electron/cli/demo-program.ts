import { spawn, type ChildProcess } from 'node:child_process';
import { posix } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { attachEngine, type AttachedEngine } from '../control/attached-engine.ts';
import { LockstepError } from '../engine/errors.ts';
import type { Host } from '../engine/ports.ts';
import type { DemoMachine } from './demo-place.ts';

/** One of the demo's machines, running: the daemon, or the app where there is a display. */
export interface DemoProgram {
  readonly machine: DemoMachine;
  readonly engine: AttachedEngine;
  /** Resolves when it ended, whoever ended it. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 50;
/** The program itself promises five. */
const STOP_LIMIT_MS = 6_000;

/** Starts it and waits until its folder is watched and its signal link is up. */
export async function startDemoProgram(machine: DemoMachine, env: Host['env'], ending: AbortSignal): Promise<DemoProgram> {
  const child = start(machine, env);
  // Even if this process ends by a surprise, none of its own stays behind.
  const killNow = () => void child.kill('SIGKILL');
  process.once('exit', killNow);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await Promise.race([ended, wait(STOP_LIMIT_MS, undefined, { ref: false }).then(killNow)]);
    await ended;
    process.removeListener('exit', killNow);
  };
  try {
    const engine = await reached(machine, ended, ending);
    await until(engine, ended, ending, (state) => state.ready && state.signal.fanout.state === 'online' && state.folders.every(({ phase }) => phase === 'watching'));
    return { machine, engine, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function start({ home }: DemoMachine, env: Host['env']): ChildProcess {
  const electron = env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? env['LOCKSTEP_DEMO_ELECTRON'] : undefined;
  const script = process.argv[1] ?? '';
  const [command, args] = electron
    ? [electron, [...(env['LOCKSTEP_DEMO_ELECTRON_ARGS'] ?? '').split(' ').filter(Boolean), posix.resolve(script, '../..'), '--home', home.directory]]
    : [process.execPath, [script, 'daemon', '--home', home.directory]];
  const { LOCKSTEP_HOME: _other, ...own } = env;
  // Chromium talks a lot about the desktop it finds; what matters is in the home's log.
  return spawn(command, args, { env: own, stdio: ['ignore', 'ignore', electron ? 'ignore' : 'inherit'] });
}

async function reached({ home }: DemoMachine, ended: Promise<void>, ending: AbortSignal): Promise<AttachedEngine> {
  const limit = performance.now() + START_LIMIT_MS;
  let over = false;
  void ended.then(() => (over = true));
  while (!over && performance.now() < limit) {
    const engine = await attachEngine(home.socketFile);
    if (engine) return engine;
    await wait(LOOK_EVERY_MS, undefined, { signal: ending });
  }
  throw new LockstepError('not-available', { detail: `The program on ${home.directory} did not start; its log is ${home.logFile}` });
}

type State = ReturnType<AttachedEngine['store']['get']>;

/** Resolves at the first state that fulfils it. Throws when the program ends before, or the demo is ended. */
export function until(engine: AttachedEngine, ended: Promise<void>, ending: AbortSignal, fulfilled: (state: State) => boolean | Promise<boolean>): Promise<void> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => finish(new LockstepError('timeout')), START_LIMIT_MS);
    const called = () => finish(new LockstepError('cancelled'));
    let unsubscribe = (): void => undefined;
    const finish = (error?: Error) => {
      clearTimeout(limit);
      ending.removeEventListener('abort', called);
      unsubscribe();
      if (error) reject(error);
      else resolve();
    };
    ending.addEventListener('abort', called, { once: true });
    void ended.then(() => finish(new LockstepError('not-running')));
    unsubscribe = engine.store.subscribe((state) => void Promise.resolve(fulfilled(state)).then((yes) => yes && finish(), finish));
  });
}
