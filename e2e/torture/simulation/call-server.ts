import { spawn, type ChildProcess, type SpawnSyncReturns } from 'node:child_process';
import type { ProcessRequest } from '../../../electron/engine/ports.ts';

export interface CallEnd {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** What goes over the pipe before the bytes of both streams. */
interface Answer {
  readonly status: number | null;
  readonly signal: string | null;
  readonly error: string | null;
  readonly out: number;
  readonly err: number;
}

/** A real git that takes longer than this is a fault of the simulation. */
const REAL_LIMIT_MS = 60_000;

/**
 * Starts processes from a small process: to start one costs the more the more memory the starter has, and a simulation
 * starts many thousands. One after the other, in the order of the calls.
 */
export class CallServer {
  readonly #child: ChildProcess;
  readonly #waiting: { resolve: (end: CallEnd) => void; reject: (error: Error) => void }[] = [];
  #heard: Buffer[] = [];
  #length = 0;

  constructor() {
    this.#child = spawn(process.execPath, ['-e', `(${serve.toString()})(${REAL_LIMIT_MS})`], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.#heard.push(chunk);
      this.#length += chunk.length;
      while (this.#take());
    });
    this.#child.once('close', () => {
      for (const { reject } of this.#waiting.splice(0)) reject(new Error('the server of calls is gone'));
    });
  }

  call({ command, args, cwd, env }: ProcessRequest, input: Buffer = Buffer.alloc(0)): Promise<CallEnd> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      const header = Buffer.from(JSON.stringify({ command, args, cwd, env, input: input.length }));
      const length = Buffer.alloc(4);
      length.writeUInt32BE(header.length);
      this.#child.stdin?.write(Buffer.concat([length, header, input]));
    });
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.stdin?.end();
    await closed;
  }

  /** The next whole answer, handed to who asked; false: there is none yet. */
  #take(): boolean {
    if (this.#length < 4) return false;
    const all = this.#heard.length === 1 ? this.#heard[0] : Buffer.concat(this.#heard);
    if (!all) return false;
    this.#heard = [all];
    const headerEnd = 4 + all.readUInt32BE(0);
    if (all.length < headerEnd) return false;
    const { status, signal, error, out, err } = JSON.parse(all.toString('utf8', 4, headerEnd)) as Answer;
    if (all.length < headerEnd + out + err) return false;
    const rest = all.subarray(headerEnd + out + err);
    this.#heard = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
    const asker = this.#waiting.shift();
    if (error === null) asker?.resolve({ status, signal, stdout: all.subarray(headerEnd, headerEnd + out), stderr: all.subarray(headerEnd + out, headerEnd + out + err) });
    else asker?.reject(new Error(error));
    return true;
  }
}

/** Sent to the other process as text: it may use nothing from around it. */
function serve(limitMs: number): void {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { readSync, writeSync } = process.getBuiltinModule('node:fs');
  const read = (length: number): Buffer => {
    const bytes = Buffer.alloc(length);
    for (let have = 0; have < length; ) {
      const count = readSync(0, bytes, have, length - have, null);
      if (count === 0) process.exit(0);
      have += count;
    }
    return bytes;
  };
  const write = (bytes: Buffer): void => {
    for (let done = 0; done < bytes.length; ) done += writeSync(1, bytes, done);
  };
  interface Call {
    readonly command: string;
    readonly args: readonly string[];
    readonly cwd: string;
    readonly env: Record<string, string>;
    readonly input: number;
  }
  const call = ({ command, args, cwd, env }: Call, input: Buffer): Partial<SpawnSyncReturns<Buffer>> => {
    try {
      return spawnSync(command, args, { cwd, env, input, timeout: limitMs, maxBuffer: 256 * 1024 * 1024 });
    } catch (error) {
      // An argument that no process can be given.
      return { status: null, signal: null, error: error as Error };
    }
  };
  for (;;) {
    const header = JSON.parse(read(read(4).readUInt32BE(0)).toString('utf8')) as Call;
    const { status, signal, stdout, stderr, error } = call(header, read(header.input));
    const [out, err] = [stdout ?? Buffer.alloc(0), stderr ?? Buffer.alloc(0)];
    const answer = Buffer.from(JSON.stringify({ status, signal, error: error ? `${String(error)}: ${header.args.join(' ')}` : null, out: out.length, err: err.length }));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(answer.length);
    write(Buffer.concat([length, answer, out, err]));
  }
}
