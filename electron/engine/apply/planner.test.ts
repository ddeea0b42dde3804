import { describe, expect, it } from 'vitest';
import { repoPathFromText } from '../repo-path.ts';
import { checkCases } from '../testing/planner/check-cases.ts';
import { explain } from '../testing/planner/explain.ts';
import { PAIR_PROPERTIES } from '../testing/planner/pair-properties.ts';
import { PLAN_PROPERTIES } from '../testing/planner/plan-properties.ts';
import type { TreeEntry } from '../vcs/vcs.ts';
import { ancestorsOf } from './ancestors.ts';
import type { Disk, DiskEntry } from './disk.ts';
import { planApply, type Plan } from './planner.ts';

/** A million of them is what `npm run torture` is for. */
const CASES = 5_000;
const p = repoPathFromText;
const operationsOf = (plan: Plan) => (plan.plan === 'operations' ? plan.operations : []);

describe('on random trees, the plan', () => {
  it.each([...PLAN_PROPERTIES, ...PAIR_PROPERTIES])('$name', (property) => {
    const found = checkCases({ seed: 1, from: 0, count: CASES }, { properties: [property] });
    expect(found && explain(found)).toBeNull();
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

  it('changes no more than the mode of an ignored file that has the content already, and does not wait for it', () => {
    const changes = [{ path: p('run.sh'), before: null, after: blob('v1') }];
    const there = disk({ 'run.sh': { ...file('v1'), executable: true } as DiskEntry }, { ignored: new Set([p('run.sh')]) });
    expect(operationsOf(planApply(changes, there))).toEqual([{ do: 'set-mode', path: 'run.sh', executable: false }]);
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
    expect(planApply(changes, disk({ d: { kind: 'link', id: null, inode: 'l' } }))).toEqual({ plan: 'local-changes', paths: ['d'] });
  });

  it('sees a change of case on a file system that knows none', () => {
    const changes = [
      { path: p('README'), before: null, after: blob('v1') },
      { path: p('Readme'), before: blob('v1'), after: null },
    ];
    const both = { README: file('v1', '7'), Readme: file('v1', '7') };
    const plan = planApply(changes, disk(both, { aliases: new Set([p('README')]) }));
    expect(operationsOf(plan).map(({ do: verb, path }) => `${verb} ${path}`)).toEqual(['remove Readme', 'place README']);
    expect(operationsOf(planApply(changes, disk(both, { aliases: new Set([p('Readme')]) })))).toEqual([]);
  });

  it('refuses names there that differ only by case, instead of waiting for ever', () => {
    const coming = (path: string) => ({ path: p(path), before: null, after: blob('v2') });
    const folding = (entries: Record<string, DiskEntry>, ...aliases: string[]) => disk(entries, { aliases: new Set(aliases.map(p)) });
    expect(planApply([coming('README')], folding({ README: file('v1') }, 'README'))).toEqual({ plan: 'unsupported', path: 'README' });
    expect(planApply([coming('A'), coming('a')], folding({}))).toEqual({ plan: 'unsupported', path: 'A' });
    expect(planApply([coming('A/x'), coming('a')], folding({}))).toEqual({ plan: 'unsupported', path: 'A/x' });
    expect(planApply([coming('A'), coming('a')], disk({})).plan).toBe('operations');
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
    const link = disk({ d: { kind: 'link', id: null, inode: 'l' } });
    expect(planApply(changes, link)).toEqual({ plan: 'local-changes', paths: ['d'] });
    expect(operationsOf(planApply(changes, { ...link, held: new Set([p('d')]) })).map(({ do: verb, path }) => `${verb} ${path}`)).toEqual(['copy-beside d', 'make-directory d', 'place d/f']);
  });

  it('takes no ancestor twice', () => {
    const changes = ['d/a', 'd/b'].map((path) => ({ path: p(path), before: null, after: blob('v1') }));
    expect(operationsOf(planApply(changes, disk({}))).filter((operation) => operation.do === 'make-directory')).toHaveLength(1);
    expect(ancestorsOf(p('x/y/z'))).toEqual(['x/y', 'x']);
  });
});
