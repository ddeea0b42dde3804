import { displayPath } from '../repo-path.ts';
import type { FolderContext } from './folder-context.ts';

/** More notes than these say nothing more. */
const MOST_NOTES = 5;

/** Says which submodules hold something of their own: to commit and push it there is the person's, and nothing of it leaves with the folder. */
export async function noteSubmodules({ ports, vcs, facts, report }: Pick<FolderContext, 'ports' | 'vcs' | 'facts' | 'report'>, signal: AbortSignal): Promise<void> {
  const paths = (await vcs.changedSubmodules(signal)).slice(0, MOST_NOTES).map((path) => displayPath(path));
  const before = facts().notes.filter(({ code }) => code === 'nested-repository');
  if (paths.length === 0 && before.length === 0) return;
  const now = new Date(ports.clock.now()).toISOString();
  const notes = paths.map((path) => before.find((note) => note.path === path) ?? { code: 'nested-repository' as const, params: { how: 'submodule', path }, path, since: now });
  report({ notes: [...facts().notes.filter(({ code }) => code !== 'nested-repository'), ...notes] });
}
