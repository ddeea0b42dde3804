import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { nodeClock } from '../ports/node-clock.ts';
import { nodeFiles } from '../ports/node-files.ts';
import { nodeWatch } from '../ports/node-watch.ts';
import type { Ports } from '../ports.ts';
import type { RepoPath } from '../repo-path.ts';
import { watchFolder } from '../watch/folder-watcher.ts';
import type { FolderWatcher } from '../watch/watcher.ts';
import { MemoryLog } from './memory-log.ts';
import { WatchRecord } from './watch-record.ts';

type WatcherPorts = Pick<Ports, 'clock' | 'files' | 'watch' | 'log'>;

/** A git work tree in a folder of its own, and what a watcher of it reports. */
export class RealWorkTree {
  readonly parent = realpathSync(mkdtempSync(join(tmpdir(), 'lockstep-watch-')));
  readonly root = join(this.parent, 'tree');
  readonly record = new WatchRecord();
  /** Directories that count as ignored. */
  readonly ignored = new Set<string>();
  /** How many directories each question about ignored ones named. */
  readonly asked: number[] = [];
  #watchers: FolderWatcher[] = [];
  #fences = 0;

  constructor() {
    this.git('init', '--quiet', '--initial-branch=main', this.root);
  }

  /** Runs git, away from any configuration but its own. */
  git(...args: readonly string[]): string {
    const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
    const env = { PATH: process.env['PATH'], HOME: this.parent, GIT_CONFIG_NOSYSTEM: '1' };
    const cwd = args[0] === 'init' ? this.parent : this.root;
    return execFileSync('git', [...identity, ...args], { cwd, env, encoding: 'utf8' });
  }

  path(name: string): string {
    return join(this.root, name);
  }

  write(name: string, content = name): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), content);
  }

  /** Resolves when whatever was done before is reported: events come from one queue, in order. */
  async fence(): Promise<void> {
    // Twice, for what is looked at again before it is reported.
    for (let round = 0; round < 2; round += 1) {
      const name = `fence-${(this.#fences += 1)}`;
      this.write(name);
      await this.record.untilChanged(name);
    }
  }

  /** Changes reported so far, less the fences. */
  reported(): (string | null)[] {
    return this.record.changes.filter((path) => !path?.startsWith('fence-'));
  }

  /** Watches with real files and watches, unless others are given, and waits until it is ready. */
  async watch(ports: Partial<WatcherPorts> = {}): Promise<FolderWatcher> {
    const watcher = watchFolder({
      ports: { clock: nodeClock, files: nodeFiles, watch: nodeWatch(), log: new MemoryLog(), ...ports },
      root: this.root,
      gitDir: this.path('.git'),
      ignored: async (paths) => {
        this.asked.push(paths.length);
        return new Set<RepoPath>(paths.map(({ path }) => path).filter((path) => this.ignored.has(path)));
      },
      events: this.record,
    });
    this.#watchers.push(watcher);
    await watcher.ready;
    return watcher;
  }

  async remove(): Promise<void> {
    await Promise.all(this.#watchers.map((watcher) => watcher.close()));
    rmSync(this.parent, { recursive: true, force: true });
  }
}
