import type { FetchOutcome, ObjectId, Trouble } from '../vcs.ts';
import type { CallOptions, GitRepository } from './git-repository.ts';
import { agreedPlace, fetchAddress } from './git-address.ts';
import type { GitParts } from './git-commit.ts';
import { withSecret } from './git-credentials.ts';
import { remoteTroubleOf } from './git-failures.ts';
import { refTip } from './git-head.ts';
import { refLocks } from './git-journal.ts';
import { lockFinding } from './git-locks.ts';
import type { GitObjects } from './git-objects.ts';
import { isRefName } from './git-refs.ts';
import { lastWriteMs, removeTorn } from './git-tidy.ts';
import { differsBeyondMeasure } from './git-tree-size.ts';
import type { CommandEnd } from '../run-command.ts';

/** A transfer may last as long as bytes move; progress is asked for so that they do. */
const TRANSFER_MS = 6 * 3_600_000;
/** Within a minute it is told that a server says nothing. */
const SILENCE_MS = 50_000;
/** What the server does with what it was sent (checks of its own, above all) it need not speak of. */
const SILENCE_AFTER_SENDING_MS = 180_000;

const LIMITS = {
  'ls-remote': ({ patience }: GitRepository) => ({ limitMs: patience.ms(SILENCE_MS) }),
  fetch: ({ patience }: GitRepository) => ({ limitMs: TRANSFER_MS, silenceMs: patience.ms(SILENCE_MS) }),
  push: ({ patience }: GitRepository) => ({ limitMs: TRANSFER_MS, beforeFirstMs: patience.ms(SILENCE_MS), silenceMs: Math.max(SILENCE_AFTER_SENDING_MS, patience.ms(SILENCE_MS)) }),
};

/** Calls git on a remote, within limits that are longer after each time that they were too short. */
export async function callRemote(repository: GitRepository, verb: keyof typeof LIMITS, args: readonly string[], options: CallOptions): Promise<CommandEnd> {
  const end = await repository.call([verb, ...args], { ...LIMITS[verb](repository), network: true, ...options });
  repository.patience.after(end);
  return end;
}

export const trackingRef = (remote: string, branch: string): string => `refs/remotes/${remote}/${branch}`;

/** Null: these names can be used in refs. */
export function badNames(remote: string, branch: string): Trouble | null {
  const fine = isRefName(`refs/heads/${branch}`) && isRefName(trackingRef(remote, branch)) && !remote.startsWith('-');
  return fine ? null : { outcome: 'trouble', code: 'no-branch', params: { branch, remote } };
}

/** The branch's tip on the remote, by asking. */
export async function remoteTip(repository: GitRepository, remote: string, branch: string, signal: AbortSignal): Promise<FetchOutcome> {
  const address = badNames(remote, branch) ?? (await agreedPlace(repository, remote, fetchAddress(await repository.config(), remote)));
  if (typeof address !== 'string') return address;
  const ref = `refs/heads/${branch}`;
  const listed = await listRemote(repository, address, [ref], signal);
  if ('outcome' in listed) return listed;
  const tip = listed.refs.get(ref) ?? null;
  return tip === null ? missingBranch(repository, address, remote, branch, signal) : { outcome: 'fetched', tip, emptied: false };
}

async function listRemote(repository: GitRepository, address: string, refs: readonly string[], signal: AbortSignal): Promise<{ readonly refs: ReadonlyMap<string, ObjectId> } | Trouble> {
  const { url, options } = await withSecret(repository.ports, address);
  const end = await callRemote(repository, 'ls-remote', ['--refs', '--quiet', '--', url, ...refs], { ...options, signal });
  if (end.ended === 'cancelled') throw repository.surprise(['ls-remote'], end);
  if (end.ended !== 'exit' || end.code !== 0) return remoteTroubleOf(end);
  const lines = end.stdout.toString('utf8').split('\n').filter(Boolean);
  return { refs: new Map(lines.map((line) => [line.slice(line.indexOf('\t') + 1), line.slice(0, line.indexOf('\t'))])) };
}

/** No such branch there: emptied when there is nothing at all, where once was what we track. */
async function missingBranch(repository: GitRepository, address: string, remote: string, branch: string, signal: AbortSignal): Promise<FetchOutcome> {
  if ((await refTip(repository, trackingRef(remote, branch))) === null) return { outcome: 'fetched', tip: null, emptied: false };
  const everything = await listRemote(repository, address, [], signal);
  return 'outcome' in everything ? everything : { outcome: 'fetched', tip: null, emptied: everything.refs.size === 0 };
}

/** Fetches one branch into its remote-tracking ref, whatever that was; nothing else moves. */
export async function fetch({ repository, journal, objects }: GitParts, remote: string, branch: string, signal: AbortSignal): Promise<FetchOutcome> {
  const address = badNames(remote, branch) ?? (await agreedPlace(repository, remote, fetchAddress(await repository.config(), remote)));
  if (typeof address !== 'string') return address;
  const ref = trackingRef(remote, branch);
  const quiet = ['--no-tags', '--no-write-fetch-head', '--no-auto-maintenance', '--no-recurse-submodules', '--no-show-forced-updates', '--progress'];
  const { url, options } = await withSecret(repository.ports, address);
  await journal.begin(refLocks(repository, ref));
  const sinceMs = await lastWriteMs(repository);
  const end = await callRemote(repository, 'fetch', [...quiet, '--', url, `+refs/heads/${branch}:${ref}`], { ...options, signal });
  if (end.ended !== 'exit') await journal.removeLeftovers();
  await journal.end();
  if (end.ended === 'cancelled') throw repository.surprise(['fetch'], end);
  if (end.ended === 'exit' && end.code === 0) return measured(objects, await refTip(repository, `refs/heads/${branch}`), await refTip(repository, ref));
  if (/couldn't find remote ref/.test(end.stderr)) return missingBranch(repository, address, remote, branch, signal);
  const trouble = remoteTroubleOf(end);
  if (trouble.code === 'disk-full') await removeTorn(repository, sinceMs);
  const lock = trouble.code === 'locked' ? await lockFinding(repository, `${repository.place.commonDir}/${ref}.lock`) : null;
  return lock ? { outcome: 'trouble', ...lock } : trouble;
}

/** What was fetched, unless nothing here could take it in: no git is to compare or merge such trees. */
async function measured(objects: GitObjects, ours: ObjectId | null, tip: ObjectId | null): Promise<FetchOutcome> {
  if (tip === null || tip === ours || !(await differsBeyondMeasure(objects, ours, tip))) return { outcome: 'fetched', tip, emptied: false };
  return { outcome: 'trouble', code: 'remote-damaged', params: { detail: 'there is no end of its files' } };
}
