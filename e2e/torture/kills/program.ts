import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { attachEngine, type AttachedEngine } from '../../../electron/control/attached-engine.ts';
import type { World } from './world.ts';

const READY_LIMIT_MS = 30_000;

/** The daemon on the home of a world. */
export class Program {
  /** Resolves when the process is gone, whatever the reason. */
  readonly ended: Promise<void>;
  readonly #world: World;
  readonly #child: ChildProcess;
  readonly #ready: Promise<boolean>;
  #said = '';
  #attached: AttachedEngine | null = null;

  /** `command`: the daemon's, perhaps under something that looks on. */
  constructor(world: World, command: readonly [string, ...string[]], env: Readonly<Record<string, string>> = world.env, cwd?: string) {
    this.#world = world;
    const [file, ...args] = command;
    this.#child = spawn(file, args, { cwd, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.ended = once(this.#child, 'exit').then(() => this.#attached?.close());
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.#said += chunk.toString()));
    this.#ready = new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`The daemon was not ready within ${READY_LIMIT_MS / 1000} s`)), READY_LIMIT_MS);
      const settle = (ready: boolean) => {
        clearTimeout(late);
        resolve(ready);
      };
      if (this.#child.stdout) createInterface(this.#child.stdout).once('line', () => settle(true));
      void this.ended.then(() => settle(false));
    });
    this.#ready.catch(() => undefined);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get runs(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What it wrote to its standard error. */
  get said(): string {
    return this.#said;
  }

  /** Its state and its commands, once it watches the folders; null when it ended before that. */
  async attached(): Promise<AttachedEngine | null> {
    if (!(await this.#ready)) return null;
    this.#attached ??= await attachEngine(this.#world.path('home/lockstep.sock')).catch(() => null);
    return this.#attached;
  }

  /** As a person would; under strace, the program itself. */
  async stop(): Promise<void> {
    if (!this.runs) return;
    const pid = (await this.attached())?.store.get().pid;
    if (pid === undefined) this.#child.kill('SIGTERM');
    else process.kill(pid, 'SIGTERM');
    await this.ended;
  }
}
