import { callRemote } from '../vcs/git/git-remote.ts';
import type { GitRepository } from '../vcs/git/git-repository.ts';
import { lastWriteMs, removeTorn } from '../vcs/git/git-tidy.ts';
import type { Argument } from '../vcs/git/git-credentials.ts';
import type { CommandEnd } from '../vcs/run-command.ts';
import { removeLeftLocks } from './left-locks.ts';
import { remoteTrouble, storeTrouble } from './pair-trouble.ts';
import { inTheWay, tail } from './ref-map.ts';
import { moveRefs, UNSYNCED } from './ref-transaction.ts';
import { OWN, readStoreRefs } from './store-refs.ts';

/** Nothing else of the store moves, and nothing of the server's configuration or the person's is followed. */
const QUIET = ['--no-write-fetch-head', '--no-auto-maintenance', '--no-recurse-submodules', '--no-show-forced-updates', '--progress'];
const ALL = [`+refs/heads/*:${OWN.in}heads/*`, `+refs/tags/*:${OWN.in}tags/*`];

interface Wanted {
  readonly argument: Argument;
  /** As last looked at. */
  readonly names: Iterable<string>;
  /** Names that this store cannot hold. */
  readonly without: readonly string[];
  /** A power failure is no matter here: the store is not in its place yet. */
  readonly isNew: boolean;
}

/** Brings the source's heads and tags below `refs/lockstep/in/`, all of them or none; what the source has no more goes there. */
export async function fetchSource(repository: GitRepository, wanted: Wanted, signal: AbortSignal): Promise<void> {
  const { argument, without, isNew } = wanted;
  const config = isNew ? [...(argument.options.config ?? []), ...UNSYNCED] : argument.options.config;
  const args = ['--prune', '--no-tags', '--atomic', ...QUIET, '--', argument.url, ...ALL, ...without.map((name) => `^${name}`)];
  const fetch = (): Promise<CommandEnd> => callRemote(repository, 'fetch', args, { ...argument.options, ...(config && { config }), signal });
  const sinceMs = await lastWriteMs(repository);
  let end = await fetch();
  if (/exists; cannot create/.test(end.stderr)) {
    await makeWay(repository, wanted.names, signal);
    end = await fetch();
  }
  if (end.ended === 'exit' && end.code === 0) return;
  await tidyUp(repository, end, sinceMs);
  throw isOurs(repository, end) ? storeTrouble(repository.place.gitDir, end) : remoteTrouble('source', argument.url, end);
}

/** With `--atomic`, git cannot put `a/b` where `a` was (measured): what is in the way goes first. It is a staging place only. */
async function makeWay(repository: GitRepository, names: Iterable<string>, signal: AbortSignal): Promise<void> {
  const { in: staged } = await readStoreRefs(repository, signal);
  const blocking = inTheWay(staged.keys(), names);
  await moveRefs(repository, [...blocking].map((ref) => ({ ref: `${OWN.in}${tail(ref)}`, from: staged.get(ref) ?? null, to: null })), signal);
}

/** Fetches single refs of the target to where its tips are kept. */
export async function fetchTheirs(repository: GitRepository, argument: Argument, refs: readonly string[], signal: AbortSignal): Promise<void> {
  const specs = refs.map((ref) => `+${ref}:${OWN.theirs}${tail(ref)}`);
  const end = await callRemote(repository, 'fetch', ['--no-tags', ...QUIET, '--', argument.url, ...specs], { ...argument.options, signal });
  if (end.ended === 'exit' && end.code === 0) return;
  await tidyUp(repository, end, Number.POSITIVE_INFINITY);
  throw remoteTrouble('target', argument.url, end);
}

/** git says of the store what it says of a source that is gone, but for the path. */
const isOurs = ({ place }: GitRepository, end: CommandEnd): boolean => end.stderr.includes(`not a git repository: '${place.gitDir}'`);

async function tidyUp(repository: GitRepository, end: CommandEnd, sinceMs: number): Promise<void> {
  if (end.ended !== 'exit') await removeLeftLocks(repository);
  else if (/No space left|quota exceeded|File too large/i.test(end.stderr)) await removeTorn(repository, sinceMs);
}

/** Of each of these heads: how many commits leave, how many come. Those that the store cannot compare are left out. */
export async function distances(repository: GitRepository, moved: readonly { readonly ref: string; readonly from: string; readonly to: string }[], signal: AbortSignal): Promise<Map<string, { leave: number; come: number }>> {
  const found = new Map<string, { leave: number; come: number }>();
  for (const { ref, from, to } of moved) {
    const end = await repository.call(['rev-list', '--count', '--left-right', '--end-of-options', `${from}...${to}`, '--'], { signal });
    if (end.ended === 'cancelled') throw storeTrouble(repository.place.gitDir, end);
    const [, leave, come] = end.ended === 'exit' && end.code === 0 ? (/^(\d+)\t(\d+)/.exec(end.stdout.toString('latin1')) ?? []) : [];
    if (leave !== undefined) found.set(ref, { leave: Number(leave), come: Number(come) });
  }
  return found;
}
