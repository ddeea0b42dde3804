import { LockstepError } from '../errors.ts';
import type { Files } from '../ports.ts';
import { parseRemoteUrl } from '../vcs/remote-url.ts';
import type { PersonalGit } from './personal-git.ts';
import { shortName } from './plan-refs.ts';
import type { PushEndpoint } from './repository-pair.ts';

/**
 * Makes a branch the target's default, before the old one is deleted: by the forge, or where the target is a bare
 * repository on this machine. False: it could not be done, or there is no way to do it.
 */
export async function setDefaultBranch({ files, git }: { readonly files: Files; readonly git: PersonalGit }, target: PushEndpoint, head: string, signal: AbortSignal): Promise<boolean> {
  if (target.setDefaultBranch) {
    try {
      await target.setDefaultBranch(shortName(head), signal);
      return true;
    } catch (error) {
      if (!(error instanceof LockstepError) || error.code === 'cancelled') throw error;
      return false;
    }
  }
  const path = await bareAt(files, git, target.url, signal);
  if (path === null) return false;
  const end = await git.call([`--git-dir=${path}`, 'symbolic-ref', 'HEAD', head], { signal });
  return end.ended === 'exit' && end.code === 0;
}

/** The HEAD of a repository that somebody works in is theirs. */
async function bareAt(files: Files, git: PersonalGit, url: string, signal: AbortSignal): Promise<string | null> {
  const path = localPath(url);
  if (path === null || !(await files.stat(`${path}/HEAD`))) return null;
  const end = await git.call([`--git-dir=${path}`, 'config', '--type=bool', 'core.bare'], { signal });
  return end.ended === 'exit' && end.stdout.toString('latin1').trim() === 'true' ? path : null;
}

/** Of a repository on this machine; null: it is elsewhere. */
export function localPath(url: string): string | null {
  const parsed = parseRemoteUrl(url);
  return parsed.ok && parsed.url.kind === 'file' ? parsed.url.path : null;
}
