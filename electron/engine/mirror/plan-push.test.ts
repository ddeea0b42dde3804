import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planPush, type PushSituation } from './plan-push.ts';
import type { RefMap } from './ref-map.ts';

const id = (n: number): string => n.toString(16).padStart(40, '0');
const map = (entries: Record<string, number>): RefMap => new Map(Object.entries(entries).map(([name, n]) => [`refs/heads/${name}`, id(n)]));
type Numbers = Record<string, number>;
const plan = ({ wanted = {}, target = {}, pushed = {}, pushing = {}, holds = false, approved = null }: { wanted?: Numbers; target?: Numbers; pushed?: Numbers; pushing?: Numbers; holds?: boolean; approved?: string | null }) =>
  planPush({ wanted: map(wanted), target: map(target), pushed: map(pushed), pushing: map(pushing), holds: () => holds, approved });
const names = (moves: readonly { ref: string }[]): string[] => moves.map(({ ref }) => ref.slice('refs/heads/'.length));

describe('what is pushed', () => {
  it('is what the target lacks, and what we pushed there last', () => {
    const { updates, deletes, diverged } = plan({ wanted: { new: 1, grown: 3, rewritten: 5, same: 6 }, target: { grown: 2, rewritten: 4, same: 6, old: 7 }, pushed: { grown: 2, rewritten: 4, old: 7 } });
    expect([names(updates), names(deletes), names(diverged)]).toEqual([['new', 'grown', 'rewritten'], ['old'], []]);
  });

  it('is nothing over the work of another hand', () => {
    const moved = { wanted: { main: 3 }, target: { main: 9 }, pushed: { main: 2 } };
    const asked = plan(moved);
    expect([asked.updates, names(asked.diverged)]).toEqual([[], ['main']]);
    expect(names(plan({ ...moved, approved: asked.digest }).updates)).toEqual(['main']);
    expect(plan({ ...moved, target: { main: 10 }, approved: asked.digest }).updates).toEqual([]);
    expect(names(plan({ ...moved, holds: true }).updates)).toEqual(['main']);
  });

  it('is nothing that was there before us, or beside us', () => {
    const { updates, deletes, pushed } = plan({ target: { theirs: 1, changed: 5, gone: 0 }, pushed: { changed: 4 } });
    expect([updates, deletes, [...pushed]]).toEqual([[], [], [['refs/heads/changed', null]]]);
  });

  it('is known for ours after a push of which nothing more was heard', () => {
    const { updates, pushed } = plan({ wanted: { main: 3 }, target: { main: 2 }, pushed: { main: 1 }, pushing: { main: 2 } });
    expect([updates.map(({ from, to }) => [from, to]), [...pushed]]).toEqual([[[id(2), id(3)]], [['refs/heads/main', id(2)]]]);
  });

  it('goes together with what stands in its way', () => {
    const { updates, deletes } = plan({ wanted: { 'a/b': 2 }, target: { a: 1, x: 3 }, pushed: { a: 1, x: 3 } });
    expect([names(updates), names(deletes)]).toEqual([['a', 'a/b'], ['x']]);
  });

  it('waits where another hand has a branch that ours cannot be beside', () => {
    const blocked = { wanted: { 'a/b': 2, c: 3 }, target: { a: 1 } };
    const asked = plan(blocked);
    expect([names(asked.updates), asked.diverged.map(({ ref, action }) => [ref, action])]).toEqual([['c'], [['refs/heads/a', 'delete']]]);
    const agreed = plan({ ...blocked, approved: asked.digest });
    expect(agreed.updates.map(({ ref, from, to }) => [ref, from, to])).toEqual([['refs/heads/a', id(1), null], ['refs/heads/a/b', null, id(2)], ['refs/heads/c', null, id(3)]]);
  });
});

const refs = fc.dictionary(fc.constantFrom('main', 'a', 'b', 'c', 'd/e', 'd'), fc.integer({ min: 1, max: 3 })).map((all) => ('d' in all && 'd/e' in all ? Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'd')) : all));
const situations = fc.record({ wanted: refs, target: refs, pushed: refs, pushing: refs, approves: fc.boolean() });

it('no plan changes or deletes what another hand put at the target, unless that was agreed to', () => {
  fc.assert(
    fc.property(situations, ({ approves, ...sides }) => {
      const approved = approves ? plan(sides).digest : null;
      const { updates, deletes, overwrites } = plan({ ...sides, approved });
      const situation: Pick<PushSituation, 'target' | 'pushed' | 'pushing'> = { target: map(sides.target), pushed: map(sides.pushed), pushing: map(sides.pushing) };
      for (const { ref, from } of [...updates, ...deletes]) {
        const there = situation.target.get(ref) ?? null;
        expect(from).toBe(there);
        const isOurs = there === null || there === situation.pushed.get(ref) || there === situation.pushing.get(ref);
        expect(isOurs || overwrites.some((one) => one.ref === ref)).toBe(true);
      }
      if (!approves) expect(overwrites).toEqual([]);
    }),
    { numRuns: 3_000 },
  );
});
