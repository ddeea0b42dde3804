import { mkdirSync } from 'node:fs';
import { MirrorTools } from '../mirror/mirror-tools.ts';
import type { RepositoryPair, RunRequest, Standing } from '../mirror/repository-pair.ts';
import { RepositoryMirror } from '../mirror/repository-mirror.ts';
import type { Ports } from '../ports.ts';
import { TempRepos, type TestMachine } from './temp-repos.ts';

const AT = new AbortController().signal;

/** A source with a work tree beside it, and one repository's mirror of it; real git throughout. */
export class MirrorPair {
  readonly repos = new TempRepos();
  readonly ada: TestMachine;
  readonly source: string;
  readonly work: string;
  readonly store: string;
  readonly tools: MirrorTools;

  private constructor(adjust?: (ports: Ports) => Ports) {
    this.ada = this.repos.machine('ada', adjust);
    this.source = this.repos.path('source.git');
    this.work = this.repos.path('work');
    this.store = this.repos.path('mirrors', 'source.git');
    this.tools = new MirrorTools({ ports: this.ada.ports, runner: this.ada.runner, scratch: this.repos.path('scratch') });
  }

  /** A source whose `main` has two commits, and a tag `v1` on the first. */
  static async open(adjust?: (ports: Ports) => Ports): Promise<MirrorPair> {
    const pair = new MirrorPair(adjust);
    mkdirSync(pair.repos.path('mirrors'));
    await pair.ada.git(pair.repos.root, 'init', '-q', '--bare', pair.source);
    await pair.ada.git(pair.repos.root, 'clone', '-q', pair.source, pair.work);
    await pair.commit('one');
    await pair.ada.git(pair.work, 'tag', 'v1');
    await pair.commit('two');
    await pair.push('main', 'v1');
    return pair;
  }

  /** Each instance knows nothing of those before it but what it is told. */
  mirror(changes: Partial<RepositoryPair> = {}, seen: string | null = null): RepositoryMirror {
    return new RepositoryMirror(this.tools, this.pair(changes), seen);
  }

  pair(changes: Partial<RepositoryPair> = {}): RepositoryPair {
    const usual = { identity: 'tidepool/lib', store: this.store, isLocalMirror: true, source: { url: this.source, credential: null }, target: null, expectedBytes: null } as const;
    return { ...usual, options: { lfs: false, deletions: 'follow', rewrites: 'follow', keepDays: 90 }, ...changes };
  }

  run(changes: Partial<RepositoryPair> = {}, request: Partial<RunRequest> = {}): Promise<Standing> {
    return this.mirror(changes).run({ approved: null, ...request }, AT);
  }

  check(changes: Partial<RepositoryPair> = {}): Promise<Standing> {
    return this.mirror(changes).check(AT);
  }

  /** An empty commit in the work tree, on the branch that it is on. */
  async commit(message: string): Promise<string> {
    await this.ada.git(this.work, 'commit', '-q', '--allow-empty', '-m', message);
    return this.tip('HEAD');
  }

  tip(name: string, cwd = this.work): Promise<string> {
    return this.ada.git(cwd, 'rev-parse', name);
  }

  push(...specs: string[]): Promise<string> {
    return this.ada.git(this.work, 'push', '-q', '--force', 'origin', ...specs);
  }

  /** A bare repository that can be pushed to. */
  async target(name = 'target.git'): Promise<string> {
    await this.ada.git(this.repos.root, 'init', '-q', '--bare', this.repos.path(name));
    return this.repos.path(name);
  }

  /** Heads and tags, as `heads/main tip`. */
  async refsOf(repository: string): Promise<Record<string, string>> {
    const lines = await this.ada.git(repository, '--git-dir=.', 'for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads', 'refs/tags');
    return Object.fromEntries(lines.split('\n').filter(Boolean).map((line) => [line.slice('refs/'.length, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]));
  }

  async dispose(): Promise<void> {
    await this.ada.ports.http.close();
    await this.repos.dispose();
  }
}
