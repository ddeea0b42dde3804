import { existsSync, lstatSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import type { Processes, ProcessRequest, RunningProcess } from '../../../electron/engine/ports.ts';
import type { CallServer } from './call-server.ts';
import { Conversation } from './conversation.ts';
import type { Faults, ProcessFault } from './faults.ts';
import type { KeptGits } from './kept-git.ts';
import type { Life, Turnstile } from './turnstile.ts';

interface SimulatedProcessesOptions {
  readonly life: Life;
  readonly turnstile: Turnstile;
  readonly faults: Faults;
  /** Of all programs of this machine: whether one of that process id lives. */
  readonly lives: (pid: number) => boolean;
  /** A git of this program begins; what is given is told when it has ended: what it did to the repository may be seen. */
  readonly called: (verb: string, args: readonly string[]) => (printed: Buffer) => void;
  readonly server: CallServer;
  readonly keptGits: KeptGits;
  /** Those that the programs of this machine have started and that have not ended. */
  readonly children: Set<RunningProcess>;
  /** False where the limit is one of the real clock, which does not go on here: a call that would hang is killed at once. */
  readonly mayHang: boolean;
  /** The program dies here. */
  readonly die: () => void;
  /** Whether the person's editor has a file open for writing, by its inode. */
  readonly isOpen: (inode: number) => boolean;
}

/** What a call of git is about: the first word behind the options that come with every call. */
const verbOf = (args: readonly string[]): string => args.find((argument) => !argument.startsWith('--git-dir=') && !argument.startsWith('--work-tree=')) ?? '';

/** Told with `--buffer` that everything is asked at once, git is called as ever. */
const isConversation = (args: readonly string[]): boolean => args.some((argument) => argument.startsWith('--batch')) && !args.includes('--buffer');

/** The real git, a turn for each call, and no other process. */
export function simulatedProcesses(options: SimulatedProcessesOptions): Processes {
  const { life, turnstile, children } = options;
  return {
    start(request) {
      const child = isConversation(request.args) ? new Conversation(options, request) : new OneCall(options, request);
      children.add(child);
      const gone = (): void => void children.delete(child);
      child.ended.then(gone, gone);
      return child;
    },
    startTime: async (pid) => (options.lives(pid) ? `start of ${pid}` : null),
    beingWritten: (files) => turnstile.enter(life, 'who writes', () => new Set(files.filter((file) => options.isOpen(lstatSync(file, { throwIfNoEntry: false })?.ino ?? 0)))),
  };
}

interface End {
  readonly code: number | null;
  readonly signal: string | null;
}

/** One call from start to end, done at once when its turn has come. */
class OneCall implements RunningProcess {
  readonly pid: number;
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly stdin: Writable;
  readonly ended: Promise<End>;
  readonly #options: SimulatedProcessesOptions;
  readonly #request: ProcessRequest;
  readonly #input: Buffer[] = [];
  #end: (end: End) => void = () => undefined;
  #fail: (error: unknown) => void = () => undefined;
  #over = false;

  constructor(options: SimulatedProcessesOptions, request: ProcessRequest) {
    this.#options = options;
    this.#request = request;
    this.pid = options.life.pid + 1;
    this.stdin = new Writable({ write: (chunk: Buffer, _encoding, done) => void (this.#input.push(chunk), done()) });
    this.ended = new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#fail = reject;
    });
    this.ended.catch(() => undefined);
    void options.turnstile.enter(options.life, `git ${request.args.join(' ')}`, () => this.#run().catch((error: unknown) => this.#fail(error)));
  }

  kill(signal: 'SIGTERM' | 'SIGKILL'): void {
    void this.#finish({ code: null, signal });
  }

  async #run(): Promise<void> {
    const { faults, called, mayHang, die } = this.#options;
    if (this.#over) return;
    const verb = verbOf(this.#request.args);
    const fault = faults.call(verb);
    if (fault === 'hangs' && mayHang) return this.#hang(faults);
    if (fault === 'killed' || fault === 'crash') leaveLocks(this.#request);
    if (fault === 'crash') return die();
    if (fault === 'killed' || fault === 'hangs') return this.#finish({ code: null, signal: 'SIGKILL' });
    const refusal = this.#refusal(fault);
    if (refusal !== null) return this.#finish({ code: 128, signal: null }, '', `fatal: ${refusal}\n`);
    if (fault === 'garbage') return this.#finish({ code: 0, signal: null }, GARBAGE);
    const ended = called(verb, this.#request.args);
    const { status, stdout, stderr } = await this.#options.server.call(this.#request, Buffer.concat(this.#input));
    ended(stdout);
    if (fault === 'crash-after') return die();
    if (fault === 'killed-after') return this.#finish({ code: null, signal: 'SIGKILL' });
    return this.#finish({ code: status, signal: null }, stdout, stderr);
  }

  #hang(faults: Faults): void {
    faults.hanging.add(this.ended);
    const over = (): void => void faults.hanging.delete(this.ended);
    this.ended.then(over, over);
  }

  /** What stands against this call just now, in git's words. */
  #refusal(fault: ProcessFault | null): string | null {
    const { faults } = this.#options;
    const verb = verbOf(this.#request.args);
    if (fault === 'fails') return 'unable to read the index: something went wrong';
    if (faults.offline && NETWORK.has(verb)) {
      faults.meet('network');
      return `unable to access 'hub': Could not resolve host: hub`;
    }
    if (!faults.diskFull || !WRITING.has(verb)) return null;
    faults.meet('disk');
    return 'write error: No space left on device';
  }

  async #finish(end: End, stdout: Buffer | string = '', stderr: Buffer | string = ''): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    this.stdout.end(stdout);
    this.stderr.end(stderr);
    // What it said is read before its end is known.
    await new Promise((resolve) => setImmediate(resolve));
    this.#end(end);
  }
}

/** What a git leaves behind that is killed in the middle: the lock on the ref that it moves, here or at the hub, and on the index that it writes. */
function leaveLocks({ args, env }: ProcessRequest): void {
  const verb = verbOf(args);
  const directory = args.find((argument) => argument.startsWith('--git-dir='))?.slice('--git-dir='.length);
  const locks: (string | null)[] = [WRITING_INDEX.has(verb) && env['GIT_INDEX_FILE'] ? `${env['GIT_INDEX_FILE']}.lock` : null];
  const [address, refs = ''] = args.slice(-2);
  const [, ref] = refs.split(':');
  if (verb === 'update-ref') locks.push(`${directory}/${args.find((argument) => argument.startsWith('refs/'))}.lock`);
  if (verb === 'fetch' && ref !== undefined) locks.push(`${directory}/${ref}.lock`);
  if (verb === 'push' && ref !== undefined) locks.push(`${address}/${ref}.lock`);
  for (const lock of locks) if (lock !== null && existsSync(dirname(lock))) writeFileSync(lock, '', { flag: 'a' });
}

const WRITING_INDEX = new Set(['add', 'update-index', 'read-tree']);
const GARBAGE = '\u0000\u0001 what git never says\n\u0000';
const NETWORK = new Set(['fetch', 'push', 'ls-remote']);
const WRITING = new Set(['add', 'write-tree', 'commit-tree', 'update-ref', 'fetch', 'update-index', 'hash-object', 'merge-tree', 'mktree', 'read-tree', 'repack', 'push']);
