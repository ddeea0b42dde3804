import type { Change } from '../../../../shared/app-state.ts';
import type { CommitEntry } from '../../../../shared/commands.ts';
import { displayPath, repoPathBytes, type RepoPath } from '../../repo-path.ts';
import type { ObjectId } from '../vcs.ts';
import { head } from './git-head.ts';
import { splitMachine } from './git-identity.ts';
import type { GitObjects } from './git-objects.ts';
import { readByGit, unquote } from './git-reader.ts';
import type { GitRepository } from './git-repository.ts';

/** Fields apart by control characters that no name or message line begins with. */
const FORMAT = '--format=%x1e%H%x1f%P%x1f%an%x1f%ct%x1f%B%x1f';
const SAFE = ['--no-ext-diff', '--no-textconv', '--no-show-signature', '--no-color'];

/** Commits, newest first. Of a merge, the files that it changed against both sides: copies and resolutions. */
export async function history(repository: GitRepository, objects: GitObjects, request: { path?: RepoPath; limit: number; before?: string }): Promise<readonly CommitEntry[]> {
  const now = await head(repository);
  if (now.state !== 'branch' && now.state !== 'detached') return [];
  const skip = request.before === undefined ? 0 : await positionAfter(repository, objects, now.commit, request.before, request.path);
  if (skip === null) return [];
  const output = await readByGit(repository, ['log', '-c', '-M', '--name-status', ...SAFE, FORMAT, `--max-count=${request.limit}`, `--skip=${skip}`, now.commit, '--', ...pathArguments(request.path)]);
  return parseLog(output);
}

export async function commitInfo(repository: GitRepository, objects: GitObjects, name: string): Promise<CommitEntry | null> {
  const commit = await objects.findCommit(name);
  if (!commit) return null;
  return parseLog(await readByGit(repository, ['log', '-c', '-M', '--name-status', ...SAFE, FORMAT, '--max-count=1', commit.id, '--']))[0] ?? null;
}

/** How many commits of the list come up to and with the given one; null: it is not in it. */
async function positionAfter(repository: GitRepository, objects: GitObjects, tip: ObjectId, before: string, path: RepoPath | undefined): Promise<number | null> {
  const commit = await objects.findCommit(before);
  if (!commit) return null;
  const ids = (await readByGit(repository, ['rev-list', tip, '--', ...pathArguments(path)])).split('\n');
  const at = ids.indexOf(commit.id);
  return at < 0 ? null : at + 1;
}

/** Arguments are text: a name that is not UTF-8 finds nothing rather than another. */
const pathArguments = (path: RepoPath | undefined): string[] => (path === undefined ? [] : [repoPathBytes(path).toString('utf8')]);

function parseLog(output: string): CommitEntry[] {
  return output
    .split('\x1e')
    .slice(1)
    .map((record) => {
      const [id = '', parents = '', author = '', at = '0', body = '', files = ''] = record.split('\x1f');
      const { message, machine } = splitMachine(body);
      return {
        id,
        parents: parents.split(' ').filter(Boolean),
        author,
        at: new Date(Number(at) * 1000).toISOString(),
        machine,
        message,
        files: files.split('\n').filter(Boolean).flatMap(changedFile),
      };
    });
}

const CHANGES: Readonly<Record<string, Change['change']>> = { A: 'added', M: 'modified', D: 'deleted', R: 'renamed', C: 'added', T: 'type-changed' };

/** `M TAB path`, `R097 TAB from TAB to`; of a merge one letter a parent. */
function changedFile(line: string): Change[] {
  const [status = '', ...names] = line.split('\t');
  const change = CHANGES[status[0] ?? ''];
  const [first, last] = [names[0], names.at(-1)].map((name) => (name === undefined ? undefined : displayPath(unquote(name) as RepoPath)));
  if (!change || first === undefined || last === undefined) return [];
  return [change === 'renamed' ? { path: last, change, from: first } : { path: last, change }];
}

/** Commits per day, oldest day first, days in the machine's own time zone. */
export async function changesPerDay(repository: GitRepository, days: number, machine: string, nowMs: number): Promise<{ mine: number[]; others: number[] }> {
  const counts = { mine: Array.from({ length: days }, () => 0), others: Array.from({ length: days }, () => 0) };
  const now = await head(repository);
  if (now.state !== 'branch' && now.state !== 'detached') return counts;
  const today = dayNumber(nowMs);
  const since = Math.floor(nowMs / 1000) - (days + 1) * 86_400;
  const output = await readByGit(repository, ['log', '--no-merges', '--no-show-signature', '--no-color', `--since=${since}`, '--format=%x1e%ct%x1f%B', now.commit, '--']);
  for (const record of output.split('\x1e').slice(1)) {
    const [at = '0', body = ''] = record.split('\x1f');
    const slot = days - 1 - (today - dayNumber(Number(at) * 1000));
    const made = splitMachine(body);
    const isMine = made.machineId === null ? made.machine === machine : repository.machine.endsWith(` ${made.machineId}`);
    const side = isMine ? counts.mine : counts.others;
    if (slot >= 0 && slot < days) side[slot] = (side[slot] ?? 0) + 1;
  }
  return counts;
}

const dayNumber = (ms: number): number => Math.floor((ms - new Date(ms).getTimezoneOffset() * 60_000) / 86_400_000);
