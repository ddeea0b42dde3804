import type { LetThrough } from '../../../shared/settings.ts';
import { displayPath, type RepoPath } from '../repo-path.ts';
import { newSecrets, SECRET_SCAN_BYTES } from '../secrets/new-secrets.ts';
import type { SecretCheck, SecretFinding } from '../secrets/secret-check.ts';
import type { Finding, ObjectId, OutgoingCommit, TreeEntry, Vcs } from '../vcs/vcs.ts';

/** A secret that a commit brings in and that a push would carry out. */
export interface OutgoingSecret extends SecretFinding {
  readonly commit: ObjectId;
  readonly path: RepoPath;
}

/** What the remote has: its branches as last seen, and these commits. */
interface There {
  readonly remote: string;
  readonly known: readonly ObjectId[];
}

interface OutgoingOptions {
  readonly vcs: Pick<Vcs, 'outgoing' | 'blobSizes' | 'readBlob'>;
  readonly secrets: SecretCheck | null;
  readonly letThrough: () => readonly LetThrough[];
}

/**
 * Looks for secrets in what a push would carry out and we did not look at when it was committed: commits made by hand.
 * Commits of our own are vouched for, so that the usual push costs nothing.
 */
export class OutgoingCheck {
  readonly #options: OutgoingOptions;
  /** Commits that hold nothing to be held back, each with its parents. */
  readonly #vouched = new Map<ObjectId, readonly ObjectId[]>();
  #found: { readonly tip: ObjectId; readonly letThrough: readonly LetThrough[]; readonly secrets: readonly OutgoingSecret[] } | null = null;

  constructor(options: OutgoingOptions) {
    this.#options = options;
  }

  vouch(commit: ObjectId, parents: readonly ObjectId[]): void {
    this.#vouched.set(commit, parents);
  }

  /** After a push: nothing of it is outgoing any more. */
  forget(): void {
    this.#vouched.clear();
    this.#found = null;
  }

  /** What keeps these commits here; null: nothing. */
  async finding(tip: ObjectId, there: There, signal: AbortSignal): Promise<Finding | null> {
    const secrets = await this.secrets(tip, there, signal);
    const [first] = secrets;
    if (!first) return null;
    const path = displayPath(first.path);
    return { code: 'secret-found', params: { how: 'in-commit', path, line: first.line, rule: first.rule, commit: first.commit.slice(0, 7), files: new Set(secrets.map((secret) => secret.path)).size } };
  }

  async secrets(tip: ObjectId, there: There, signal: AbortSignal): Promise<readonly OutgoingSecret[]> {
    const { vcs, secrets: check, letThrough } = this.#options;
    if (check === null || this.#isVouched(tip, there.known)) return [];
    if (this.#found?.tip === tip && this.#found.letThrough === letThrough()) return this.#found.secrets;
    const commits = await vcs.outgoing(tip, there, signal);
    const unknown = commits.filter(({ id }) => !this.#vouched.has(id));
    const secrets = await this.#look(unknown, check, signal);
    const bad = new Set(secrets.map(({ commit }) => commit));
    for (const { id, parents } of unknown) if (!bad.has(id)) this.vouch(id, parents);
    this.#found = { tip, letThrough: letThrough(), secrets };
    return secrets;
  }

  /** Every way down from the tip ends in what the remote has, by commits that were looked at. */
  #isVouched(tip: ObjectId, known: readonly ObjectId[]): boolean {
    const seen = new Set<ObjectId>(known);
    const waiting = [tip];
    for (let commit = waiting.pop(); commit !== undefined; commit = waiting.pop()) {
      if (seen.has(commit)) continue;
      seen.add(commit);
      const parents = this.#vouched.get(commit);
      if (!parents) return false;
      waiting.push(...parents);
    }
    return true;
  }

  async #look(commits: readonly OutgoingCommit[], check: SecretCheck, signal: AbortSignal): Promise<OutgoingSecret[]> {
    const { vcs, letThrough } = this.#options;
    const files = commits.flatMap(({ id, changes }) => changes.filter(({ after }) => isFile(after)).map((change) => ({ commit: id, ...change })));
    const sizes = await vcs.blobSizes([...new Set(files.map(({ after }) => after.id))], signal);
    const secrets: OutgoingSecret[] = [];
    for (const { commit, path, after, befores } of files) {
      signal.throwIfAborted();
      if ((sizes.get(after.id) ?? Number.POSITIVE_INFINITY) > SECRET_SCAN_BYTES) continue;
      const before = () => Promise.all(befores.flatMap((entry) => (entry && isFile(entry) ? [vcs.readBlob(entry.id)] : [])));
      const found = await newSecrets(path, await vcs.readBlob(after.id), { check, letThrough: letThrough(), before });
      secrets.push(...found.map((finding) => ({ ...finding, commit, path })));
    }
    return secrets;
  }
}

const isFile = ({ mode }: TreeEntry): boolean => mode === '100644' || mode === '100755';
