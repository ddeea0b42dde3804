import type { Held } from '../../../shared/app-state.ts';
import type { RepoPath } from '../repo-path.ts';
import type { ProblemCode } from '../../../shared/problem.ts';
import type { Finding, Head } from '../vcs/vcs.ts';
import { isBrake, massChange, mayBeMassChange, touchedByStatus, type Touched } from './brakes.ts';
import type { FolderContext } from './folder-context.ts';
import { newSecrets } from '../secrets/new-secrets.ts';
import { holdBack, type HoldBack, type SecretLook } from './hold-back.ts';
import { rootFinding } from './root-check.ts';

export type UsableHead = Head & { state: 'branch' | 'unborn' };

export type Examination =
  /** Something that is not ours to go on over. */
  | { readonly outcome: 'blocked'; readonly finding: Finding; readonly snapshotWorth: boolean }
  | { readonly outcome: 'clean'; readonly head: UsableHead; readonly heldBack: HoldBack }
  | { readonly outcome: 'changed'; readonly head: UsableHead; readonly heldBack: HoldBack };

/** Guards, then status, then what is held back: may we commit here, and what? Writes nothing. */
export async function examine(context: FolderContext, approved: ProblemCode | null, signal: AbortSignal): Promise<Examination> {
  const blocked = (finding: Finding, snapshotWorth = false): Examination => ({ outcome: 'blocked', finding, snapshotWorth });
  const root = await rootFinding(context);
  if (root) return blocked(root);
  const guard = await personsState(context);
  if (guard && holdsUs(guard)) return blocked(guard, true);
  const head = await context.vcs.head();
  const branch = branchFinding(head, context.settings().branch);
  if (branch) return blocked(branch, branch.code !== 'damaged-repository');
  const usable = head as UsableHead;
  const status = await context.vcs.status(signal);
  if (status.staged > 0) return blocked({ code: 'changes-staged', params: { files: status.staged } }, true);
  const heldBack = await holdBack(status, await oddPaths(context), { workTree: context.vcs.place.workTree, files: context.ports.files, options: context.settings().options, secrets: secretLook(context, usable) });
  context.report({ held: [...heldBack.held], branch: usable.branch, dirty: heldBack.changes.length > 0 });
  if (heldBack.changes.length === 0) return { outcome: 'clean', head: usable, heldBack };
  const touched = touchedByStatus(status);
  const mass = isBrake(approved) ? null : massChange(touched, await trackedFiles(context, usable, touched, signal));
  return mass ? blocked(mass) : { outcome: 'changed', head: usable, heldBack };
}

/** What the person is in the middle of. A lock that a failed call of ours could not take back, on a disk at fault, is not theirs. */
async function personsState(context: FolderContext): Promise<Finding | null> {
  const { vcs } = context;
  const finding = await vcs.guard();
  if (finding?.code !== 'locked') return finding;
  const removed = await vcs.recover();
  for (const lock of removed) context.record({ what: 'recovered', why: 'crash', paths: [lock], params: { how: 'lock-removed' } });
  return removed.length > 0 ? vcs.guard() : finding;
}

/** Fifos, sockets and devices that the person does not ignore. */
async function oddPaths(context: FolderContext): Promise<RepoPath[]> {
  const odd = context.oddPaths();
  if (odd.length === 0) return [];
  const ignored = await context.vcs.ignored(odd.map((path) => ({ path, directory: false })));
  return odd.filter((path) => !ignored.has(path));
}

/** What the newest commit has at that path already is no longer held back by holding back the file; the push sees to it. */
function secretLook(context: FolderContext, head: UsableHead): SecretLook | null {
  const { vcs, secrets } = context;
  const { letThrough } = context.settings();
  const before = async (path: RepoPath) => {
    const entry = head.state === 'branch' ? await vcs.entryAt(head.commit, path) : null;
    return entry && entry.mode !== '160000' ? [await vcs.readBlob(entry.id)] : [];
  };
  return secrets && (async (path, content) => (await newSecrets(path, content, { check: secrets, letThrough, before: () => before(path) }))[0] ?? null);
}

/** How many files HEAD has. Counted only when it can matter: it reads the whole tree. */
export async function trackedFiles(context: FolderContext, head: UsableHead, changed: Touched, signal: AbortSignal): Promise<number> {
  if (head.state === 'unborn' || !mayBeMassChange(changed)) return Number.POSITIVE_INFINITY;
  return (await context.vcs.diff(null, head.commit, signal)).length;
}

function branchFinding(head: Head, watched: string | null): Finding | null {
  if (head.state === 'detached') return { code: 'detached-head', params: {} };
  if (head.state === 'damaged') return { code: 'damaged-repository', params: { detail: head.detail } };
  if (watched !== null && head.branch !== watched) return { code: 'no-branch', params: { branch: watched, present: head.branch } };
  return null;
}

/** A look of the person's own git holds the index for a moment; we commit beside it. A lock that stays is waited for, and said. */
const PASSING_LOCK_S = 3;

export const holdsUs = ({ code, params }: Finding): boolean => code !== 'locked' || params['live'] === 1 || Number(params['ageS']) >= PASSING_LOCK_S;

/** Newly held paths, for the log: each is said once. */
export const newlyHeld = (before: readonly Held[], now: readonly Held[]): Held[] => now.filter((held) => !before.some(({ path, code }) => path === held.path && code === held.code));
