import { LockstepError } from '../errors.ts';
import { displayPath, type RepoPath } from '../repo-path.ts';
import type { Head, ObjectId, OutgoingCommit, TreeEntry } from '../vcs/vcs.ts';
import { holdsUs } from './examine.ts';
import type { FolderContext } from './folder-context.ts';
import { outgoingSecrets, pushedTips } from './let-through.ts';
import type { OutgoingSecret } from './outgoing-check.ts';
import { rootFinding } from './root-check.ts';

export interface TakenOut {
  /** Commits that were written anew, those left out for being empty now included. */
  readonly commits: number;
  readonly paths: readonly string[];
}

/**
 * Takes the secrets that keep a push back (of one path, or all) out of the commits that would carry them, which are written
 * anew; the old ones stay under `refs/lockstep/kept/`. No file is touched: what held the secret is a change again, and held
 * back as one. Throws what is in the way, `already-pushed` for a commit that some remote has, `no-such-path` when nothing is to be taken out.
 */
export async function takeOut(context: FolderContext, path: string | undefined, signal: AbortSignal): Promise<TakenOut> {
  const { vcs } = context;
  const { commit: tip, branch } = await restingHead(context, signal);
  const secrets = (await outgoingSecrets(context, signal)).filter((secret) => path === undefined || displayPath(secret.path) === path);
  if (secrets.length === 0) throw new LockstepError('no-such-path', { path: path ?? '' });
  const rewriting = new Rewriting(context, secrets);
  const commits = await vcs.outgoing(tip, { remote: null, known: await pushedTips(context, branch) }, signal);
  const pushed = secrets.find(({ commit }) => !commits.some(({ id }) => id === commit));
  if (pushed) throw new LockstepError('already-pushed', { commit: pushed.commit.slice(0, 7), path: displayPath(pushed.path) });
  for (const commit of commits) await rewriting.take(commit, signal);
  const to = rewriting.now(tip);
  await vcs.keep(tip, 'a secret was taken out');
  const moved = await vcs.advance({ branch, from: tip, to, changes: await vcs.diff(tip, to, signal), why: 'take out a secret' });
  if (!moved) throw new LockstepError('not-available', { folder: context.settings().name });
  const paths = [...new Set(secrets.map((secret) => displayPath(secret.path)))];
  context.record({ what: 'taken-out', why: 'asked', paths: paths.slice(0, 20), commit: tip, params: { count: rewriting.count } });
  return { commits: rewriting.count, paths };
}

/** The branch, when the repository is nobody else's at the moment. */
async function restingHead(context: FolderContext, signal: AbortSignal): Promise<Head & { state: 'branch' }> {
  const guard = await context.vcs.guard();
  const finding = (await rootFinding(context)) ?? (guard && holdsUs(guard) ? guard : null);
  if (finding) throw new LockstepError(finding.code, finding.params);
  const { staged } = await context.vcs.status(signal);
  if (staged > 0) throw new LockstepError('changes-staged', { files: staged });
  const head = await context.vcs.head();
  if (head.state !== 'branch') throw new LockstepError('no-branch', {});
  return head;
}

/** Commits written anew, parents first: each without the versions of a file that hold one of the secrets. */
class Rewriting {
  readonly #context: FolderContext;
  readonly #digests: ReadonlyMap<RepoPath, ReadonlySet<string>>;
  readonly #rewritten = new Map<ObjectId, ObjectId>();
  /** By blob: the same version lies in many commits. */
  readonly #bad = new Map<ObjectId, boolean>();

  constructor(context: FolderContext, secrets: readonly OutgoingSecret[]) {
    this.#context = context;
    const digests = new Map<RepoPath, Set<string>>();
    for (const { path, digest } of secrets) digests.set(path, (digests.get(path) ?? new Set()).add(digest));
    this.#digests = digests;
  }

  get count(): number {
    return this.#rewritten.size;
  }

  /** What a commit is now. */
  now(commit: ObjectId): ObjectId {
    return this.#rewritten.get(commit) ?? commit;
  }

  async take({ id, parents }: OutgoingCommit, signal: AbortSignal): Promise<void> {
    const { vcs } = this.#context;
    const parentsNow = parents.map((parent) => this.now(parent));
    const entries = new Map<RepoPath, TreeEntry | null>();
    for (const path of this.#digests.keys()) {
      const entry = await vcs.entryAt(id, path);
      if (entry && (await this.#isBad(path, entry))) entries.set(path, await this.#cleanEntry(path, parentsNow));
    }
    if (entries.size === 0 && parents.every((parent, index) => parent === parentsNow[index])) return;
    const made = await vcs.rewriteCommit(id, { parents: parentsNow, entries }, signal);
    const [only] = parentsNow;
    const isEmpty = only !== undefined && parentsNow.length === 1 && (await vcs.diff(only, made, signal)).length === 0;
    const wasEmpty = isEmpty && (await vcs.diff(parents[0] ?? null, id, signal)).length === 0;
    this.#rewritten.set(id, isEmpty && !wasEmpty ? only : made);
  }

  /** The version that a parent has, which is without the secret by now; null: none has any. */
  async #cleanEntry(path: RepoPath, parents: readonly ObjectId[]): Promise<TreeEntry | null> {
    for (const parent of parents) {
      const entry = await this.#context.vcs.entryAt(parent, path);
      if (entry && !(await this.#isBad(path, entry))) return entry;
    }
    return null;
  }

  async #isBad(path: RepoPath, { id, mode }: TreeEntry): Promise<boolean> {
    const { vcs, secrets } = this.#context;
    const known = this.#bad.get(id);
    if (known !== undefined) return known;
    const found = mode === '160000' || !secrets ? [] : await secrets(displayPath(path), await vcs.readBlob(id));
    const bad = found.some(({ digest }) => this.#digests.get(path)?.has(digest));
    this.#bad.set(id, bad);
    return bad;
  }
}
