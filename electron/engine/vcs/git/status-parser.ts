import { STAGING_IN_WORK_TREE } from '../../apply/unsafe-paths.ts';
import type { RepoPath } from '../../repo-path.ts';
import type { WorkTreeStatus } from '../vcs.ts';

type Change = WorkTreeStatus['changes'][number]['change'];

/**
 * Reads `git status --porcelain=v2 -z --no-renames`, chunk by chunk (a hundred thousand new files are one line each).
 * Submodules are left out: what they are at is the person's to commit.
 */
export class StatusParser {
  readonly changes: { path: RepoPath; change: Change }[] = [];
  readonly nested = new Set<RepoPath>();
  /** What differs between index and work tree, whatever HEAD says. */
  readonly notInIndex: RepoPath[] = [];
  staged = 0;
  #rest = '';

  push(chunk: Buffer): void {
    const records = (this.#rest + chunk.toString('latin1')).split('\0');
    this.#rest = records.pop() ?? '';
    for (const record of records) this.#record(record);
  }

  #record(record: string): void {
    if (record.startsWith('? ')) return this.#untracked(record.slice(2) as RepoPath);
    const tracked = /^(?:1 (..) (.)\S* (?:\S+ ){5}|u (..) (.)\S* (?:\S+ ){7})/.exec(record);
    if (!tracked) return;
    const path = record.slice(tracked[0].length) as RepoPath;
    const columns = tracked[1] ?? tracked[3] ?? '..';
    if ((tracked[2] ?? tracked[4]) === 'S') return;
    if (record.startsWith('u') || columns[0] !== '.') this.staged++;
    if (columns[1] !== '.') this.notInIndex.push(path);
    const change = changeOf(columns);
    if (change) this.changes.push({ path, change });
  }

  #untracked(path: RepoPath): void {
    // A directory is listed as such only when it is a repository of its own.
    if (path.endsWith('/')) {
      this.nested.add(path.slice(0, -1) as RepoPath);
      return;
    }
    if (path.startsWith(`${STAGING_IN_WORK_TREE}/`)) return;
    const mercurial = /^(?:(.*?)\/)?\.hg\//s.exec(path);
    if (mercurial) {
      if (mercurial[1]) this.nested.add(mercurial[1] as RepoPath);
      return;
    }
    this.notInIndex.push(path);
    this.changes.push({ path, change: 'added' });
  }

  /** What lies in a nested repository that git does not know as one is not ours either. */
  changesOutsideNested(): { path: RepoPath; change: Change }[] {
    if (this.nested.size === 0) return this.changes;
    const folders = [...this.nested].map((path) => `${path}/`);
    return this.changes.filter(({ path, change }) => change !== 'added' || !folders.some((folder) => path.startsWith(folder)));
  }
}

/** Work tree against HEAD, of the two columns HEAD-index and index-work tree. */
function changeOf(columns: string): Change | null {
  const [staged, unstaged] = columns;
  if (staged === 'A') return unstaged === 'D' ? null : 'added';
  if (unstaged === 'A') return 'added';
  if (unstaged === 'D' || (staged === 'D' && unstaged === '.')) return 'deleted';
  if (unstaged === 'T' || (staged === 'T' && unstaged === '.')) return 'type-changed';
  return 'modified';
}
