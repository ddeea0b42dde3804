import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseTwins } from './case-twins.ts';
import { planRefs, type RefPlan, type RefSituation } from './plan-refs.ts';
import { backupReason } from './ref-backups.ts';
import { inTheWay, parentsOf, type RefMap } from './ref-map.ts';

const id = (n: number): string => n.toString(16).padStart(40, '0');
const map = (entries: Record<string, number>): RefMap => new Map(Object.entries(entries).map(([name, n]) => [`refs/${name}`, id(n)]));
const MAIN = 'refs/heads/main';

function situation({ source = {}, store = {}, out = store, sourceHead = MAIN, storeHead = MAIN, ...rest }: { source?: Record<string, number>; store?: Record<string, number>; out?: Record<string, number>; sourceHead?: string | null; storeHead?: string | null } & Partial<Pick<RefSituation, 'distances' | 'policy' | 'approved'>>): RefSituation {
  return { source: { refs: map(source), head: sourceHead }, store: { refs: map(store), head: storeHead, out: map(out) }, distances: new Map(), policy: { deletions: 'follow', rewrites: 'follow' }, approved: null, ...rest };
}
const actions = ({ moves }: RefPlan): string[] => moves.map(({ ref, action }) => `${action} ${ref.slice('refs/'.length)}`);
const many = (count: number, from = 0): Record<string, number> => Object.fromEntries(Array.from({ length: count }, (_, index) => [`heads/b${index + from}`, index + from + 10]));

describe('what the store does to follow its source', () => {
  it('makes, moves and deletes heads and tags', () => {
    const plan = planRefs(situation({ source: { 'heads/main': 2, 'heads/new': 3, 'heads/re': 9, 'tags/v': 5 }, store: { 'heads/main': 1, 'heads/old': 4, 'heads/re': 8, 'tags/v': 6 }, distances: new Map([[MAIN, { leave: 0, come: 1 }], ['refs/heads/re', { leave: 2, come: 1 }], ['refs/tags/v', { leave: 0, come: 1 }]]) }));
    expect(actions(plan)).toEqual(['fast-forward heads/main', 'create heads/new', 'delete heads/old', 'rewrite heads/re', 'rewrite tags/v']);
    expect(plan.held).toBeNull();
  });

  it('takes a head of which nothing is known for rewritten', () => {
    expect(actions(planRefs(situation({ source: { 'heads/main': 2 }, store: { 'heads/main': 1 } })))).toEqual(['rewrite heads/main']);
  });

  it('leaves a branch alone that the person made, until the source needs its name', () => {
    const own = { store: { 'heads/main': 1, 'heads/mine': 7 }, out: { 'heads/main': 1 } };
    expect(planRefs(situation({ source: { 'heads/main': 1 }, ...own })).moves).toEqual([]);
    expect(actions(planRefs(situation({ source: { 'heads/main': 1, 'heads/mine/x': 1 }, ...own })))).toEqual(['delete heads/mine', 'create heads/mine/x']);
  });

  it('keeps deleted refs for the person where it is told to, but for a name that is needed', () => {
    const policy = { deletions: 'keep', rewrites: 'follow' } as const;
    const plan = planRefs(situation({ source: { 'heads/main': 1, 'heads/b/x': 1 }, store: { 'heads/main': 1, 'heads/a': 7, 'heads/b': 8 }, policy }));
    expect(actions(plan)).toEqual(['delete heads/b', 'create heads/b/x']);
    expect(plan.out.get('refs/heads/a')).toBeNull();
    expect(planRefs(situation({ store: { 'heads/main': 1 }, policy }))).toMatchObject({ moves: [], held: null });
  });
});

describe('what waits for a yes', () => {
  it('is everything, when the source is suddenly empty', () => {
    const emptied = situation({ store: { 'heads/main': 1, 'tags/v': 2 } });
    const { moves, held } = planRefs(emptied);
    expect({ moves, code: held?.code, params: held?.params }).toEqual({ moves: [], code: 'source-emptied', params: { refs: 2 } });
    expect(actions(planRefs({ ...emptied, approved: held?.digest ?? '' }))).toEqual(['delete heads/main', 'delete tags/v']);
  });

  it.each([
    [6, 5, 'refs-vanished'],
    [5, 4, undefined],
    [6, 6, undefined],
  ])('is everything, when %i refs vanish and %i stay: %s', (gone, stay, code) => {
    const plan = planRefs(situation({ source: { 'heads/main': 1, ...many(stay - 1) }, store: { 'heads/main': 1, ...many(stay - 1), ...many(gone, 100) } }));
    expect(plan.held?.code).toBe(code);
    expect(plan.moves.length).toBe(code ? 0 : gone);
  });

  it('is everything, when the default branch is gone and no other took its place', () => {
    const base = { source: { 'heads/next': 2, 'heads/x': 3 }, store: { 'heads/main': 1, 'heads/next': 2 } };
    expect(planRefs(situation({ ...base, sourceHead: null })).held).toMatchObject({ code: 'refs-vanished', params: { branch: 'main', count: 1, total: 2 } });
    expect(planRefs(situation({ ...base, sourceHead: MAIN })).held?.code).toBe('refs-vanished');
    expect(actions(planRefs(situation({ ...base, sourceHead: 'refs/heads/next' })))).toEqual(['delete heads/main', 'create heads/x']);
  });

  it('is only what was asked about: other branches go on', () => {
    const asked = situation({ source: { 'heads/a/b': 5, 'heads/main': 2, 'heads/new': 3 }, store: { 'heads/a': 4, 'heads/main': 1 }, policy: { deletions: 'ask', rewrites: 'ask' }, distances: new Map([[MAIN, { leave: 14, come: 1 }]]) });
    const plan = planRefs(asked);
    expect(actions(plan)).toEqual(['create heads/new']);
    expect(plan.held).toMatchObject({ code: 'remote-rewritten', params: { branch: 'main', count: 14 } });
    // What cannot stand beside what is kept waits with it.
    expect(plan.held?.refs.map(({ ref }) => ref)).toEqual([MAIN, 'refs/heads/a', 'refs/heads/a/b']);
    expect(planRefs({ ...asked, approved: plan.held?.digest ?? '' }).moves).toHaveLength(4);
  });

  it('asks again when it became another plan', () => {
    const { held } = planRefs(situation({ store: { 'heads/main': 1 } }));
    expect(planRefs(situation({ store: { 'heads/main': 2 }, approved: held?.digest ?? '' })).moves).toEqual([]);
    expect(planRefs(situation({ store: { 'heads/main': 1, 'heads/x': 3 }, approved: held?.digest ?? '' })).moves).toEqual([]);
  });
});

const NAMES = ['heads/main', 'heads/a', 'heads/a/b', 'heads/a/b/c', 'heads/x', 'tags/v', 'tags/v/1', ...Array.from({ length: 8 }, (_, index) => `heads/n${index}`)];
/** A set of refs as git would have them: no name is a folder of another. */
const refs = fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.integer({ min: 1, max: 6 })), { maxLength: 14 }).map((entries) => {
  const chosen: Record<string, number> = {};
  for (const [name, n] of entries) if (inTheWay(Object.keys(chosen).map((one) => `refs/${one}`), [`refs/${name}`]).size === 0) chosen[name] = n;
  return chosen;
});
const situations = fc
  .record({ source: refs, store: refs, last: refs, sourceHead: fc.constantFrom(null, MAIN, 'refs/heads/x'), storeHead: fc.constantFrom(null, MAIN), deletions: fc.constantFrom('follow', 'keep', 'ask'), rewrites: fc.constantFrom('follow', 'ask'), leave: fc.integer({ min: 0, max: 1 }), approved: fc.constantFrom('none', 'this', 'another') } as const)
  .map(({ last, deletions, rewrites, leave, approved, ...sides }) => {
    const distances = new Map([...map(sides.source).keys()].map((ref) => [ref, { leave, come: 1 }]));
    const asking = situation({ ...sides, out: last, policy: { deletions, rewrites }, distances });
    const digest = approved === 'this' ? (planRefs(asking).held?.digest ?? null) : approved === 'another' ? 'f'.repeat(64) : null;
    return { ...asking, approved: digest };
  });

/** The store after a plan, with the values that were kept as backups. */
function carriedOut({ store }: RefSituation, plan: RefPlan): { store: RefSituation['store']; kept: Set<string> } {
  const [now, out, kept] = [new Map(store.refs), new Map(store.out), new Set<string>()];
  for (const move of plan.moves) {
    if (backupReason(move) && move.from !== null) kept.add(move.from);
    if (move.to === null) now.delete(move.ref);
    else now.set(move.ref, move.to);
  }
  for (const [ref, to] of plan.out) {
    if (to === null) out.delete(ref);
    else out.set(ref, to);
  }
  return { store: { ...store, refs: now, out }, kept };
}

describe('every plan', () => {
  const check = (holds: (one: RefSituation, plan: RefPlan) => void): void => fc.assert(fc.property(situations, (one) => holds(one, planRefs(one))), { numRuns: 3_000 });

  it('keeps what it takes the last name from', () =>
    check((one, plan) => {
      const after = carriedOut(one, plan);
      const named = new Set([...after.store.refs.values(), ...after.kept]);
      // A branch that only grew holds what it was.
      const grown = new Set(plan.moves.flatMap(({ action, from }) => (action === 'fast-forward' && from !== null ? [from] : [])));
      for (const tip of one.store.refs.values()) expect(named.has(tip) || grown.has(tip)).toBe(true);
    }));

  it('leaves names that git can hold together', () =>
    check((one, plan) => {
      const names = new Set(carriedOut(one, plan).store.refs.keys());
      for (const name of names) for (const parent of parentsOf(name)) expect(names.has(parent)).toBe(false);
    }));

  it('is done once: the next one moves nothing, and asks the same', () =>
    check((one, plan) => {
      const again = planRefs({ ...one, approved: null, store: carriedOut(one, plan).store });
      if (plan.held || one.approved === null) expect([again.moves, again.held?.digest]).toEqual([[], plan.held?.digest]);
      else expect(again.moves).toEqual([]);
    }));

  it('moves nothing of what it asks about', () =>
    check((one, plan) => {
      for (const { ref } of plan.held?.refs ?? []) {
        expect(plan.moves.some((move) => move.ref === ref)).toBe(false);
        expect(plan.out.has(ref)).toBe(false);
      }
      if (plan.held && one.source.refs.size === 0) expect(plan.moves).toEqual([]);
    }));
});

it('names that differ in case only are found, in folders too', () => {
  const found = caseTwins(['refs/heads/Feature/x', 'refs/heads/feature/y', 'refs/heads/A', 'refs/heads/a', 'refs/heads/b'], new Set(['refs/heads/a']));
  expect([...found]).toEqual([['refs/heads/A', 'refs/heads/a'], ['refs/heads/feature/y', 'refs/heads/Feature/x']]);
});
