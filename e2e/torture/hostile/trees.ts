import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inOrder, RawObjects, type RawEntry } from '../../../electron/engine/testing/hostile/raw-objects.ts';
import { HOSTILE_TREES, type HostileTree } from '../../../electron/engine/testing/hostile/tree-corpus.ts';
import { Machines, type Machine } from '../../../electron/engine/testing/machines.ts';
import type { Run } from '../part.ts';
import { Outside, personsOwn } from './outside.ts';
import { figure, together, type Found } from './trial.ts';

/** What git's own check of incoming objects finds: switched off by the person, our own must do. */
const CHECKS = ['hasDot', 'hasDotdot', 'hasDotgit', 'fullPathname', 'nullSha1', 'emptyName', 'treeNotSorted', 'duplicateEntries', 'zeroPaddedFilemode', 'badFilemode', 'symlinkTargetLength', 'gitmodulesSymlink', 'gitmodulesUrl', 'gitmodulesPath', 'gitmodulesName', 'gitmodulesUpdate', 'gitmodulesBlob', 'gitmodulesMissing', 'gitmodulesParse', 'gitattributesSymlink', 'gitattributesLineLength', 'gitattributesLarge', 'gitattributesMissing', 'gitattributesBlob', 'gitignoreSymlink', 'largePathname'];

/** A peer pushes trees that no git would make: nothing is written outside the folder or into the repository, and it is said. */
export async function treesTrial(run: Run, trees: readonly HostileTree[] = HOSTILE_TREES): Promise<Found> {
  const found: Found[] = [];
  for (const checked of [true, false]) {
    run.say(`${trees.length} trees that a peer pushes, ${checked ? 'with' : 'without'} git’s own check of them`);
    found.push(await pushed(trees, checked));
  }
  return together(found);
}

async function pushed(trees: readonly HostileTree[], checked: boolean): Promise<Found> {
  const machines = new Machines();
  const aside = join(machines.directory, 'outside');
  mkdirSync(aside);
  writeFileSync(join(aside, 'sentinel'), 'as it was\n');
  if (!checked) writeFileSync(join(machines.directory, 'person/.gitconfig'), `[user]\n\tname = t\n\temail = t@localhost\n[fetch "fsck"]\n${CHECKS.map((check) => `\t${check} = ignore\n`).join('')}`);
  const failures: string[] = [];
  try {
    const desk = await machines.add('desk');
    const peer = new HostilePeer(machines, aside);
    const outside = new Outside([aside, '/tmp/lockstep-hostile-absolute', join(machines.directory, 'person'), ...personsOwn(desk.folder)]);
    for (const tree of trees) {
      const problem = await peer.push(desk, tree);
      for (const wrong of judge(tree, desk, problem, outside)) failures.push(`${tree.name}, ${checked ? 'checked by git' : 'not checked by git'}: ${wrong}`);
      const names = readdirSync(machines.directory).filter((name) => !EXPECTED.has(name));
      if (names.length > 0) failures.push(`${tree.name}: ${names.join(' ')} beside the folder`);
    }
  } finally {
    await machines.close();
  }
  return { figures: [figure('hostile trees pushed by a peer', trees.length), figure('wrote outside', failures.filter((failure) => failure.endsWith('was written')).length)], failures };
}

const EXPECTED = new Set(['person', 'hub.git', 'first', 'desk', 'home-desk', 'outside']);

function judge({ verdict, entries }: HostileTree, desk: Machine, problem: string | null, outside: Outside): string[] {
  const wrong = outside.changed().map((path) => `${path} was written`);
  if (verdict === 'refused' && problem === null) wrong.push('it was taken');
  if (verdict === 'refused' && problem !== null && !['remote-damaged', 'offline', 'unsupported-file'].includes(problem)) wrong.push(`it is told as ${problem}`);
  if (verdict === 'taken' && problem !== null) wrong.push(`it was not taken: ${problem}`);
  if (verdict === 'taken' && problem === null) wrong.push(...missing(desk.folder, entries));
  return wrong;
}

/** Files of the tree that are not in the folder byte by byte. */
function missing(folder: string, entries: readonly RawEntry[]): string[] {
  return entries.flatMap(({ mode, name, is }) => {
    const path = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'latin1')]);
    if (mode === '120000' || typeof is !== 'string') return [];
    return existsSync(path) && readFileSync(path, 'utf8') === is ? [] : [`${JSON.stringify(name)} is not there as it was pushed`];
  });
}

/** Writes into the hub's store what it likes, and moves its branch there. */
class HostilePeer {
  readonly #machines: Machines;
  readonly #objects: RawObjects;
  readonly #aside: string;

  constructor(machines: Machines, aside: string) {
    this.#machines = machines;
    this.#objects = new RawObjects(machines.hub);
    this.#aside = aside;
  }

  /** The problem that the machine then has, or null. Afterwards the hub is where the machine is. */
  async push(desk: Machine, { name, entries }: HostileTree): Promise<string | null> {
    const before = desk.state.head ?? (await desk.sync()).head ?? '';
    const aimed = [...entries.map((entry) => this.#aimed(entry)), { mode: '100644', name: 'zz-kept', is: 'kept\n' }];
    const tree = this.#objects.tree(name === 'unsorted' ? aimed : inOrder(aimed));
    this.#move(this.#objects.commit(tree, [before]));
    const { problem, head } = await desk.sync();
    if (problem === null && head !== before) return null;
    this.#move(before);
    const after = await desk.sync();
    if (after.problem === null) return problem?.code ?? 'nothing happened';
    await this.#mend(desk);
    return `${problem?.code}, and does not come back: ${after.problem.code} ${JSON.stringify(after.problem.params)}`;
  }

  /** As a person would who knows git: an honest tree on top of whatever is there. */
  async #mend(desk: Machine): Promise<void> {
    const head = this.#machines.git(desk.folder, 'rev-parse', 'HEAD').trim();
    const honest = this.#objects.commit(this.#objects.tree([{ mode: '100644', name: 'zz-kept', is: 'kept\n' }]), [head]);
    this.#move(honest);
    this.#machines.git(desk.folder, 'fetch', '-q');
    this.#machines.git(desk.folder, 'reset', '-q', '--hard', honest);
    await desk.sync();
  }

  #aimed(entry: RawEntry): RawEntry {
    if (typeof entry.is === 'string') return { ...entry, is: entry.is.replaceAll('OUTSIDE', this.#aside) };
    return 'id' in entry.is ? entry : { ...entry, is: entry.is.map((each) => this.#aimed(each)) };
  }

  #move(commit: string): void {
    writeFileSync(join(this.#machines.hub, 'refs/heads/main'), `${commit}\n`);
  }
}
