import { CUT_SHORT } from '../vcs/git/git-failures.ts';
import { callRemote } from '../vcs/git/git-remote.ts';
import type { GitRepository } from '../vcs/git/git-repository.ts';
import { rejected } from '../vcs/git/git-rejection.ts';
import type { Argument } from '../vcs/git/git-credentials.ts';
import { remoteTrouble } from './pair-trouble.ts';
import type { PushMove } from './plan-push.ts';
import { isObjectId } from './ref-map.ts';

/** Arguments of one call together; systems take two million at least, a hundred thousand in one. */
const MOST_CHARS = 100_000;

/** `moved`: another hand was faster, or is at it. `current`: it is the target's default branch, which it does not delete. */
export type Taken = { readonly how: 'taken' } | { readonly how: 'moved' } | { readonly how: 'current' } | { readonly how: 'refused'; readonly detail: string };

/**
 * Pushes refs, each only if the target still has what is expected there. Gives what became of each; those of which
 * nothing was heard are missing. Throws a `PairTrouble` when nothing at all was heard.
 */
export async function pushRefs(repository: GitRepository, argument: Argument, moves: readonly PushMove[], signal: AbortSignal): Promise<Map<string, Taken>> {
  const results = new Map<string, Taken>();
  for (const batch of batches(moves)) for (const [ref, taken] of await pushBatch(repository, argument, batch, signal)) results.set(ref, taken);
  return results;
}

async function pushBatch(repository: GitRepository, argument: Argument, moves: readonly PushMove[], signal: AbortSignal): Promise<Map<string, Taken>> {
  const args = ['--porcelain', '--progress', '--no-recurse-submodules', '--no-follow-tags', ...moves.map(lease), '--', argument.url, ...moves.map(spec)];
  const end = await callRemote(repository, 'push', args, { ...argument.options, signal });
  const stdout = end.ended === 'exit' ? repository.ports.redactor.text(end.stdout.toString('utf8')) : '';
  const results = new Map<string, Taken>();
  for (const [, flag, ref = '', summary = ''] of stdout.matchAll(/^([ +\-*!=])\t[^\t]*:(refs\/[^\t]+)\t(.*)$/gm)) {
    const isDelete = moves.some((move) => move.ref === ref && move.to === null);
    results.set(ref, flag === '!' ? refusal(summary, end.stderr, isDelete) : { how: 'taken' });
  }
  if (results.size === 0) throw remoteTrouble('target', argument.url, end);
  return results;
}

/** What each forge says of its default branch, one way or another. */
const DEFAULT_BRANCH = /(?:current|default) branch/i;

const REFUSED_FOR_GOOD = /^\[remote rejected\] \((?:failed to update ref|cannot lock ref)/;

function refusal(summary: string, stderr: string, isDelete: boolean): Taken {
  const outcome = rejected(summary, stderr);
  const detail = outcome.outcome === 'trouble' ? String(outcome.params['detail'] ?? summary) : summary;
  if (isDelete && (DEFAULT_BRANCH.test(summary) || DEFAULT_BRANCH.test(detail))) return { how: 'current' };
  // Nobody else is at work there: it will not be otherwise later.
  if (REFUSED_FOR_GOOD.test(summary) && !/but expected|Unable to create/.test(stderr)) return { how: 'refused', detail: outcome.outcome === 'remote-moved' ? outcome.detail : detail };
  const isPassing = outcome.outcome === 'remote-moved' || (outcome.outcome === 'trouble' && outcome.code === 'locked');
  return isPassing || CUT_SHORT.test(stderr) ? { how: 'moved' } : { how: 'refused', detail };
}

/** Nothing there: the ref must not be there then either (git-push(1), an empty expected value). */
const lease = ({ ref, from }: PushMove): string => `--force-with-lease=${ref}:${from ?? ''}`;

function spec({ ref, to }: PushMove): string {
  // An empty source deletes (measured): only what was meant to be deleted has none.
  if (to !== null && !isObjectId(to)) throw new TypeError(`no object id for ${ref}`);
  return `${to ?? ''}:${ref}`;
}

function* batches(moves: readonly PushMove[]): Generator<PushMove[]> {
  let batch: PushMove[] = [];
  let chars = 0;
  for (const move of moves) {
    const size = lease(move).length + spec(move).length;
    if (chars + size > MOST_CHARS && batch.length > 0) {
      yield batch;
      [batch, chars] = [[], 0];
    }
    batch.push(move);
    chars += size;
  }
  if (batch.length > 0) yield batch;
}
