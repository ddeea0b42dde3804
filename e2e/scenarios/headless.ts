import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { nodeProcesses } from '../../electron/engine/ports/node-processes.ts';
import { PRODUCT, type Machine } from '../machine.ts';

const READY_LIMIT_MS = 20_000;

/** The other host of the engine: the daemon, under plain Node. */
export interface Headless {
  readonly pid: number;
  stop(): Promise<void>;
}

export async function startDaemon(machine: Machine): Promise<Headless> {
  const child = spawn(process.execPath, [join(PRODUCT, 'out/cli.js'), 'daemon'], { env: { ...machine.env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  child.stderr.on('data', (data: Buffer) => said.push(data.toString()));
  const ready = once(createInterface(child.stdout), 'line', { signal: AbortSignal.timeout(READY_LIMIT_MS) });
  const gone = once(child, 'exit').then(() => Promise.reject(new Error(`The daemon ended:\n${said.join('')}`)));
  // Heard only until it is ready; later it ends because it is told to.
  gone.catch(() => undefined);
  await Promise.race([ready, gone]);
  return { pid: child.pid ?? 0, stop: () => end(child) };
}

/** Kills a daemon and puts this process in its place as holder of the home. The returned function gives the home back. */
export async function holdHome(machine: Machine, daemon: Headless): Promise<() => void> {
  const lock = machine.path('person/.local/state/lockstep/lockstep.lock');
  const holder = { pid: process.pid, startTime: await nodeProcesses.startTime(process.pid) };
  writeFileSync(`${lock}.test`, `${JSON.stringify(holder)}\n`);
  renameSync(`${lock}.test`, lock);
  process.kill(daemon.pid, 'SIGKILL');
  return () => rmSync(lock);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
