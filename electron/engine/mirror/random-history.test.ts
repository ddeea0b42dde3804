import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MirrorPair } from '../testing/mirror-pair.ts';
import { MortalPorts } from '../testing/mortal-ports.ts';
import { CommandRunner } from '../vcs/run-command.ts';
import { MirrorTools } from './mirror-tools.ts';
import { RepositoryMirror } from './repository-mirror.ts';
import type { RepositoryPair } from './repository-pair.ts';

/** Histories, and how much happens in each. */
const HISTORIES = 4;
const MOST_EVENTS = 14;
const MOST_YESES = 4;
const signal = new AbortController().signal;

const branch = fc.constantFrom('main', 'a', 'a/b', 'c');
const event = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('grow' as const), branch }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('rewrite' as const), branch }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('delete' as const), branch }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('tag' as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('empty' as const) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('other-hand' as const), branch }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('other-hand-deletes' as const), branch }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('run' as const) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('run-with-a-yes' as const) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('run-and-die' as const), at: fc.integer({ min: 1, max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('restore' as const) }) },
);
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

/** One history: a source, a store, a target that others push to, and everything that must not be lost of them. */
class History {
  readonly #pair: MirrorPair;
  readonly #changes: Partial<RepositoryPair>;
  readonly #source: string;
  readonly #target: string;
  readonly #store: string;
  readonly #options: RepositoryPair['options'];
  /** Tips that the store has had. */
  readonly #kept = new Set<string>();
  /** Tips that another hand put at the target, and has not taken away itself; by branch. */
  readonly #theirs = new Map<string, string>();
  #count = 0;

  private constructor(pair: MirrorPair, name: string, options: RepositoryPair['options']) {
    this.#pair = pair;
    this.#options = options;
    [this.#source, this.#target, this.#store] = [pair.repos.path(`${name}-source.git`), pair.repos.path(`${name}-target.git`), pair.repos.path('mirrors', `${name}.git`)];
    this.#changes = { identity: name, store: this.#store, isLocalMirror: false, source: { url: this.#source, credential: null }, target: { url: this.#target, credential: null }, options };
  }

  static async open(pair: MirrorPair, name: string, options: RepositoryPair['options']): Promise<History> {
    const history = new History(pair, name, options);
    for (const repository of [history.#source, history.#target]) await pair.ada.git(pair.repos.root, '-c', 'core.fsync=none', 'init', '-q', '--bare', '--template=', repository);
    await history.#put(history.#source, 'main', null);
    return history;
  }

  async happens(one: Event): Promise<void> {
    switch (one.what) {
      case 'grow':
        return void (await this.#put(this.#source, one.branch, await this.#tip(this.#source, one.branch)));
      case 'rewrite':
        return void (await this.#put(this.#source, one.branch, null));
      case 'delete':
        return this.#drop(this.#source, one.branch);
      case 'tag':
        return void (await this.#git(this.#source, 'update-ref', 'refs/tags/v1', await this.#commit(this.#source, null)));
      case 'empty':
        for (const name of Object.keys(await this.#pair.refsOf(this.#source))) await this.#git(this.#source, 'update-ref', '-d', `refs/${name}`);
        return;
      case 'other-hand':
        return this.#otherHand(one.branch);
      case 'other-hand-deletes':
        this.#theirs.delete(one.branch);
        return this.#drop(this.#target, one.branch);
      case 'run':
        return void (await this.#run(null));
      case 'run-with-a-yes':
        return void (await this.#run((await this.#run(null)).heldDigest));
      case 'run-and-die':
        return this.#runAndDie(one.at);
      case 'restore':
        return this.#restore();
    }
  }

  /** Whatever happened: with a yes to each question the target comes to hold what the source has, and nothing is lost. */
  async ends(): Promise<void> {
    let standing = await this.#run(null);
    for (let yes = 0; standing.heldDigest !== null && yes < MOST_YESES; yes++) standing = await this.#run(standing.heldDigest);
    expect(['in-sync', 'empty'], JSON.stringify(standing.problem)).toContain(standing.state);
    const [source, target] = [await this.#pair.refsOf(this.#source), await this.#pair.refsOf(this.#target)];
    expect(target).toMatchObject(source);
    expect(await this.#pair.check(this.#changes)).toMatchObject({ state: standing.state });
    await this.nothingLost();
  }

  async nothingLost(): Promise<void> {
    for (const [name, tip] of Object.entries(await this.#storeRefs())) if (name.startsWith('heads/') || name.startsWith('tags/')) this.#kept.add(tip);
    for (const tip of this.#kept) expect(await this.#isNamed(this.#store, tip), `the store has lost ${tip}`).toBe(true);
    for (const [name, tip] of this.#theirs) expect((await this.#isNamed(this.#target, tip)) || (await this.#isNamed(this.#store, tip)), `the target’s ${name} is lost`).toBe(true);
  }

  async #run(approved: string | null) {
    const standing = await this.#pair.run(this.#changes, { approved });
    expect(['needs-approval', 'diverged', 'in-sync', 'empty', 'behind'], JSON.stringify(standing.problem)).toContain(standing.state);
    return standing;
  }

  async #runAndDie(at: number): Promise<void> {
    const mortal = new MortalPorts(this.#pair.ada.ports, at, at % 2 === 0 ? 0 : 8);
    const tools = new MirrorTools({ ports: mortal.ports, runner: new CommandRunner(mortal.ports), scratch: this.#pair.repos.path('scratch') });
    await new RepositoryMirror(tools, { ...this.#pair.pair(this.#changes), options: this.#options }).run({ approved: null }, signal).catch(() => undefined);
  }

  /** On what is there, or beside it: both are found in the world. */
  async #otherHand(name: string): Promise<void> {
    if (await this.#cannot(this.#target, name)) return;
    const before = this.#count % 2 === 0 ? await this.#tip(this.#target, name) : null;
    this.#theirs.set(name, await this.#put(this.#target, name, before));
  }

  async #restore(): Promise<void> {
    const mirror = this.#pair.mirror(this.#changes);
    const [backup] = await mirror.backups();
    if (backup) expect((await mirror.restore(backup.name, `restored-${this.#count++}`, signal)).outcome).toBe('restored');
  }

  async #put(repository: string, name: string, parent: string | null): Promise<string> {
    const commit = await this.#commit(repository, parent);
    if (!(await this.#cannot(repository, name))) await this.#git(repository, 'update-ref', `refs/heads/${name}`, commit);
    return commit;
  }

  async #commit(repository: string, parent: string | null): Promise<string> {
    const tree = await this.#git(repository, 'hash-object', '-t', 'tree', '-w', '/dev/null');
    return this.#git(repository, 'commit-tree', '-m', `change ${this.#count++}`, ...(parent === null ? [] : ['-p', parent]), tree);
  }

  async #drop(repository: string, name: string): Promise<void> {
    if ((await this.#tip(repository, name)) !== null) await this.#git(repository, 'update-ref', '-d', `refs/heads/${name}`);
  }

  /** `a` and `a/b` are never both there. */
  async #cannot(repository: string, name: string): Promise<boolean> {
    const other = name === 'a' ? 'a/b' : name === 'a/b' ? 'a' : null;
    return other !== null && (await this.#tip(repository, other)) !== null;
  }

  async #tip(repository: string, name: string): Promise<string | null> {
    return (await this.#pair.refsOf(repository))[`heads/${name}`] ?? null;
  }

  async #storeRefs(): Promise<Record<string, string>> {
    return (await this.#pair.ada.ports.files.stat(this.#store)) ? this.#pair.refsOf(this.#store) : {};
  }

  async #isNamed(repository: string, tip: string): Promise<boolean> {
    return (await this.#git(repository, 'for-each-ref', '--contains', tip, 'refs/heads', 'refs/tags', 'refs/lockstep/backup').catch(() => '')) !== '';
  }

  #git(repository: string, ...args: string[]): Promise<string> {
    return this.#pair.ada.git(repository, '-c', 'core.fsync=none', '--git-dir=.', ...args);
  }
}

describe('whatever happens at the source, at the target and to us', () => {
  let pair: MirrorPair;
  beforeAll(async () => {
    pair = await MirrorPair.open();
  });
  afterAll(() => pair.dispose());

  it('nothing is lost, and the target comes to hold what the source has', async () => {
    let number = 0;
    const options = fc.record({ lfs: fc.constant(false), deletions: fc.constantFrom('follow', 'ask'), rewrites: fc.constantFrom('follow', 'ask'), keepDays: fc.constant(90) } as const);
    const property = fc.asyncProperty(options, fc.array(event, { minLength: 8, maxLength: MOST_EVENTS }), async (chosen, events) => {
      const history = await History.open(pair, `h${number++}`, chosen);
      for (const one of events) {
        await history.happens(one);
        await history.nothingLost();
      }
      await history.ends();
    });
    await fc.assert(property, { numRuns: Number(process.env['LOCKSTEP_HISTORIES'] ?? HISTORIES), seed: Number(process.env['LOCKSTEP_SEED'] ?? 7), endOnFailure: true });
  }, 3_600_000);
});
