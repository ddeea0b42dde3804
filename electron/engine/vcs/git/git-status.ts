import { isWithin, repoPathFromText, type RepoPath } from '../../repo-path.ts';
import type { WorkTreeStatus } from '../vcs.ts';
import { currentIndex } from './git-index.ts';
import type { GitJournal } from './git-journal.ts';
import type { GitRepository } from './git-repository.ts';
import { StatusParser } from './status-parser.ts';

/** What differs in the work tree. One process; takes no locks, writes nothing. */
export async function status(repository: GitRepository, journal: GitJournal, signal: AbortSignal): Promise<WorkTreeStatus> {
  const behind = await journal.indexBehind();
  const { parser, unreadable } = await readStatus(repository, behind ? (await currentIndex(repository, journal, 'status-index', signal)).file : undefined, signal);
  return { changes: parser.changesOutsideNested(), nested: [...parser.nested].sort(), staged: parser.staged, unreadable };
}

export async function readStatus(repository: GitRepository, index: string | undefined, signal: AbortSignal): Promise<{ parser: StatusParser; unreadable: RepoPath[] }> {
  const parser = new StatusParser();
  const args = ['status', '--porcelain=v2', '-z', '--untracked-files=all', '--no-renames', '--ignore-submodules=all', '--no-ahead-behind'];
  const end = await repository.call(args, { ...(index ? { index } : {}), signal, onOutput: (chunk) => parser.push(chunk) });
  if (end.ended !== 'exit' || end.code !== 0) throw repository.surprise(args, end);
  return { parser, unreadable: unreadablePaths(end.stderr) };
}

/** Directories and files that git complained about, without what lies below them; it never takes what it cannot read for deleted. */
function unreadablePaths(stderr: string): RepoPath[] {
  const named = stderr.split('\n').map((line) => DIRECTORY.exec(line)?.[1] ?? FILE.exec(line)?.[1]);
  const paths = [...new Set(named.filter((name) => name !== undefined))].map((name) => repoPathFromText(name));
  return paths.filter((path) => !paths.some((other) => other !== path && isWithin(path, other))).sort();
}

const DIRECTORY = /^warning: could not open directory '(.+?)\/?': Permission denied$/;
const FILE = /^(?!warning: |fatal: )(?:error: )?(?:open\(")?(.+?)(?:"\))?: Permission denied$/;
