import { existsSync, readFileSync } from 'node:fs';
import type { CallServer, KeptCall } from './call-server.ts';

/** Asks one repository which objects it holds: a kept `git cat-file --batch-check`, so that asking is cheap. */
export class ObjectFinder {
  readonly #gitDirectory: string;
  readonly #server: CallServer;
  #kept: KeptCall | null = null;

  constructor(gitDirectory: string, server: CallServer) {
    this.#gitDirectory = gitDirectory;
    this.#server = server;
  }

  /** Those of the ids that are there, whether or not anything refers to them. */
  async held(ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const kept = (this.#kept ??= this.#server.keep({ command: 'git', args: [`--git-dir=${this.#gitDirectory}`, 'cat-file', '--batch-check'], cwd: '/', env: ENVIRONMENT() }));
    const held = new Set<string>();
    for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
      const asked = ids.slice(from, from + IDS_AT_ONCE);
      const answer = kept.ask(Buffer.from(`${asked.join('\n')}\n`), (bytes) => linesIn(bytes) === asked.length).toString('latin1').split('\n');
      if (answer.length <= asked.length) throw new Error(`${this.#gitDirectory} does not tell what it holds`);
      for (const line of answer) if (/ \w+ \d+$/.test(line)) held.add(line.slice(0, line.indexOf(' ')));
    }
    return held;
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

  close(): void {
    this.#kept?.close();
    this.#kept = null;
  }

  /** What a git that only reads prints; nothing, where there is nothing to read. */
  async #git(...args: readonly string[]): Promise<string> {
    return (await this.#server.call({ command: 'git', args: [`--git-dir=${this.#gitDirectory}`, ...args], cwd: '/', env: ENVIRONMENT() })).stdout.toString('latin1');
  }
}

/** Few enough that the answers to all of them fit into a pipe: nobody reads while the questions are written. */
const IDS_AT_ONCE = 500;

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines += 1;
  return lines;
}

const ENVIRONMENT = (): Record<string, string> => ({ PATH: process.env['PATH'] ?? '', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', LC_ALL: 'C' });
