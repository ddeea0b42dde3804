import type { Held } from '../../../shared/app-state.ts';
import type { FolderOptions } from '../../../shared/folder-options.ts';
import { unsafePart } from '../apply/unsafe-paths.ts';
import { workTreePath } from '../apply/work-tree-path.ts';
import type { Files, Glance } from '../ports.ts';
import { displayPath, isWithin, type RepoPath } from '../repo-path.ts';
import { SECRET_SCAN_BYTES } from '../secrets/new-secrets.ts';
import type { SecretFinding } from '../secrets/secret-check.ts';
import type { WorkTreeStatus } from '../vcs/vcs.ts';

/** Finds what in a file must not be committed unasked; null: nothing. */
export type SecretLook = (path: RepoPath, content: Buffer) => Promise<Pick<SecretFinding, 'line' | 'rule'> | null>;

export interface HoldBack {
  readonly held: readonly Held[];
  readonly heldPaths: readonly RepoPath[];
  readonly changes: WorkTreeStatus['changes'];
}

/** Parts what can be committed from what is held back, each file alone; the rest goes on. `odd`: what no status tells of. */
export async function holdBack(
  status: WorkTreeStatus,
  odd: readonly RepoPath[],
  at: { readonly workTree: string; readonly files: Files; readonly options: FolderOptions; readonly secrets: SecretLook | null },
): Promise<HoldBack> {
  const held: Held[] = [];
  const heldPaths: RepoPath[] = [];
  const changes: WorkTreeStatus['changes'][number][] = [];
  const hold = (path: RepoPath, finding: Omit<Held, 'path'>) => {
    held.push({ path: displayPath(path), ...finding });
    heldPaths.push(path);
  };
  for (const path of status.nested) hold(path, { code: 'nested-repository', params: {} });
  for (const path of status.unreadable) hold(path, { code: 'unreadable-path', params: {} });
  for (const [path, why] of unsafeNames(status)) hold(path, why);
  const present = status.changes.filter(({ change }) => change !== 'deleted');
  const glances = await at.files.glance(present.map(({ path }) => workTreePath(at.workTree, path)), at.secrets ? SECRET_SCAN_BYTES : 0);
  const above = [...heldPaths];
  const found = new Map<RepoPath, Omit<Held, 'path'>>();
  for (const [index, { path }] of present.entries()) {
    const glance = glances[index];
    const why = glance && (await finding(path, glance, at));
    if (why) found.set(path, why);
  }
  for (const change of status.changes) {
    if (above.some((known) => isWithin(change.path, known))) continue;
    const why = found.get(change.path);
    if (why) hold(change.path, why);
    else changes.push(change);
  }
  for (const path of odd) if (!heldPaths.some((known) => isWithin(path, known))) hold(path, { code: 'unsupported-file', params: {} });
  return { held, heldPaths, changes };
}

/** Names that some system takes for a repository's own data: no machine would take them in. */
function unsafeNames({ changes }: WorkTreeStatus): Map<RepoPath, Omit<Held, 'path'>> {
  const found = new Map<RepoPath, Omit<Held, 'path'>>();
  for (const { path, change } of changes) {
    const unsafe = change === 'deleted' ? null : unsafePart(path);
    if (unsafe) found.set(unsafe, unsafe === path ? { code: 'unsupported-file', params: { how: 'name' } } : { code: 'nested-repository', params: {} });
  }
  return found;
}

async function finding(path: RepoPath, { stat, content, refused }: Glance, at: Parameters<typeof holdBack>[2]): Promise<Omit<Held, 'path'> | null> {
  if (stat?.kind === 'other') return { code: 'unsupported-file', params: {} };
  if (stat?.kind !== 'file') return null;
  if (stat.bytes > at.options.maxFileSize) return { code: 'file-too-large', params: { bytes: stat.bytes, limit: at.options.maxFileSize } };
  if (refused) return { code: 'unreadable-path', params: {} };
  const secret = content && content.length > 0 && at.secrets ? await at.secrets(path, content) : null;
  return secret && { code: 'secret-found', params: { line: secret.line, rule: secret.rule } };
}
