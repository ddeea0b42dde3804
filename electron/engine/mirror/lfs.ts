import { LockstepError } from '../errors.ts';
import type { Argument } from '../vcs/git/git-credentials.ts';
import { detailOf } from '../vcs/git/git-failures.ts';
import type { GitRepository } from '../vcs/git/git-repository.ts';
import type { CommandEnd } from '../vcs/run-command.ts';
import type { RefMap } from './ref-map.ts';
import type { Trouble } from './repository-pair.ts';

/** Large files may take long, as long as bytes move. */
const LIMIT_MS = 6 * 3_600_000;
const SILENCE_MS = 180_000;

/** Whether any of these tips has files in Git LFS, as the attributes at its top say, or anywhere in the default branch. */
export async function usesLfs(repository: GitRepository, refs: RefMap, head: string | null, signal: AbortSignal): Promise<boolean> {
  const tips = [...new Set(refs.values())];
  if (tips.length === 0) return false;
  const stdin = tips.map((id) => `${id}:.gitattributes\n`).join('');
  const end = await repository.call(['cat-file', '--batch', '--buffer'], { stdin, signal });
  if (end.ended === 'exit' && /filter=lfs/.test(end.stdout.toString('latin1'))) return true;
  const tip = head === null ? undefined : refs.get(head);
  if (tip === undefined) return false;
  const deep = await repository.call(['grep', '--quiet', '--fixed-strings', '-e', 'filter=lfs', tip, '--', ':(glob)**/.gitattributes'], { signal, env: { GIT_LITERAL_PATHSPECS: '0' } });
  return deep.ended === 'exit' && deep.code === 0;
}

/** Where files of LFS are asked for: of the server itself, whatever the repository's own `.lfsconfig` says. */
const pinned = ({ url, options }: Argument): Argument['options'] => ({
  ...options,
  config: [...(options.config ?? []), ...(/^https?:/.test(url) ? [['lfs.url', `${url.replace(/\/+$/, '').replace(/(?:\.git)?$/, '.git')}/info/lfs`] as const] : [])],
});

/** Fetches every file of LFS that any ref of the store needs. What is missing is said, and holds nothing else. */
export async function fetchLfs(repository: GitRepository, source: Argument, signal: AbortSignal): Promise<Trouble | null> {
  return noted(await repository.call(['lfs', 'fetch', '--all', source.url], { ...pinned(source), limitMs: LIMIT_MS, silenceMs: SILENCE_MS, network: true, signal }));
}

/** Before the refs: forges take none whose files they lack. */
export async function pushLfs(repository: GitRepository, target: Argument, signal: AbortSignal): Promise<Trouble | null> {
  return noted(await repository.call(['lfs', 'push', '--all', target.url], { ...pinned(target), limitMs: LIMIT_MS, silenceMs: SILENCE_MS, network: true, signal }));
}

function noted(end: CommandEnd): Trouble | null {
  if (end.ended === 'exit' && end.code === 0) return null;
  if (end.ended === 'cancelled') throw new LockstepError('cancelled');
  const isMissing = /'lfs' is not a git command/.test(end.stderr);
  return { code: 'lfs-missing', params: { detail: isMissing ? 'git-lfs is not installed' : detailOf(end.stderr) || end.ended } };
}

export const lfsSwitchedOff = (): Trouble => ({ code: 'lfs-missing', params: { detail: 'copying them is switched off' } });
