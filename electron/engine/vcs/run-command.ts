import { setMaxListeners } from 'node:events';
import { LockstepError, systemCode } from '../errors.ts';
import type { Redactor } from '../log/redact.ts';
import type { Ports, ProcessRequest, RunningProcess } from '../ports.ts';
import { groupBytes } from './group-io.ts';
import { Semaphore } from './semaphore.ts';
import { Silence } from './silence.ts';

/** Between the polite and the forced end of a process group. */
const POLITE_MS = 2_000;
/** A network job that says nothing for so long is no load, and gives its place to others: one dead server must not make every folder wait. */
const LEAVES_PLACE_MS = 10_000;
const DEFAULT_MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const STDERR_TAIL_BYTES = 16 * 1024;

/** One run of a program, from start to end. */
export interface Command extends ProcessRequest {
  readonly stdin?: Buffer | string;
  /** The whole run, waiting for a place among the network jobs not counted. */
  readonly limitMs: number;
  /** Longest time without a sign of life; for transfers, which may last as long as bytes move. */
  readonly silenceMs?: number;
  /** In its place until the first byte. */
  readonly beforeFirstMs?: number;
  readonly maxOutputBytes?: number;
  readonly signal?: AbortSignal;
  /** Counts against the cap of network jobs. */
  readonly network?: boolean;
  /** Takes the output piece by piece instead of having it collected; no cap then. */
  readonly onOutput?: (chunk: Buffer) => void;
}

/** How a command ended, the reason first. Standard error: its last part, secrets taken out. */
export type CommandEnd =
  | { readonly ended: 'exit'; readonly code: number; readonly stdout: Buffer; readonly stderr: string }
  | { readonly ended: 'not-started'; readonly systemCode: string | undefined; readonly stderr: '' }
  /** `silentMs`: for how long nothing had come. */
  | { readonly ended: 'timed-out'; readonly silentMs: number; readonly stderr: string }
  | { readonly ended: 'cancelled' | 'too-much-output'; readonly stderr: string }
  | { readonly ended: 'killed'; readonly signal: string; readonly stderr: string };

type RunnerPorts = Pick<Ports, 'processes' | 'files' | 'clock' | 'log' | 'redactor'>;

type ForcedEnd = 'timed-out' | 'cancelled' | 'too-much-output';

/**
 * Starts programs, and knows those that run. Here and in `kept-process.ts` are the only uses of the Processes port:
 * arguments as a list and never a shell, the whole environment given, a limit on time and output, the end of a group as a group.
 */
export class CommandRunner {
  readonly #ports: RunnerPorts;
  readonly #running = new Set<RunningProcess>();
  readonly #network: Semaphore;
  readonly #stopped = new AbortController();

  constructor(ports: RunnerPorts, { networkJobs = 4 }: { networkJobs?: number } = {}) {
    this.#ports = ports;
    this.#network = new Semaphore(networkJobs);
    // As many commands as folders may listen for the end; that is no leak.
    setMaxListeners(0, this.#stopped.signal);
  }

  async run(command: Command): Promise<CommandEnd> {
    if (!command.network) return this.#run(command);
    try {
      const leave = await this.#network.enter(command.signal ? AbortSignal.any([command.signal, this.#stopped.signal]) : this.#stopped.signal);
      try {
        return await this.#run(command, leave);
      } finally {
        leave();
      }
    } catch (error) {
      if (error instanceof LockstepError && error.code === 'cancelled') return { ended: 'cancelled', stderr: '' };
      throw error;
    }
  }

  /** For processes that outlive one question (`kept-process.ts`): known here until they end. */
  start(request: ProcessRequest): RunningProcess {
    if (this.#stopped.signal.aborted) throw new LockstepError('cancelled');
    const running = this.#ports.processes.start(request);
    this.#running.add(running);
    const forget = (): boolean => this.#running.delete(running);
    running.ended.then(forget, forget);
    return running;
  }

  /** Ends a group politely, after two seconds by force. Resolves when it has ended. */
  async end(running: RunningProcess): Promise<void> {
    running.kill('SIGTERM');
    const cancel = this.#ports.clock.after(POLITE_MS, () => running.kill('SIGKILL'));
    await running.ended.catch(() => undefined);
    cancel();
  }

  /** Ends everything that runs; nothing can be started afterwards. */
  async stopAll(): Promise<void> {
    this.#stopped.abort();
    await Promise.all([...this.#running].map((running) => this.end(running)));
  }

  /** `becameSilent`: it has said nothing for a while. */
  async #run(command: Command, becameSilent: () => void = () => undefined): Promise<CommandEnd> {
    if (command.signal?.aborted || this.#stopped.signal.aborted) return { ended: 'cancelled', stderr: '' };
    const startedMs = this.#ports.clock.monotonic();
    let end: CommandEnd;
    try {
      end = await this.#watch(command, this.start(command), becameSilent);
    } catch (error) {
      // `start` itself throws when there is no memory or descriptor left for a process.
      if (systemCode(error) === undefined) throw error;
      end = { ended: 'not-started', systemCode: systemCode(error), stderr: '' };
    }
    const { command: program, args } = command;
    this.#ports.log.debug('command', {
      program,
      args,
      ended: end.ended,
      code: end.ended === 'exit' ? end.code : undefined,
      ms: Math.round(this.#ports.clock.monotonic() - startedMs),
    });
    return end;
  }

  async #watch(command: Command, running: RunningProcess, becameSilent: () => void): Promise<CommandEnd> {
    let forced: ForcedEnd | null = null;
    const force = (reason: ForcedEnd): void => {
      if (forced) return;
      forced = reason;
      void this.end(running);
    };
    const output = new Output(running, { command, redactor: this.#ports.redactor }, () => force('too-much-output'));
    const silence = new Silence(this.#ports.clock, () => groupBytes(this.#ports.files, running.pid));
    output.onAny = () => silence.heard();
    let silentMs = 0;
    const limits = this.#limits(command, silence, becameSilent, () => {
      silentMs = Math.round(silence.ms);
      force('timed-out');
    });
    const cancel = (): void => force('cancelled');
    const signals = [command.signal, this.#stopped.signal];
    for (const signal of signals) signal?.addEventListener('abort', cancel, { once: true });
    running.stdin.on('error', () => undefined);
    running.stdin.end(command.stdin ?? '');
    try {
      const { code, signal } = await running.ended;
      const stderr = output.stderr();
      if (output.failure) throw output.failure.error;
      // A command that had done its work when the limit struck has done it.
      if (forced && code !== 0) return forced === 'timed-out' ? { ended: forced, silentMs, stderr } : { ended: forced, stderr };
      if (code === null) return { ended: 'killed', signal: signal ?? 'unknown', stderr };
      return { ended: 'exit', code, stdout: output.stdout(), stderr };
    } finally {
      limits();
      for (const signal of signals) signal?.removeEventListener('abort', cancel);
    }
  }

  #limits({ limitMs, silenceMs, beforeFirstMs, network }: Command, silence: Silence, becameSilent: () => void, expired: () => void): () => void {
    const cancels = [this.#ports.clock.after(limitMs, expired)];
    if (network) cancels.push(silence.after({ silenceMs: LEAVES_PLACE_MS }, becameSilent));
    if (silenceMs !== undefined) cancels.push(silence.after({ silenceMs, beforeFirstMs }, expired));
    return () => cancels.forEach((cancel) => cancel());
  }
}

/** Collects what a process writes: all of its output up to the cap, of its diagnostics the last part. */
class Output {
  onAny: () => void = () => undefined;
  /** What the reader of the output threw; the command is ended then. */
  failure: { readonly error: unknown } | null = null;
  readonly #redactor: Redactor;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #tail: Buffer = Buffer.alloc(0);

  constructor(running: RunningProcess, { command, redactor }: { readonly command: Command; readonly redactor: Redactor }, overflow: () => void) {
    this.#redactor = redactor;
    const maxBytes = command.maxOutputBytes ?? DEFAULT_MAX_OUTPUT_BYTES;
    running.stdout.on('data', (chunk: Buffer) => {
      this.onAny();
      if (command.onOutput) return this.#hand(command.onOutput, chunk, overflow);
      this.#bytes += chunk.length;
      if (this.#bytes > maxBytes) overflow();
      else this.#chunks.push(chunk);
    });
    running.stderr.on('data', (chunk: Buffer) => {
      this.onAny();
      this.#tail = Buffer.concat([this.#tail, chunk]).subarray(-STDERR_TAIL_BYTES);
    });
  }

  stdout(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  stderr(): string {
    return this.#redactor.text(this.#tail.toString('utf8')).trim();
  }

  #hand(onOutput: (chunk: Buffer) => void, chunk: Buffer, stop: () => void): void {
    if (this.failure) return;
    try {
      onOutput(chunk);
    } catch (error) {
      this.failure = { error };
      stop();
    }
  }
}
