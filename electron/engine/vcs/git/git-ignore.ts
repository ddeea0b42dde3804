import { STAGING_IN_WORK_TREE } from '../../apply/unsafe-paths.ts';
import { isWithin, repoPathFromText, type RepoPath } from '../../repo-path.ts';
import type { GitRepository } from './git-repository.ts';

interface Asked {
  readonly path: RepoPath;
  readonly directory: boolean;
}

const STAGING = repoPathFromText(STAGING_IN_WORK_TREE);

/** Of the given paths, those that git ignores; what is tracked is never ignored. */
export async function ignored(repository: GitRepository, asked: readonly Asked[]): Promise<ReadonlySet<RepoPath>> {
  const byName = new Map(asked.map(({ path, directory }) => [directory ? `${path}/` : path, path]));
  const found = new Set<RepoPath>(asked.flatMap(({ path }) => (isWithin(path, STAGING) ? [path] : [])));
  // Without the index first: with it git goes through all of its entries for each name, and few names match a pattern.
  const matching = await check(repository, [...byName.keys()], ['--no-index']);
  for (const name of await check(repository, matching, [])) {
    const path = byName.get(name);
    if (path !== undefined) found.add(path);
  }
  return found;
}

/** check-ignore refuses to run where names are to be taken literally; with this before it, no name is anything else. */
const HERE = './';

/** One name beyond a link or inside a submodule makes git refuse them all: then each half is asked alone. */
async function check(repository: GitRepository, names: readonly string[], options: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const args = ['check-ignore', '--stdin', '-z', ...options];
  const stdin = Buffer.from(names.map((name) => `${HERE}${name}\0`).join(''), 'latin1');
  const end = await repository.call(args, { stdin, env: { GIT_LITERAL_PATHSPECS: '0' } });
  // Exit code 1: none of them.
  if (end.ended === 'exit' && end.code <= 1) return end.stdout.toString('latin1').split('\0').filter(Boolean).map((name) => name.slice(HERE.length));
  if (end.ended !== 'exit' || end.code !== 128) throw repository.surprise(args, end);
  if (names.length === 1) return [];
  const half = Math.ceil(names.length / 2);
  return [...(await check(repository, names.slice(0, half), options)), ...(await check(repository, names.slice(half), options))];
}

/**
 * This machine's own patterns. git knows one file of personal excludes: ours holds the person's and these, and takes
 * its place; what the repository says comes after both, as always.
 */
export async function setIgnorePatterns(repository: GitRepository, patterns: readonly string[]): Promise<void> {
  if (patterns.length === 0) {
    repository.excludesFile = null;
    return;
  }
  const { files, host } = repository.ports;
  const configured = (await repository.configValue('core.excludesfile')) ?? `${host.env['XDG_CONFIG_HOME'] ?? `${host.homeDirectory}/.config`}/git/ignore`;
  const personal = await files.readIfThere(configured.replace(/^~\//, `${host.homeDirectory}/`));
  const file = repository.own('exclude');
  await files.writeAtomically(file, Buffer.concat([personal ?? Buffer.alloc(0), Buffer.from(`\n${patterns.join('\n')}\n`)]), 0o600);
  repository.excludesFile = file;
}
