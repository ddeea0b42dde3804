import type { PlannedRef } from '../../../shared/mirror.ts';
import { planDigest } from './plan-digest.ts';
import { inTheWay, type RefMap } from './ref-map.ts';

export interface PushSituation {
  /** What the target should have: the store's heads and tags. */
  readonly wanted: RefMap;
  /** What it has. */
  readonly target: RefMap;
  /** What we last pushed, and have seen taken. */
  readonly pushed: RefMap;
  /** What we were about to push when we last heard nothing more. */
  readonly pushing: RefMap;
  /** Whether the store knows a tip of the target's to be a part of what should come there. */
  readonly holds: (ref: string, theirs: string) => boolean;
  /** Digest of the divergence that the person said yes to. */
  readonly approved: string | null;
}

/** One ref to push. `from`: what the target must have for it, null: nothing. */
export interface PushMove {
  readonly ref: string;
  readonly from: string | null;
  readonly to: string | null;
}

export interface PushPlan {
  /** New refs and new values; with them goes what stands in their way. */
  readonly updates: readonly PushMove[];
  /** After the default branch has changed. */
  readonly deletes: readonly PushMove[];
  /** Changed there by another hand: `from` is theirs. */
  readonly diverged: readonly PlannedRef[];
  readonly digest: string | null;
  /** Of `diverged`, those that the person wants pushed over; they are among `updates`. */
  readonly overwrites: readonly PlannedRef[];
  /** What we know to be there by our own doing. `null`: no more. */
  readonly pushed: ReadonlyMap<string, string | null>;
}

/**
 * What has to be pushed. The lease of each ref is what we pushed last, so that nobody's work is pushed over unseen; what
 * was there before we came, and what is there beside ours, is never deleted.
 */
export function planPush(situation: PushSituation): PushPlan {
  const { wanted, target, approved } = situation;
  const ours = known(situation);
  const updates: PushMove[] = [];
  const diverged: PlannedRef[] = [];
  for (const [ref, to] of wanted) {
    const theirs = target.get(ref) ?? null;
    if (theirs === to) continue;
    // Gone there, or as we left it, or a part of what comes: nothing is lost.
    if (theirs === null || theirs === ours.get(ref) || situation.holds(ref, theirs)) updates.push({ ref, from: theirs, to });
    else diverged.push({ ref, action: 'rewrite', from: theirs, to, leave: null, come: null });
  }
  const gone = [...ours.keys()].filter((ref) => !wanted.has(ref));
  const deletes = gone.flatMap((ref): PushMove[] => (target.get(ref) === ours.get(ref) ? [{ ref, from: target.get(ref) ?? null, to: null }] : []));
  const blockers = foreignInTheWay(target, updates, deletes);
  diverged.push(...blockers.map((ref): PlannedRef => ({ ref, action: 'delete', from: target.get(ref) ?? null, to: null, leave: null, come: null })));
  // What is lost is theirs; that ours has grown since makes it no other plan.
  const digest = diverged.length === 0 ? null : planDigest('target-diverged', diverged.map((one) => ({ ...one, to: null })));
  const overwrites = digest !== null && digest === approved ? diverged : [];
  const waiting = overwrites.length > 0 ? new Set<string>() : inTheWay(updates.map(({ ref }) => ref), blockers);
  const over = overwrites.map(({ ref, from, to }): PushMove => ({ ref, from, to }));
  const going = updates.filter(({ ref }) => !waiting.has(ref));
  const blocking = inTheWay(deletes.map(({ ref }) => ref), [...going, ...over].map(({ ref }) => ref));
  return {
    updates: [...deletes.filter(({ ref }) => blocking.has(ref)), ...over, ...going],
    deletes: deletes.filter(({ ref }) => !blocking.has(ref)),
    diverged,
    digest,
    overwrites,
    pushed: settled(situation, ours, gone),
  };
}

/** Refs of another hand that cannot stay where a new one of ours should be (`a` for `a/b`). */
function foreignInTheWay(target: RefMap, updates: readonly PushMove[], deletes: readonly PushMove[]): string[] {
  const going = new Set(deletes.map(({ ref }) => ref));
  const staying = [...target.keys()].filter((ref) => !going.has(ref));
  return [...inTheWay(staying, updates.map(({ ref }) => ref))].filter((ref) => !updates.some((update) => update.ref === ref));
}

/** What is at the target by our doing: what we saw taken, and what was on the way and has come there. */
function known({ target, pushed, pushing }: PushSituation): Map<string, string> {
  const ours = new Map(pushed);
  for (const [ref, id] of pushing) if (target.get(ref) === id) ours.set(ref, id);
  return ours;
}

function settled({ target, pushed, pushing }: PushSituation, ours: RefMap, gone: readonly string[]): Map<string, string | null> {
  const changes = new Map<string, string | null>();
  for (const ref of pushing.keys()) if (ours.has(ref) && ours.get(ref) !== pushed.get(ref)) changes.set(ref, ours.get(ref) ?? null);
  // Deleted there already, or another's by now.
  for (const ref of gone) if (target.get(ref) !== ours.get(ref) && pushed.has(ref)) changes.set(ref, null);
  return changes;
}
