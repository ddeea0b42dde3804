import type { Held } from '../../../shared/app-state.ts';
import type { FolderOptions } from '../../../shared/folder-options.ts';
import { systemCode } from '../errors.ts';
import type { Files } from '../ports.ts';
import { displayPath, repoPathBytes, type RepoPath } from '../repo-path.ts';
import type { WorkTreeStatus } from '../vcs/vcs.ts';

/** Files are looked at in groups, so that ten thousand of them neither wait in a row nor all at once. */
const AT_ONCE = 64;

/** Finds likely secrets in a file's text; null: none. The line is 1-based. */
export type SecretCheck = (path: string, content: Buffer) => Promise<{ line: number; rule: string } | null>;

export interface HoldBack {
  readonly held: readonly Held[];
  readonly heldPaths: readonly RepoPath[];
  readonly changes: WorkTreeStatus['changes'];
}

/** Parts what can be committed from what is held back, each file alone; the rest goes on. */
export async function holdBack(
  status: WorkTreeStatus,
  at: { readonly workTree: string; readonly files: Files; readonly options: FolderOptions; readonly secrets: SecretCheck | null },
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
  for (let start = 0; start < status.changes.length; start += AT_ONCE) {
    const group = status.changes.slice(start, start + AT_ONCE);
    const findings = await Promise.all(group.map(async (change) => (change.change === 'deleted' ? null : finding(change.path, at))));
    group.forEach((change, index) => {
      const found = findings[index];
      if (found) hold(change.path, found);
      else if (!heldPaths.includes(change.path)) changes.push(change);
    });
  }
  return { held, heldPaths, changes };
}

async function finding(path: RepoPath, at: Parameters<typeof holdBack>[1]): Promise<Omit<Held, 'path'> | null> {
  const file = Buffer.concat([Buffer.from(`${at.workTree}/`), repoPathBytes(path)]);
  const stat = await at.files.stat(file);
  if (!stat) return null;
  if (stat.kind === 'other') return { code: 'unsupported-file', params: {} };
  if (stat.kind !== 'file') return null;
  if (stat.bytes > at.options.maxFileSize) return { code: 'file-too-large', params: { bytes: stat.bytes, limit: at.options.maxFileSize } };
  if (!at.secrets || stat.bytes === 0 || stat.bytes > SECRET_SCAN_BYTES) return (await at.files.isReadable(file, 'file')) ? null : { code: 'unreadable-path', params: {} };
  return secretIn(path, file, at.files, at.secrets);
}

/** Reading it tells whether it can be read; in a burst every call to the system counts ten thousand times. */
async function secretIn(path: RepoPath, file: Buffer, files: Files, secrets: SecretCheck): Promise<Omit<Held, 'path'> | null> {
  try {
    const secret = await secrets(displayPath(path), await files.read(file));
    return secret && { code: 'secret-found', params: { line: secret.line, rule: secret.rule } };
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EACCES' || code === 'EPERM') return { code: 'unreadable-path', params: {} };
    // Gone or replaced since: the next look sees what is there then.
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR' || code === 'EINVAL') return null;
    throw error;
  }
}

/** Keys and tokens stand in small files; a large one is data. */
const SECRET_SCAN_BYTES = 512 * 1024;
