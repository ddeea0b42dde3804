import type { ActivityReason } from '../../../shared/activity.ts';
import { displayPath, type RepoPath } from '../repo-path.ts';
import type { ApplyOutcome } from '../apply/applier.ts';
import type { Finding, Head, ObjectId, TreeChange } from '../vcs/vcs.ts';
import type { AgreedTip } from './agreed-tip.ts';
import { applyMarked } from './apply-marked.ts';
import { holdsUs } from './examine.ts';
import { fetchKeeping } from './fetch-keeping.ts';
import type { FolderContext } from './folder-context.ts';
import { keepBeforeMassArrival, type MassArrival } from './mass-arrival.ts';
import type { TroubleMaker } from './trouble.ts';
import { agreedRemote } from './remote-guard.ts';
import type { FolderEvent } from './situation.ts';

/** More paths than these say nothing more in the log. */
const LISTED_PATHS = 20;

interface Pull {
  readonly context: FolderContext;
  readonly troubles: TroubleMaker;
  readonly agreed: AgreedTip;
  readonly why: ActivityReason;
  readonly approved: boolean;
  readonly signal: AbortSignal;
}

/** Fetch, merge in the object store, apply with our own applier, and only then move the branch. */
export async function pullStep(pull: Pull): Promise<FolderEvent[]> {
  const { context, troubles, agreed, why, signal } = pull;
  const again: FolderEvent = { type: 'pull-wanted', why };
  const remote = await agreedRemote(context);
  if ('code' in remote) return [troubles.remote(remote)];
  const known = await agreed.read(remote.branch);
  const fetched = await fetchKeeping(context, { remote, known, signal });
  if (fetched.outcome === 'trouble') return [troubles.remote(fetched)];
  const head = await context.vcs.head();
  if (head.state === 'damaged' || head.state === 'detached' || head.branch !== remote.branch) return [{ type: 'look-wanted' }, again];
  const guard = await context.vcs.guard();
  if (guard && holdsUs(guard)) return [troubles.local(guard), again];
  if (fetched.tip === null) return remoteWithoutBranch(pull, { head, known, branch: remote.branch, emptied: fetched.emptied });
  const ours = head.state === 'branch' ? head.commit : null;
  const forward = ours === null || ours === fetched.tip || (await context.vcs.isAncestor(ours, fetched.tip));
  // What we stand on came from the remote as it was: going forward from it, nothing of it can be missing.
  if (!(forward && known === ours) && (await wasRewritten(pull, known, fetched.tip))) {
    if (!pull.approved) return [troubles.remote(await howRewritten(pull, remote.branch, known, fetched.tip))];
  }
  if (!context.settings().options.pull) return [{ type: 'pulled', recheckAtMs: null }];
  return takeIn({ ...pull, known }, remote.branch, ours, fetched.tip, forward);
}

/** No such branch there: new remotes get ours; one that had it and lost it is asked about. */
async function remoteWithoutBranch({ context, troubles, agreed, approved }: Pull, { head, known, branch, emptied }: { readonly head: Head; readonly known: ObjectId | null; readonly branch: string; readonly emptied: boolean }): Promise<FolderEvent[]> {
  if (known !== null && !approved) {
    await context.vcs.keep(known, 'the remote lost its branch');
    return [troubles.remote({ code: 'remote-rewritten', params: { branch, how: emptied ? 'emptied' : 'branch-gone' } })];
  }
  if (known !== null) await agreed.forget();
  const pulled: FolderEvent = { type: 'pulled', recheckAtMs: null };
  return head.state === 'branch' ? [pulled, { type: 'push-wanted', atMs: context.ports.clock.monotonic() }] : [pulled];
}

/** Whether history that we had from the remote is no longer in it. Its old tip is kept before anything else happens. */
async function wasRewritten({ context }: Pull, known: ObjectId | null, tip: ObjectId): Promise<boolean> {
  if (known === null || known === tip || (await context.vcs.isAncestor(known, tip))) return false;
  await context.vcs.keep(known, 'the remote was rewritten');
  return true;
}

async function howRewritten({ context }: Pull, branch: string, known: ObjectId | null, tip: ObjectId): Promise<Finding> {
  const { ahead: count, base } = known === null ? { ahead: 0, base: null } : await context.vcs.relation(known, tip);
  return { code: 'remote-rewritten', params: base === null ? { branch, how: 'unrelated' } : { branch, count } };
}

async function takeIn(pull: Pull & { readonly known: ObjectId | null }, branch: string, ours: ObjectId | null, tip: ObjectId, forward: boolean): Promise<FolderEvent[]> {
  const { context, troubles, agreed, signal } = pull;
  if (ours === tip) return upToDate(pull, branch, tip);
  if (ours !== null && !forward && (await context.vcs.isAncestor(tip, ours))) {
    return [...(await upToDate(pull, branch, tip)), { type: 'push-wanted', atMs: context.ports.clock.monotonic() }];
  }
  // Never seen this remote before: two beginnings of one folder are joined. One that turned into another is asked about.
  const joinUnrelated = pull.approved || pull.known === null;
  const merged = forward || ours === null ? null : await context.vcs.merge(ours, tip, signal, { joinUnrelated });
  if (merged?.outcome === 'unrelated') return [troubles.remote({ code: 'remote-rewritten', params: { branch, how: 'unrelated' } })];
  if (merged?.outcome === 'trouble') return [troubles.local(merged)];
  const target = merged?.commit ?? tip;
  const changes = await context.vcs.diff(ours, target, signal);
  const mass = ours === null ? null : await keepBeforeMassArrival(context, ours, changes, signal);
  const applied = await applyMarked(context, { from: ours, to: target, changes, machine: context.machine.name }, signal);
  // What cannot be taken in holds nothing that is made here.
  if (applied.outcome === 'trouble') return [troubles.remote({ code: applied.code, params: { path: displayPath(applied.path), ...(applied.code === 'unsupported-file' ? { how: 'incoming' } : {}) } }), { type: 'pull-wanted', why: pull.why }];
  if (applied.outcome === 'local-changes') return [{ type: 'pull-needs-commit', why: pull.why, nowMs: context.ports.clock.monotonic() }];
  const advanced = await context.vcs.advance({ branch, from: ours, to: target, changes, why: merged ? 'merge' : 'pull' });
  if (!advanced) return [{ type: 'look-wanted' }, { type: 'pull-wanted', why: pull.why }];
  await agreed.write(branch, tip);
  if (merged) context.outgoing.vouch(target, ours === null ? [tip] : [ours, tip]);
  await recordPull(pull, { ours, tip, target, changes, conflicts: merged?.outcome === 'merged' ? merged.conflicts : [], applied, mass });
  return eventsAfter(context, merged !== null, applied);
}

async function upToDate({ context, agreed }: Pull, branch: string, tip: ObjectId): Promise<FolderEvent[]> {
  if ((await agreed.read(branch)) !== tip) await agreed.write(branch, tip);
  context.report({ lastPull: new Date(context.ports.clock.now()).toISOString() });
  return [{ type: 'pulled', recheckAtMs: null }];
}

interface Taken {
  readonly ours: ObjectId | null;
  readonly tip: ObjectId;
  readonly target: ObjectId;
  readonly changes: readonly TreeChange[];
  readonly conflicts: readonly { readonly path: RepoPath; readonly copy: RepoPath }[];
  readonly applied: ApplyOutcome & { outcome: 'applied' };
  /** Most of the folder went, or changed. */
  readonly mass: MassArrival | null;
}

/** The files are in their place by now; who sent them and how many changes it were is only for the log. */
async function recordPull({ context, why, signal }: Pull, { ours, tip, target, changes, conflicts, applied, mass }: Taken): Promise<void> {
  const { vcs } = context;
  const [info, relation] = await Promise.all([vcs.commitInfo(tip), ours && !signal.aborted ? vcs.relation(ours, tip) : null]);
  const paths = changes.map(({ path }) => displayPath(path));
  context.report({ head: target, lastPull: new Date(context.ports.clock.now()).toISOString() });
  context.record({
    what: 'pulled',
    why,
    commit: target,
    paths: paths.slice(0, LISTED_PATHS),
    params: { files: paths.length, ...(relation ? { count: relation.behind } : {}) },
    ...(info?.machine ? { machine: info.machine } : {}),
  });
  if (mass) context.record({ what: 'mass-change', why: 'rule', commit: target, params: { ...mass, id: context.settings().id }, ...(info?.machine ? { machine: info.machine } : {}) });
  if (conflicts.length > 0) {
    context.record({ what: 'conflict', why: 'two-versions', commit: target, paths: conflicts.slice(0, LISTED_PATHS).map(({ path }) => displayPath(path)), params: { files: conflicts.length } });
  }
  for (const { path } of applied.copies) context.record({ what: 'conflict', why: 'changed-meanwhile', paths: [displayPath(path)] });
  for (const path of applied.rescued) context.record({ what: 'set-aside', why: 'file-in-the-way', paths: [displayPath(path)] });
}

function eventsAfter(context: FolderContext, merged: boolean, applied: ApplyOutcome & { outcome: 'applied' }): FolderEvent[] {
  const nowMs = context.ports.clock.monotonic();
  const recheckAtMs = applied.written.length > 0 ? nowMs + context.settings().options.commitDelay * 1000 : null;
  const events: FolderEvent[] = [{ type: 'pulled', recheckAtMs }];
  if (merged) events.push({ type: 'push-wanted', atMs: nowMs });
  if (applied.copies.length > 0) events.push({ type: 'changed', path: null, nowMs });
  return events;
}
