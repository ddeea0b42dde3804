import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessRequest } from '../../../electron/engine/ports.ts';

export interface CallEnd {
  /** As a shell tells it: 128 and the number of the signal that ended it. */
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** A process that answers questions, until it is closed. */
export interface KeptCall {
  /** Writes a question and reads until the answer is whole, or the process has ended. */
  ask(question: Buffer, isWhole: (answer: Buffer) => boolean): Buffer;
  close(): void;
}

/** A real git that works longer than this is a fault of the simulation. */
const MOST_SECONDS = 60;
const NOTHING = Buffer.alloc(0);

/**
 * Starts processes from a shell: to start one costs the more the more memory the starter has, and a simulation starts many
 * thousands. Every call is waited for in place: nothing is left to the order in which the system tells of events.
 */
export class CallServer {
  readonly #directory: string;
  readonly #shell: ChildProcess;
  readonly #orders: number;
  readonly #answers: number;
  readonly #files: Readonly<Record<'in' | 'out' | 'err', string>>;
  #kept = 0;

  /** `directory`: of its own, best in memory; made here, and removed by `close`. */
  constructor(directory: string) {
    mkdirSync(directory);
    this.#directory = directory;
    this.#files = { in: join(directory, 'in'), out: join(directory, 'out'), err: join(directory, 'err') };
    execFileSync('mkfifo', ['orders', 'answers'], { cwd: directory });
    this.#shell = spawn('/bin/sh', ['-c', 'exec /bin/sh <orders >answers'], { cwd: directory, env: {}, stdio: ['ignore', 'ignore', 'inherit'] });
    // In the shell's order: each waits until the other side is opened too.
    this.#orders = openSync(join(directory, 'orders'), 'w');
    this.#answers = openSync(join(directory, 'answers'), 'r');
    this.#order(`ulimit -t ${MOST_SECONDS}`);
  }

  async call(request: ProcessRequest, input: Buffer = NOTHING): Promise<CallEnd> {
    const { in: source, out, err } = this.#files;
    if (input.length > 0) writeFileSync(source, input);
    this.#order(`if cd ${quoted(request.cwd)}; then ${commandLine(request)} <${input.length > 0 ? quoted(source) : '/dev/null'} >${quoted(out)} 2>${quoted(err)}; echo $?; else echo; fi`);
    const answer = this.#answer();
    if (answer === '') throw new Error(`there is no ${request.cwd}`);
    return { status: Number(answer), stdout: readFileSync(out), stderr: readFileSync(err) };
  }

  /** Starts a process that goes on running. What it says about errors is not heard. */
  keep(request: ProcessRequest): KeptCall {
    const [questions, answers] = ['questions', 'answers'].map((name) => join(this.#directory, `${name}-${this.#kept}`)) as [string, string];
    this.#kept += 1;
    this.#order(`PATH=${quoted(request.env['PATH'] ?? '')} mkfifo ${quoted(questions)} ${quoted(answers)}; echo $?`);
    if (this.#answer() !== '0') throw new Error(`${questions} could not be made`);
    this.#order(`{ cd ${quoted(request.cwd)} && ${commandLine(request)}; } <${quoted(questions)} >${quoted(answers)} 2>/dev/null &`);
    const [writing, reading] = [openSync(questions, 'w'), openSync(answers, 'r')];
    for (const pipe of [questions, answers]) rmSync(pipe);
    return {
      ask: (question, isWhole) => asked(writing, reading, question, isWhole),
      close: () => [writing, reading].forEach(closeSync),
    };
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#shell.once('close', resolve));
    for (const pipe of [this.#orders, this.#answers]) closeSync(pipe);
    await closed;
    rmSync(this.#directory, { recursive: true });
  }

  #order(line: string): void {
    writeAll(this.#orders, Buffer.from(`${line}\n`));
  }

  /** The next line that the shell prints, without its end. */
  #answer(): string {
    const bytes = Buffer.alloc(64);
    let line = '';
    while (!line.endsWith('\n')) {
      const count = readSync(this.#answers, bytes);
      if (count === 0) throw new Error('the shell that starts processes is gone');
      line += bytes.toString('latin1', 0, count);
    }
    return line.trimEnd();
  }
}

/** A command of a shell: the whole environment before it, everything quoted. */
function commandLine({ command, args, env }: ProcessRequest): string {
  const words = [...Object.entries(env).map(([name, value]) => `${name}=${quoted(value)}`), ...[command, ...args].map(quoted)];
  const line = words.join(' ');
  if (line.includes('\0')) throw new Error(`no process can be given this argument: ${JSON.stringify(args)}`);
  return line;
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

function asked(writing: number, reading: number, question: Buffer, isWhole: (answer: Buffer) => boolean): Buffer {
  let answer = NOTHING;
  try {
    writeAll(writing, question);
    const bytes = Buffer.alloc(65_536);
    for (let count = 1; count > 0 && !isWhole(answer); ) {
      count = readSync(reading, bytes);
      answer = Buffer.concat([answer, bytes.subarray(0, count)]);
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  }
  return answer;
}

function writeAll(file: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}
