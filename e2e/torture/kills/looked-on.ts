import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { constants, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';
import { CHANGING_SET, parseCall } from './mutating-calls.ts';
import type { Product } from './product.ts';
import { Program } from './program.ts';
import type { World } from './world.ts';

const LOOK_MS = 5;

/**
 * Looks on while the program runs, and kills it right after a change of its own that is told by number.
 * strace stops all of it (SIGSTOP) at each changing call, so that nothing else happens before it is decided what the
 * call was: most are wake-ups among its own threads. What git does is not looked at here (`-b execve`).
 */
export class LookedOn {
  /** The changes below the world, since `begin`. */
  readonly calls: string[] = [];
  readonly #world: World;
  readonly #fifo: string;
  readonly #owing = new Set<number>();
  readonly #seen: Promise<unknown>;
  #tracer = 0;
  #counting = false;
  #killAfter: (label: string, count: number) => boolean = () => false;
  /** Its process, once it was killed. */
  #killed: number | null = null;

  constructor(world: World) {
    this.#world = world;
    this.#fifo = world.path('calls');
    execFileSync('mkfifo', [this.#fifo]);
    // Not a file stream: that would keep a thread of ours waiting.
    const lines = new Socket({ fd: openSync(this.#fifo, constants.O_RDONLY | constants.O_NONBLOCK), readable: true, writable: false });
    this.#seen = once(createInterface(lines).on('line', (line) => this.#see(line)), 'close');
  }

  /** Starts the program under our eyes. With one thread for files the order of the changes is the same in every run. */
  start({ daemon }: Product): Program {
    const look = ['-f', '-b', 'execve', '-y', '-s', '0', '-o', this.#fifo, '-e', `trace=${CHANGING_SET}`, '-e', `inject=${CHANGING_SET}:signal=STOP`];
    const program = new Program(this.#world, ['strace', ...look, ...daemon], { ...this.#world.env, UV_THREADPOOL_SIZE: '1' });
    this.#tracer = program.pid;
    return program;
  }

  /** Counts from now on; `killAfter`: whether this is the change after which to kill. */
  begin(killAfter: (label: string, count: number) => boolean = () => false): void {
    this.#killAfter = killAfter;
    this.#counting = true;
  }

  /** The change after which it was killed; null: there were not so many. */
  get killedAt(): string | null {
    return this.#killed === null ? null : (this.calls.at(-1) ?? '');
  }

  /** Resolves when nothing of the program is left, and all that it did is counted. */
  async gone(): Promise<void> {
    await this.#seen;
    while (this.#killed !== null && threadsOf(this.#killed) > 1) await after(LOOK_MS);
    rmSync(this.#fifo);
  }

  #see(line: string): void {
    const call = parseCall(line, this.#world.directory);
    if (call) {
      // Its thread will stop, and owes us a "stopped" before it may go on.
      this.#owing.add(call.thread);
      if (call.counts && this.#counting) this.#count(call.label, call.thread);
      return;
    }
    const stopped = /^(\d+) +--- stopped by SIGSTOP/.exec(line)?.[1];
    if (stopped === undefined || !this.#owing.delete(Number(stopped))) return;
    signal(Number(stopped), 'SIGCONT');
  }

  #count(label: string, thread: number): void {
    this.calls.push(label);
    if (this.#killed !== null || !this.#killAfter(label, this.calls.length)) return;
    this.#killed = processOf(thread);
    signal(this.#killed, 'SIGKILL');
    // Between being stopped and being killed, threads may wait for strace, and it for them for ever (strace 6.1).
    signal(this.#tracer, 'SIGKILL');
  }
}

const processOf = (thread: number): number => Number(/^Tgid:\s+(\d+)/m.exec(readFileSync(`/proc/${thread}/status`, 'utf8'))?.[1] ?? thread);

/** One: what is left is for its parent to see that it ended. */
function threadsOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).length;
  } catch {
    return 0;
  }
}

function signal(pid: number, name: 'SIGCONT' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone by itself.
  }
}
