import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repoPathFromText, type RepoPath } from '../repo-path.ts';
import type { TreeEntry } from '../vcs/vcs.ts';
import { ancestorsOf } from './ancestors.ts';
import { phaseOf, PHASES, type Operation } from './operation.ts';
import { planApply, type Disk, type DiskEntry, type Plan } from './planner.ts';
import { arbitraryTree, diffTrees, layOver, MemoryDisk, type Tree } from '../testing/apply/memory-tree.ts';

const RUNS = Number(process.env['PLANNER_RUNS'] ?? 4000);
const p = repoPathFromText;

interface Situation {
  readonly base: Tree;
  readonly target: Tree;
  readonly local: Tree;
  readonly emptyDirectories: readonly RepoPath[];
  readonly ignored: ReadonlySet<RepoPath>;
  readonly held: ReadonlySet<RepoPath>;
}

const component = fc.constantFrom('a', 'b', 'c');
const somePath = fc.array(component, { minLength: 1, maxLength: 3 }).map((components) => p(components.join('/')));
const somePaths = fc.array(somePath, { maxLength: 4 });

/** The work tree is the base with something laid over it, as it is when a person has just been at work. */
const situation: fc.Arbitrary<Situation> = fc
  .record({ base: arbitraryTree, over: arbitraryTree, incoming: arbitraryTree, fresh: fc.boolean(), edits: fc.boolean(), emptyDirectories: somePaths, ignored: somePaths, held: somePaths })
  .map(({ base, over, incoming, fresh, edits, emptyDirectories, ignored, held }) => ({
    base,
    target: fresh ? incoming : layOver(base, incoming),
    local: edits ? layOver(base, over) : layOver(over, base),
    emptyDirectories,
    ignored: new Set(ignored.filter((path) => !base.has(path))),
    held: new Set(held),
  }));

const diskOf = ({ local, emptyDirectories }: Situation) => new MemoryDisk(local, emptyDirectories);
const planFor = (given: Situation, disk: MemoryDisk) => planApply(diffTrees(given.base, given.target), disk.view(given));
const operationsOf = (plan: Plan) => (plan.plan === 'operations' ? plan.operations : []);

function runAll(disk: MemoryDisk, operations: readonly Operation[]): MemoryDisk {
  for (const operation of operations) disk.run(operation);
  return disk;
}

const shuffledWithinPhases = (operations: readonly Operation[], order: readonly number[]) =>
  PHASES.flatMap((phase) => {
    const ofPhase = operations.filter((operation) => phaseOf(operation) === phase);
    if (phase === 'remove-directories' || phase === 'make-directories') return ofPhase;
    return ofPhase.map((operation, index) => ({ operation, key: order[index % order.length] ?? 0 })).sort((a, b) => a.key - b.key).map(({ operation }) => operation);
  });

const leavesOf = (disk: MemoryDisk) => [...disk.leaves].map(([path, { mode, id }]) => `${path} ${mode} ${id}`).sort();
const state = (disk: MemoryDisk) => ({ leaves: leavesOf(disk), directories: [...disk.directories].sort() });

describe('on random trees, the plan', () => {
  it('makes the target of whatever it touches and leaves the rest alone', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const plan = planFor(given, diskOf(given));
        if (plan.plan !== 'operations') return;
        const disk = runAll(diskOf(given), plan.operations);
        const moved = new Set([...disk.copies, ...disk.rescued].map(({ path }) => path));
        for (const { path, after } of diffTrees(given.base, given.target)) {
          if (after) expect(disk.leaves.get(path)).toEqual(after);
          else if (disk.leaves.has(path)) expect([path, ...ancestorsOf(path)].some((each) => given.held.has(each))).toBe(true);
        }
        const touched = new Set(diffTrees(given.base, given.target).map(({ path }) => path));
        for (const [path, entry] of given.local) if (!touched.has(path) && !moved.has(path)) expect(disk.leaves.get(path)).toEqual(entry);
      }),
      { numRuns: RUNS },
    );
  });

  it('never destroys content that is nowhere else', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const disk = runAll(diskOf(given), operationsOf(planFor(given, diskOf(given))));
        const kept = [...disk.copies, ...disk.rescued];
        for (const [path, entry] of given.local) {
          const inRepository = [given.base, given.target].some((tree) => tree.get(path)?.id === entry.id);
          const somewhere = disk.leaves.get(path)?.id === entry.id || kept.some((other) => other.path === path && other.entry.id === entry.id);
          expect(inRepository || somewhere).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('never takes equal content for a conflict', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const plan = planFor(given, diskOf(given));
        const displaced = plan.plan === 'local-changes' ? plan.paths : operationsOf(plan).filter((operation) => operation.do === 'copy-beside' || operation.do === 'rescue').map(({ path }) => path);
        for (const path of displaced) {
          const local = given.local.get(path);
          for (const tree of [given.base, given.target]) if (local && tree.has(path)) expect(tree.get(path)).not.toEqual(local);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('goes ahead whenever nothing of the person is in the way', () => {
    fc.assert(
      fc.property(situation, (given) => {
        expect(planFor({ ...given, local: given.base }, new MemoryDisk(given.base, given.emptyDirectories)).plan).toBe('operations');
      }),
      { numRuns: RUNS },
    );
  });

  it('does not depend on the order of changes, nor on that of operations within a phase', () => {
    fc.assert(
      fc.property(situation, fc.array(fc.nat(), { minLength: 3, maxLength: 7 }), (given, order) => {
        const changes = diffTrees(given.base, given.target);
        const plan = planApply(changes, diskOf(given).view(given));
        const shuffled = changes.map((change, index) => ({ change, key: order[index % order.length] ?? 0 })).sort((a, b) => a.key - b.key).map(({ change }) => change);
        const other = planApply(shuffled, diskOf(given).view(given));
        if (plan.plan === 'unsupported') expect(other.plan).toBe('unsupported');
        else expect(other).toEqual(plan);
        const operations = operationsOf(plan);
        expect(state(runAll(diskOf(given), shuffledWithinPhases(operations, order)))).toEqual(state(runAll(diskOf(given), operations)));
      }),
      { numRuns: RUNS },
    );
  });

  it('comes to the same end when it is made anew after stopping anywhere', () => {
    fc.assert(
      fc.property(situation, fc.nat(), (given, stop) => {
        const plan = planFor(given, diskOf(given));
        if (plan.plan !== 'operations') return;
        const { operations } = plan;
        const whole = runAll(diskOf(given), operations);
        const half = runAll(diskOf(given), operations.slice(0, stop % (operations.length + 1)));
        const rest = planFor(given, half);
        expect(rest.plan).toBe('operations');
        runAll(half, operationsOf(rest));
        expect(leavesOf(half)).toEqual(leavesOf(whole));
        expect(operationsOf(planFor(given, half)).filter((operation) => operation.do !== 'remove-directory')).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('planApply', () => {
  const file = (id: string, inode = id): DiskEntry => ({ kind: 'file', executable: false, id, inode });
  const blob = (id: string): TreeEntry => ({ mode: '100644', id });
  const disk = (entries: Record<string, DiskEntry>, more: Partial<Disk> = {}): Disk => ({
    entries: new Map(Object.entries(entries).map(([path, entry]) => [p(path), entry])),
    ignored: new Set(),
    held: new Set(),
    executableBits: true,
    ...more,
  });

  it('waits for a local edit of a file that it would replace', () => {
    expect(planApply([{ path: p('f'), before: blob('v1'), after: blob('v2') }], disk({ f: file('mine') }))).toEqual({ plan: 'local-changes', paths: ['f'] });
  });

  it('rescues an ignored file that the target has', () => {
    const plan = planApply([{ path: p('x.env'), before: null, after: blob('v1') }], disk({ 'x.env': file('mine') }, { ignored: new Set([p('x.env')]) }));
    expect(operationsOf(plan).map(({ do: verb }) => verb)).toEqual(['rescue', 'place']);
  });

  it('never writes through a link that stands where a directory is to be', () => {
    const changes = [{ path: p('d/f'), before: null, after: blob('v1') }];
    expect(planApply(changes, disk({ d: { kind: 'link', id: null } }))).toEqual({ plan: 'local-changes', paths: ['d'] });
  });

  it('sees a change of case on a file system that knows none', () => {
    const changes = [
      { path: p('README'), before: null, after: blob('v1') },
      { path: p('Readme'), before: blob('v1'), after: null },
    ];
    const plan = planApply(changes, disk({ README: file('v1', '7'), Readme: file('v1', '7') }));
    expect(operationsOf(plan).map(({ do: verb, path }) => `${verb} ${path}`)).toEqual(['remove Readme', 'place README']);
  });

  it('leaves modes alone where the file system keeps none', () => {
    const changes = [{ path: p('f'), before: blob('v1'), after: { mode: '100755' as const, id: 'v1' } }];
    expect(operationsOf(planApply(changes, disk({ f: file('v1') })))).toEqual([{ do: 'set-mode', path: 'f', executable: true }]);
    expect(operationsOf(planApply(changes, disk({ f: file('v1') }, { executableBits: false })))).toEqual([]);
  });

  it('refuses to move a fifo or a repository out of the way', () => {
    const changes = [{ path: p('d'), before: null, after: blob('v1') }];
    expect(planApply(changes, disk({ d: { kind: 'other' } }))).toEqual({ plan: 'unsupported', path: 'd' });
    const nested = disk({ d: { kind: 'directory' }, 'd/.git': { kind: 'directory' }, 'd/.git/HEAD': file('x') });
    expect(planApply(changes, nested)).toEqual({ plan: 'unsupported', path: 'd' });
  });

  it('makes the directory of a submodule and removes it only when empty', () => {
    const module: TreeEntry = { mode: '160000', id: 'c1' };
    expect(operationsOf(planApply([{ path: p('m/s'), before: null, after: module }], disk({})))).toEqual([
      { do: 'make-directory', path: 'm' },
      { do: 'make-directory', path: 'm/s' },
    ]);
    const there = disk({ m: { kind: 'directory' }, 'm/s': { kind: 'directory' } });
    expect(operationsOf(planApply([{ path: p('m/s'), before: module, after: null }], there)).map(({ do: verb }) => verb)).toEqual(['remove-directory', 'remove-directory']);
    expect(operationsOf(planApply([{ path: p('m/s'), before: module, after: { ...module, id: 'c2' } }], there))).toEqual([]);
  });

  it('keeps an edited file that will not be committed beside the incoming one', () => {
    const held = { held: new Set([p('big.bin')]) };
    const plan = planApply([{ path: p('big.bin'), before: blob('v1'), after: blob('v2') }], disk({ 'big.bin': file('mine') }, held));
    expect(operationsOf(plan).map(({ do: verb }) => verb)).toEqual(['copy-beside', 'place']);
    expect(operationsOf(planApply([{ path: p('big.bin'), before: blob('v1'), after: null }], disk({ 'big.bin': file('mine') }, held)))).toEqual([]);
  });

  it('needs to be told only once of a link that stands where the base has a directory', () => {
    const changes = [{ path: p('d/f'), before: blob('v1'), after: blob('v2') }];
    const link = disk({ d: { kind: 'link', id: null } });
    expect(planApply(changes, link)).toEqual({ plan: 'local-changes', paths: ['d'] });
    expect(operationsOf(planApply(changes, { ...link, held: new Set([p('d')]) })).map(({ do: verb, path }) => `${verb} ${path}`)).toEqual(['copy-beside d', 'make-directory d', 'place d/f']);
  });

  it('takes no ancestor twice', () => {
    const changes = ['d/a', 'd/b'].map((path) => ({ path: p(path), before: null, after: blob('v1') }));
    expect(operationsOf(planApply(changes, disk({}))).filter((operation) => operation.do === 'make-directory')).toHaveLength(1);
    expect(ancestorsOf(p('x/y/z'))).toEqual(['x/y', 'x']);
  });
});
