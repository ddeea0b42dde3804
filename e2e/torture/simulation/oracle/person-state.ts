import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { PERSONS_LOCK } from '../doings/git.ts';
import type { SimulatedMachine } from '../machine.ts';
import { Violation } from '../violation.ts';
import type { Objects, TreeEntry } from './objects.ts';
import { readRefs } from './read-refs.ts';
import type { Witness } from './witness.ts';

/** What git keeps of what a person is in the middle of, set aside or chose. */
const FILES = ['HEAD', 'ORIG_HEAD', 'MERGE_HEAD', 'MERGE_MSG', 'MERGE_MODE', 'AUTO_MERGE', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'REBASE_HEAD', 'BISECT_LOG', 'config', 'info/exclude', 'logs/refs/stash', 'rebase-merge', 'rebase-apply', 'sequencer', 'hooks'];

/** So many commits back an index may be that has not followed the branch yet. */
const BEHIND = 8;

interface State {
  readonly doings: number;
  readonly files: ReadonlyMap<string, string>;
  /** Of the paths that are staged: lines of `git ls-files --stage`, by path. */
  readonly staged: ReadonlyMap<string, string>;
  /** Whether the index was otherwise than the newest commit in any way, when the person had last done something. */
  readonly hasStaged: boolean;
  readonly index: string;
  readonly tip: string | undefined;
}

/** An operation in progress, the stash, what is staged, configuration and hooks are as the person left them. */
export class PersonState implements Witness {
  readonly #machines: readonly SimulatedMachine[];
  readonly #objects: Objects;
  readonly #left = new Map<SimulatedMachine, State>();
  readonly #doings = new Map<SimulatedMachine, number>();

  constructor(machines: readonly SimulatedMachine[], objects: Objects) {
    this.#machines = machines;
    this.#objects = objects;
  }

  /** They let it go: what is there next is as they want it. */
  forget(machine: SimulatedMachine): void {
    this.#left.delete(machine);
  }

  /** How often a person did something there. */
  doingsOf(machine: SimulatedMachine): number {
    return this.#doings.get(machine) ?? 0;
  }

  /** Whether they may have left something staged. */
  hasStaged(machine: SimulatedMachine): boolean {
    return this.#left.get(machine)?.hasStaged === true;
  }

  /** Whether a lock of theirs lies on the index. */
  hasLocked(machine: SimulatedMachine): boolean {
    return filesOf(machine).has('index.lock');
  }

  async handComes(machine: SimulatedMachine): Promise<void> {
    await this.#compare(machine);
  }

  async handGoes(machine: SimulatedMachine): Promise<void> {
    const before = this.#left.get(machine);
    const [index, tip] = [stampOf(machine), readRefs(machine.gitDirectory).get('refs/heads/main')];
    const found = before?.index === index && before.tip === tip ? before : await this.#stagedIn(machine);
    this.#left.set(machine, { doings: machine.doings, files: filesOf(machine), staged: found.staged, hasStaged: found.hasStaged, index, tip });
    this.#doings.set(machine, this.doingsOf(machine) + 1);
  }

  async look(): Promise<void> {
    for (const machine of this.#machines) await this.#compare(machine);
  }

  async #compare(machine: SimulatedMachine): Promise<void> {
    const left = this.#left.get(machine);
    if (left?.doings === machine.doings) return;
    const files = filesOf(machine);
    for (const name of left ? new Set([...left.files.keys(), ...files.keys()]) : []) {
      if (left?.files.get(name) !== files.get(name)) throw new Violation('meddled', `.git/${name} of ${machine.name} is not as the person left it: ${JSON.stringify(left?.files.get(name))} became ${JSON.stringify(files.get(name))}`);
    }
    const index = stampOf(machine);
    const staged = left?.staged ?? new Map<string, string>();
    if (index !== left?.index && staged.size > 0) {
      const now = await entriesOf(machine, [...staged.keys()]);
      for (const [path, entry] of staged) if (now.get(path) !== entry) throw new Violation('meddled', `${JSON.stringify(path)} was staged on ${machine.name} as ${entry || 'deleted'}, and is ${now.get(path) || 'deleted'} now`);
    }
    this.#left.set(machine, { doings: machine.doings, files, staged, hasStaged: left?.hasStaged === true, index, tip: left?.tip });
  }

  /** What the index holds otherwise than the newest commit, and than those before it: an index that has yet to follow the branch holds nothing of the person's. */
  async #stagedIn(machine: SimulatedMachine): Promise<Pick<State, 'staged' | 'hasStaged'>> {
    const nothing = { staged: new Map<string, string>(), hasStaged: false };
    if (!existsSync(`${machine.gitDirectory}/index`)) return nothing;
    const { output } = await machine.git('--no-optional-locks', 'diff-index', '--cached', '--name-only', '-z', '--no-renames', 'HEAD', '--');
    const paths = output.split('\0').filter(Boolean);
    if (paths.length === 0) return nothing;
    const tip = readRefs(machine.gitDirectory).get('refs/heads/main');
    const trees = await Promise.all((tip === undefined ? [] : await this.#objects.newest(tip, BEHIND)).map(({ tree }) => this.#objects.tree(tree)));
    const isOlder = (path: string, staged: string): boolean => trees.some((tree) => staged === lineOf(tree.get(path)));
    return { staged: new Map([...(await entriesOf(machine, paths))].filter(([path, staged]) => !isOlder(path, staged))), hasStaged: true };
  }
}

/** As `git ls-files --stage` has it. */
const lineOf = (entry: TreeEntry | undefined): string => (entry ? `${entry.mode} ${entry.id} 0` : '');

function filesOf({ gitDirectory }: SimulatedMachine): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const collect = (name: string): void => {
    const stat = lstatSync(`${gitDirectory}/${name}`, { throwIfNoEntry: false });
    if (stat?.isDirectory()) for (const below of readdirSync(`${gitDirectory}/${name}`)) collect(`${name}/${below}`);
    else if (stat) files.set(name, readFileSync(`${gitDirectory}/${name}`, 'latin1'));
  };
  for (const name of FILES) collect(name);
  collect('index.lock');
  if (files.get('index.lock') !== PERSONS_LOCK) files.delete('index.lock');
  return files;
}

function stampOf({ gitDirectory }: SimulatedMachine): string {
  const stat = lstatSync(`${gitDirectory}/index`, { throwIfNoEntry: false });
  return stat ? `${stat.ino} ${stat.size} ${stat.mtimeMs}` : '';
}

/** `''`: it is staged as deleted. More than one line: a conflict. */
async function entriesOf(machine: SimulatedMachine, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { output } = await machine.git('--no-optional-locks', 'ls-files', '--stage', '-z');
  const entries = new Map(paths.map((path) => [path, '']));
  for (const line of output.split('\0').filter(Boolean)) {
    const [entry = '', path = ''] = line.split(/\t(.*)/s);
    const before = entries.get(path);
    if (before !== undefined) entries.set(path, before === '' ? entry : `${before}, ${entry}`);
  }
  return entries;
}
