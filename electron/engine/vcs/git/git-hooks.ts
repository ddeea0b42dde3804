import { LockstepError } from '../../errors.ts';
import type { GitRepository } from './git-repository.ts';
import { hooksDirectory } from './git-trust.ts';

/** Hooks may build and test; still, nobody waits for them for ever. */
const HOOK_LIMIT_MS = 10 * 60_000;

async function runHook(repository: GitRepository, name: string, args: readonly string[], index: string | undefined, signal: AbortSignal): Promise<void> {
  const end = await repository.call(['hook', 'run', '--ignore-missing', name, ...(args.length > 0 ? ['--', ...args] : [])], { ...(index ? { index } : {}), signal, limitMs: HOOK_LIMIT_MS, env: { GIT_LITERAL_PATHSPECS: '0' } });
  if (end.ended === 'exit' && end.code === 0) return;
  if (end.ended === 'cancelled') throw new LockstepError('cancelled');
  const said = end.stderr.trim().slice(-400) || (end.ended === 'exit' ? '' : end.ended);
  throw new LockstepError('hook-failed', { hook: name, ...(said === '' ? {} : { detail: said }) });
}

/** The hooks of a trusted repository, in git's order; of another none. Each may throw `hook-failed`. */
export async function preCommit(repository: GitRepository, index: string, signal: AbortSignal): Promise<void> {
  if (await repository.isTrusted()) await runHook(repository, 'pre-commit', [], index, signal);
}

/** The message as the hooks leave it. */
export async function messageByHooks(repository: GitRepository, index: string, message: string, signal: AbortSignal): Promise<string> {
  if (!(await repository.isTrusted())) return message;
  const { files } = repository.ports;
  const file = repository.own('COMMIT_EDITMSG');
  await files.writeAtomically(file, message, 0o600);
  await runHook(repository, 'prepare-commit-msg', [file, 'message'], index, signal);
  await runHook(repository, 'commit-msg', [file], index, signal);
  return (await files.read(file)).toString('utf8');
}

/** The commit is made: a failing hook changes nothing any more. */
export async function postCommit(repository: GitRepository, signal: AbortSignal): Promise<void> {
  if (!(await repository.isTrusted())) return;
  try {
    await runHook(repository, 'post-commit', [], undefined, signal);
  } catch (error) {
    repository.ports.log.warn('post-commit hook failed', { error });
  }
}

export async function hasHook(repository: GitRepository, name: string): Promise<boolean> {
  const stat = await repository.ports.files.stat(`${hooksDirectory(repository.place, await repository.config())}/${name}`);
  return stat !== null && stat.kind !== 'directory' && (stat.kind === 'link' || (stat.mode & 0o111) !== 0);
}
