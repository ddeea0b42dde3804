import type { Held } from '../../../shared/app-state.ts';
import type { FolderOptions } from '../../../shared/folder-options.ts';
import { workTreePath } from '../apply/work-tree-path.ts';
import type { Files, Glance } from '../ports.ts';
import { displayPath, type RepoPath } from '../repo-path.ts';
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

/** Parts what can be committed from what is held back, each file alone; the rest goes on. */
export async function holdBack(
  status: WorkTreeStatus,
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
  const present = status.changes.filter(({ change }) => change !== 'deleted');
  const glances = await at.files.glance(present.map(({ path }) => workTreePath(at.workTree, path)), at.secrets ? SECRET_SCAN_BYTES : 0);
  const found = new Map<RepoPath, Omit<Held, 'path'>>();
  for (const [index, { path }] of present.entries()) {
    const glance = glances[index];
    const why = glance && (await finding(path, glance, at));
    if (why) found.set(path, why);
  }
  for (const change of status.changes) {
    const why = found.get(change.path);
    if (why) hold(change.path, why);
    else if (!heldPaths.includes(change.path)) changes.push(change);
  }
  return { held, heldPaths, changes };
}

async function finding(path: RepoPath, { stat, content, refused }: Glance, at: Parameters<typeof holdBack>[1]): Promise<Omit<Held, 'path'> | null> {
  if (stat?.kind === 'other') return { code: 'unsupported-file', params: {} };
  if (stat?.kind !== 'file') return null;
  if (stat.bytes > at.options.maxFileSize) return { code: 'file-too-large', params: { bytes: stat.bytes, limit: at.options.maxFileSize } };
  if (refused) return { code: 'unreadable-path', params: {} };
  const secret = content && content.length > 0 && at.secrets ? await at.secrets(path, content) : null;
  return secret && { code: 'secret-found', params: { line: secret.line, rule: secret.rule } };
}
