import type { LetThrough } from '../../../shared/settings.ts';
import { displayPath, type RepoPath } from '../repo-path.ts';
import type { SecretCheck, SecretFinding } from './secret-check.ts';

/** Keys and tokens stand in small files; a large one is data. */
export const SECRET_SCAN_BYTES = 512 * 1024;

/** Whether the person let this finding through, alone or with whatever its rule finds in that file. */
const isLetThrough = (letThrough: readonly LetThrough[], path: string, { rule, digest }: SecretFinding): boolean =>
  letThrough.some((entry) => entry.path === path && entry.rule === rule && (entry.digest === null || entry.digest === digest));

interface NewSecrets {
  readonly check: SecretCheck;
  readonly letThrough: readonly LetThrough[];
  /** What the file held before, in each history it comes from; read only when something is found. */
  readonly before: () => Promise<readonly Buffer[]>;
}

/** Findings that nobody let through, and that the file did not hold before: what is in the history is no longer held back by holding back the file. */
export async function newSecrets(path: RepoPath, content: Buffer, { check, letThrough, before }: NewSecrets): Promise<readonly SecretFinding[]> {
  const shown = displayPath(path);
  const found = (await check(shown, content)).filter((finding) => !isLetThrough(letThrough, shown, finding));
  if (found.length === 0) return [];
  const known = new Set<string>();
  for (const earlier of await before()) for (const { digest } of await check(shown, earlier)) known.add(digest);
  return found.filter(({ digest }) => !known.has(digest));
}
