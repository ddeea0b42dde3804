import { simpleGit } from 'simple-git';
import { LockstepError } from '../../errors.ts';
import { withConfig, type GitRepository } from './git-repository.ts';

/** Longest time without output; reading a very long history is still allowed to last. */
const SILENCE_MS = 60_000;

/**
 * simple-git refuses every GIT_ variable and every key that could run something, unless it is told. Ours are set to
 * values that run nothing (`git-env.ts`): that is what has to get through.
 */
const GUARDED_BY_US = {
  allowUnsafeAskPass: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeDiffExternal: true,
  allowUnsafeDiffTextConv: true,
  allowUnsafeEditor: true,
  allowUnsafeFilter: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeGitProxy: true,
  allowUnsafeHooksPath: true,
  allowUnsafeMergeDriver: true,
  allowUnsafePack: true,
  allowUnsafePager: true,
  allowUnsafeSshCommand: true,
};

/**
 * Reads (log, show) through simple-git, with the environment that every call gets. Names come quoted as git quotes
 * them, since its answers are text. What changes a repository or touches a network goes through the runner.
 */
export async function readByGit(repository: GitRepository, args: readonly string[]): Promise<string> {
  const request = await repository.request([]);
  const env = withConfig(request.env, [['core.quotePath', 'true']]);
  const git = simpleGit({ baseDir: repository.place.workTree, trimmed: false, timeout: { block: SILENCE_MS }, allowEnvironment: Object.keys(env), unsafe: GUARDED_BY_US }).env(env);
  try {
    return await git.raw([...request.args, ...args]);
  } catch (error) {
    throw new LockstepError('internal', { detail: `git ${args[0] ?? ''}` }, { cause: error });
  }
}

/** A name as git quotes it in text (`"a\303\244\n"`) or, where nothing is special, as it is; gives its bytes, one character each. */
export function unquote(name: string): string {
  if (!name.startsWith('"') || !name.endsWith('"')) return Buffer.from(name, 'utf8').toString('latin1');
  const plain: Readonly<Record<string, string>> = { a: '\x07', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r' };
  return name.slice(1, -1).replace(/\\(?:([0-7]{3})|(.))/gs, (_, octal: string | undefined, letter: string) => (octal ? String.fromCharCode(Number.parseInt(octal, 8)) : (plain[letter] ?? letter)));
}
