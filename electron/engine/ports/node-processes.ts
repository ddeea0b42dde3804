import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { systemCode } from '../errors.ts';
import type { Processes, ProcessRequest, RunningProcess } from '../ports.ts';
import { beingWritten } from './node-writers.ts';

/** How long a process that has ended may keep its pipes open through children of its own. */
const PIPES_AFTER_EXIT_MS = 2_000;

function start({ command, args, cwd, env, secret }: ProcessRequest): RunningProcess {
  // Detached: a session and group of its own, so that what git starts itself can be ended with it.
  const child: ChildProcess = spawn(command, args, { cwd, env, detached: true, stdio: secret === undefined ? 'pipe' : ['pipe', 'pipe', 'pipe', 'pipe'] });
  if (secret !== undefined) tell(child.stdio[3], secret);
  const pid = child.pid ?? 0;
  // Out of file descriptors there are no streams at all.
  const stdin = child.stdin ?? new Writable({ write: (_chunk, _encoding, done) => done() });
  // A process that ends before it has read everything is told by its exit code, not by EPIPE.
  stdin.on('error', () => undefined);
  const ended = endOf(child);
  ended.catch(() => undefined);
  return {
    pid,
    stdin,
    stdout: child.stdout ?? Readable.from([]),
    stderr: child.stderr ?? Readable.from([]),
    ended,
    kill: (signal) => killGroup(pid, signal),
  };
}

/** Few ask for it, and then it is nobody's any more. */
function tell(pipe: ChildProcess['stdio'][3], secret: string): void {
  if (!(pipe instanceof Writable)) return;
  pipe.on('error', () => undefined);
  // It is a socket, and would keep what the process itself has closed.
  if (pipe instanceof Readable) pipe.resume();
  pipe.end(secret);
}

function endOf(child: ChildProcess): RunningProcess['ended'] {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    child.once('error', (error) => {
      if (child.pid === undefined) reject(error);
    });
    child.once('exit', () => {
      timer = setTimeout(() => cutPipes(child), PIPES_AFTER_EXIT_MS);
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal });
    });
  });
}

/** Closes pipes that only a grandchild holds open. What is buffered for a slow reader stays: it is the answer. */
function cutPipes(child: ChildProcess): void {
  // One turn of the loop first: it may have been busy while the last output lay in the pipe.
  setImmediate(() => {
    const pipes = [child.stdout, child.stderr].filter((pipe) => pipe !== null && !pipe.closed);
    const waiting = pipes.filter((pipe) => pipe && pipe.readableLength > 0);
    for (const pipe of pipes) if (!waiting.includes(pipe)) pipe?.destroy();
    if (waiting.length > 0) setTimeout(() => cutPipes(child), PIPES_AFTER_EXIT_MS);
  });
}

function killGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  // Never started; -0 would be our own group.
  if (pid <= 0) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // macOS answers EPERM for a group of which only zombies are left.
    if (systemCode(error) !== 'ESRCH' && systemCode(error) !== 'EPERM') throw error;
  }
}

async function startTime(pid: number): Promise<string | null> {
  if (process.platform !== 'linux') return startTimeByPs(pid);
  try {
    const [stat, boot] = await Promise.all([readFile(`/proc/${pid}/stat`, 'latin1'), readFile('/proc/sys/kernel/random/boot_id', 'latin1')]);
    // The command name in parentheses may hold spaces and parentheses itself; proc(5): state is field 3, start time field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, ticks] = [fields[0], fields[19]];
    // Ticks count from the boot, and boots resemble each other: the boot's own id tells them apart.
    return state === 'Z' || state === 'X' || !ticks ? null : `${ticks}@${boot.trim()}`;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ESRCH') return null;
    throw error;
  }
}

async function startTimeByPs(pid: number): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], { env: { PATH: '/bin:/usr/bin', LC_ALL: 'C' }, timeout: 5_000 });
    return stdout.trim() || null;
  } catch {
    return null;
  }
}

export const nodeProcesses: Processes = { start, startTime, beingWritten };
