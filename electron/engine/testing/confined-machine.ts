import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { AppState, FolderState } from '../../../shared/app-state.ts';
import type { CommandArguments, CommandOutput, EngineCommand } from '../../../shared/commands.ts';

const WAIT_MS = 20_000;

interface Confinement {
  /** What `bundledProgram('confined-engine', …)` gave. */
  readonly program: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** What is run to start it: a program that is given the engine's command line as its last arguments. */
  readonly launcher?: readonly string[];
  /** Another user and group; only the superuser may choose. */
  readonly uid?: number;
  readonly hostName: string;
  readonly speed: number;
}

interface Reply {
  readonly state?: AppState;
  readonly ready?: boolean;
  readonly number?: number;
  readonly value?: unknown;
  readonly error?: object;
}

/** Whether this user may have namespaces of its own, with mounts and limits that nobody else sees. */
export const mayUnshare = (): boolean => spawnSync('unshare', ['-Urm', 'true']).status === 0;

/** Namespaces in which the script has been run (as their superuser) before the engine starts. */
export const inNamespaces = (script: string): string[] => ['unshare', '-Urm', 'sh', '-ec', `${script}\nexec "$@"`, 'sh'];

/** An engine in a process of its own, where the system is short of something. Its files may only be seen from inside: by `shell`. */
export class ConfinedMachine {
  readonly #child: ChildProcess;
  readonly #answers = new Map<number, (reply: Reply) => void>();
  readonly #listeners = new Set<() => void>();
  #state: AppState | null = null;
  #ready = false;
  #asked = 0;
  #said = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.on('data', (chunk: Buffer) => (this.#said += chunk.toString()));
    if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => this.#take(JSON.parse(line) as Reply));
    child.on('exit', (code) => {
      for (const settle of this.#answers.values()) settle({ error: { message: `it ended with ${code}: ${this.#said}` } });
      this.#wake();
    });
  }

  /** Resolves when every folder of the home is watched. */
  static async start({ program, home, env, launcher = [], uid, hostName, speed }: Confinement): Promise<ConfinedMachine> {
    const [command = '', ...args] = [...launcher, process.execPath, program, JSON.stringify({ home, hostName, speed })];
    const machine = new ConfinedMachine(spawn(command, args, { env, stdio: 'pipe', ...(uid === undefined ? {} : { uid, gid: uid }) }));
    await machine.#until(() => machine.#ready);
    return machine;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get state(): AppState {
    if (!this.#state) throw new Error('nothing is known yet');
    return this.#state;
  }

  /** Resolves with the first folder's state as soon as it satisfies `test`; rejects with the states after 20 s. */
  async until(test: (folder: FolderState, state: AppState) => boolean): Promise<FolderState> {
    const found = (): FolderState | undefined => this.#state?.folders.find((folder, index) => index === 0 && test(folder, this.state));
    await this.#until(() => found() !== undefined);
    const folder = found();
    if (!folder) throw new Error('it changed again');
    return folder;
  }

  async call<C extends EngineCommand>(command: C, input: CommandArguments<C>): Promise<CommandOutput<C>> {
    return (await this.#ask({ command, input })) as CommandOutput<C>;
  }

  /** Runs it where the engine is; gives what it printed. */
  async shell(script: string): Promise<string> {
    return (await this.#ask({ script })) as string;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.stdin?.end();
    await ended;
  }

  #ask(question: object): Promise<unknown> {
    const number = (this.#asked += 1);
    return new Promise((resolve, reject) => {
      this.#answers.set(number, ({ value, error }) => (error ? reject(Object.assign(new Error('the engine refused'), error)) : resolve(value)));
      this.#child.stdin?.write(`${JSON.stringify({ number, ...question })}\n`);
    });
  }

  #take(reply: Reply): void {
    if (reply.state) this.#state = reply.state;
    if (reply.ready) this.#ready = true;
    if (reply.number !== undefined) {
      this.#answers.get(reply.number)?.(reply);
      this.#answers.delete(reply.number);
    }
    this.#wake();
  }

  #wake(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #until(holds: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#listeners.delete(look);
      };
      const fail = (why: string): void => {
        end();
        const folders = this.#state?.folders.map((folder) => ({ ...folder, days: undefined, options: undefined }));
        reject(new Error(`${why}: ${JSON.stringify({ folders, problems: this.#state?.problems }, null, 1)}\n${this.#said}`));
      };
      const timer = setTimeout(() => fail('it did not come to it'), WAIT_MS);
      const look = (): void => {
        if (holds()) {
          end();
          resolve();
        } else if (this.#child.exitCode !== null) fail(`it ended with ${this.#child.exitCode}`);
      };
      this.#listeners.add(look);
      look();
    });
  }
}
