import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { run, type Surroundings } from './surroundings.ts';

const cli = resolve(process.cwd(), 'out/cli.js');

/** One headless machine of the benchmark: a home, and its daemon while it runs. */
export class Machine {
  readonly home: string;
  readonly #surroundings: Surroundings;
  #daemon: ChildProcess | null = null;

  constructor(surroundings: Surroundings, name: string) {
    this.#surroundings = surroundings;
    this.home = join(surroundings.directory, `home-${name}`);
    mkdirSync(this.home, { recursive: true });
  }

  /** Runs a command of the program; gives its output. */
  async command(...args: string[]): Promise<string> {
    return run(this.#surroundings, process.execPath, [cli, '--home', this.home, ...args], this.#surroundings.directory);
  }

  /** The same, for a command that reads a secret. */
  async tell(secret: string, ...args: string[]): Promise<void> {
    const child = spawn(process.execPath, [cli, '--home', this.home, ...args], { cwd: this.#surroundings.directory, env: this.#surroundings.env, stdio: ['pipe', 'ignore', 'inherit'] });
    child.stdin.end(`${secret}\n`);
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`${args.slice(0, 2).join(' ')} ended with ${code}`);
  }

  /** Milliseconds from the start of the process to its "ready" line. */
  async start(): Promise<number> {
    const began = performance.now();
    const daemon = spawn(process.execPath, [cli, '--home', this.home, 'daemon'], { env: this.#surroundings.env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#daemon = daemon;
    for await (const line of createInterface({ input: daemon.stdout })) if (line.includes('"ready"')) return performance.now() - began;
    throw new Error('the daemon ended before it was ready');
  }

  async stop(): Promise<void> {
    const daemon = this.#daemon;
    if (!daemon || daemon.exitCode !== null) return;
    daemon.kill('SIGTERM');
    await once(daemon, 'exit');
  }

  /** Resident memory, MB (10^6 bytes). */
  residentMb(): number {
    const pages = Number(readFileSync(`/proc/${this.pid}/statm`, 'utf8').split(' ')[1]);
    return (pages * 4096) / 1e6;
  }

  /** Open files, sockets and watches. */
  descriptors(): number {
    return readdirSync(`/proc/${this.pid}/fd`).length;
  }

  /** Processor time used so far, children that have ended included; seconds. */
  cpuSeconds(): number {
    const fields = readFileSync(`/proc/${this.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
  }

  get pid(): number {
    if (!this.#daemon?.pid) throw new Error('the daemon is not running');
    return this.#daemon.pid;
  }
}
