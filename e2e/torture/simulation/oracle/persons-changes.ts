import type { RepoPath } from '../../../../electron/engine/repo-path.ts';
import { parseConflictCopyName } from '../../../../electron/engine/apply/conflict-copy-name.ts';
import type { SimulatedMachine } from '../machine.ts';
import { Violation } from '../violation.ts';
import { isIgnored } from './in-scope.ts';
import type { Objects, Tree } from './objects.ts';
import { readRefs } from './read-refs.ts';
import type { Call, Hearing, Witness } from './witness.ts';

interface Move {
  readonly machine: SimulatedMachine;
  readonly from: string;
  readonly to: string;
}

/** What there was on a machine by which a change can be explained. */
interface Known {
  /** Paths at which a person changed something, ever. */
  readonly touched: Set<string>;
  /** Tips that were fetched, and merges that were made: a crash may leave some of their files in the folder. */
  readonly arrived: Set<string>;
}

/** What a commit of ours says was done by the person there, or elsewhere; never by the program itself, whatever has become of it meanwhile. */
export class PersonsChanges implements Witness {
  readonly #objects: Objects;
  readonly #known = new Map<SimulatedMachine, Known>();
  readonly #before = new Map<SimulatedMachine, ReturnType<SimulatedMachine['contents']['workTree']>>();
  /** Commits with one parent that programs made. */
  readonly #plain = new Set<string>();
  readonly #moves: Move[] = [];
  readonly #ignoring: string | undefined;

  constructor(machines: readonly SimulatedMachine[], objects: Objects) {
    this.#objects = objects;
    this.#ignoring = machines[0]?.contents.workTree().get('.gitignore')?.id;
    for (const machine of machines) this.#known.set(machine, { touched: new Set(), arrived: new Set() });
  }

  call({ machine, verb, args }: Call): Hearing | void {
    const { arrived } = this.#of(machine);
    if (verb === 'fetch') return () => void arrived.add(readRefs(machine.gitDirectory).get('refs/remotes/origin/main') ?? '');
    if (verb === 'commit-tree') return (printed) => void (args.filter((argument) => argument === '-p').length === 1 ? this.#plain : arrived).add(printed.trim());
    const at = args.indexOf('refs/heads/main');
    const [to = '', from = ''] = args.slice(at + 1);
    if (verb === 'update-ref' && at > 0) this.#moves.push({ machine, from, to });
  }

  handComes(machine: SimulatedMachine): void {
    this.#before.set(machine, machine.contents.workTree());
  }

  handGoes(machine: SimulatedMachine): void {
    const [before, after] = [this.#before.get(machine), machine.contents.workTree()];
    const { touched } = this.#of(machine);
    for (const path of new Set([...(before?.keys() ?? []), ...after.keys()])) if (isOther(before?.get(path), after.get(path))) touched.add(path);
    if (machine.openFiles.length > 0) touched.add(EVERYWHERE);
  }

  /** Has the program change these, because a person chose so in its window. */
  chosen(machine: SimulatedMachine, paths: readonly string[]): void {
    for (const path of paths) this.#of(machine).touched.add(path);
  }

  async look(): Promise<void> {
    for (const move of this.#moves.splice(0)) if (this.#plain.has(move.to)) await this.#judge(move);
  }

  async #judge({ machine, from, to }: Move): Promise<void> {
    const { touched, arrived } = this.#of(machine);
    if (touched.has(EVERYWHERE) || machine.contents.workTree().get('.gitignore')?.id !== this.#ignoring) return;
    const [before, after] = [await this.#objects.treeOf(from), await this.#objects.treeOf(to)];
    const invented = [...new Set([...before.keys(), ...after.keys()])].filter((path) => isOther(before.get(path), after.get(path)) && !isTouched(path, touched));
    if (invented.length === 0) return;
    // What had been taken in before does not arrive again.
    const trees: Tree[] = [];
    for (const commit of arrived) if (!(await this.#objects.isAncestor(commit, from))) trees.push(await this.#objects.treeOf(commit));
    const isFromElsewhere = (path: string): boolean => trees.some((tree) => !isOther(tree.get(path), after.get(path)));
    const [path] = invented.filter((each) => !isFromElsewhere(each));
    if (path !== undefined) throw new Violation('invented', `${machine.name} committed ${to}, which ${wordOf(path, before, after)}, and nobody did that`);
  }

  #of(machine: SimulatedMachine): Known {
    const known = this.#known.get(machine);
    if (!known) throw new Error(`nothing is known of ${machine.name}`);
    return known;
  }
}

/** Where a person may have changed anything, as long as an editor has a file open. */
const EVERYWHERE = '/';

const isOther = (one: { readonly id: string; readonly mode: string } | undefined, other: { readonly id: string; readonly mode: string } | undefined): boolean => one?.id !== other?.id || one?.mode !== other?.mode;

/** At that place, above it or below it; or where nobody asks. */
function isTouched(path: string, touched: ReadonlySet<string>): boolean {
  const places = path.split('/').map((_, depth, parts) => parts.slice(0, depth + 1).join('/'));
  // A folder that was in the way is set beside with all that is in it.
  if (isIgnored(path) || places.some((place) => parseConflictCopyName(place as RepoPath))) return true;
  // A person who keeps both has the other one beside, by the name of its machine.
  const plain = path.replace(/ \([^()/]+\)(?=(?:\.[^./]*)?$)/, '');
  if (plain !== path && isTouched(plain, touched)) return true;
  for (const each of touched) if (each === path || path.startsWith(`${each}/`) || each.startsWith(`${path}/`)) return true;
  return false;
}

function wordOf(path: string, before: Tree, after: Tree): string {
  const word = !after.has(path) ? 'deletes' : before.has(path) ? 'changes' : 'adds';
  return `${word} ${JSON.stringify(path)} (${before.get(path)?.id} became ${after.get(path)?.id})`;
}
