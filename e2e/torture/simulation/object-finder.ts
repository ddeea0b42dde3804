import { spawn, spawnSync, type ChildProcess } from 'node:child_process';

/** Asks one repository which objects it holds: a kept `git cat-file --batch-check`, so that asking is cheap. */
export class ObjectFinder {
  readonly #gitDirectory: string;
  #child: ChildProcess | null = null;
  #heard = '';
  #lines: () => void = () => undefined;

  constructor(gitDirectory: string) {
    this.#gitDirectory = gitDirectory;
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
  reachable(): Set<string> {
    const stashes = this.#git('reflog', 'show', '--format=%H', 'refs/stash').split('\n').filter(Boolean);
    const refs = this.#git('for-each-ref', '--format=%(objectname)').split('\n').filter(Boolean);
    const starts = [...new Set([...refs, ...stashes])];
    if (starts.length === 0) return new Set();
    return new Set(this.#git('rev-list', '--objects', '--no-object-names', ...starts).split('\n').filter(Boolean));
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
  #git(...args: readonly string[]): string {
    return spawnSync('git', [`--git-dir=${this.#gitDirectory}`, ...args], { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024, env: ENVIRONMENT() }).stdout;
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
