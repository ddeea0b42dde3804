import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { CallServer } from './call-server.ts';

/** Asks one repository which objects it holds: a kept `git cat-file --batch-check`, so that asking is cheap. */
export class ObjectFinder {
  readonly #gitDirectory: string;
  readonly #server: CallServer;
  #child: ChildProcess | null = null;
  #heard = '';
  #lines: () => void = () => undefined;

  constructor(gitDirectory: string, server: CallServer) {
    this.#gitDirectory = gitDirectory;
    this.#server = server;
  }

  /** Those of the ids that are there, whether or not anything refers to them. */
  async held(ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const child = (this.#child ??= this.#start());
    this.#heard = '';
    child.stdin?.write(`${ids.join('\n')}\n`);
    while (this.#heard.split('\n').length <= ids.length) await new Promise<void>((resolve) => (this.#lines = resolve));
    return new Set(this.#heard.split('\n').filter((line) => / \w+ \d+$/.test(line)).map((line) => line.slice(0, line.indexOf(' '))));
  }

  /** Ids of all objects that branches, tags, remotes, the stash with all its entries, and our own refs reach. */
  async reachable(): Promise<Set<string>> {
    return new Set((await this.#git('rev-list', '--objects', '--no-object-names', '--all', ...this.#stashes())).split('\n').filter(Boolean));
  }

  /** What was stashed: the ref names only the newest, its log all of them. */
  #stashes(): string[] {
    const log = `${this.#gitDirectory}/logs/refs/stash`;
    return existsSync(log) ? readFileSync(log, 'latin1').split('\n').filter(Boolean).map((line) => line.slice(41, 81)) : [];
  }

  async close(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.stdin?.end();
    await closed;
    this.#child = null;
  }

  /** What a git that only reads prints; nothing, where there is nothing to read. */
  async #git(...args: readonly string[]): Promise<string> {
    return (await this.#server.call({ command: 'git', args: [`--git-dir=${this.#gitDirectory}`, ...args], cwd: '/', env: ENVIRONMENT() })).stdout.toString('latin1');
  }

  #start(): ChildProcess {
    const child = spawn('git', [`--git-dir=${this.#gitDirectory}`, 'cat-file', '--batch-check'], { stdio: ['pipe', 'pipe', 'ignore'], env: ENVIRONMENT() });
    child.stdout.setEncoding('latin1').on('data', (text: string) => {
      this.#heard += text;
      this.#lines();
    });
    return child;
  }
}

const ENVIRONMENT = (): Record<string, string> => ({ PATH: process.env['PATH'] ?? '', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', LC_ALL: 'C' });
