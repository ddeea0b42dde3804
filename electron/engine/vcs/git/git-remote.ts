import type { FetchOutcome, ObjectId, PushOutcome, Trouble } from '../vcs.ts';
import type { CallOptions, GitRepository } from './git-repository.ts';
import { agreedPlace, fetchAddress, pushAddress } from './git-address.ts';
import { updateRef } from './git-branch.ts';
import type { GitParts } from './git-commit.ts';
import { withSecret } from './git-credentials.ts';
import { CUT_SHORT, detailOf, remoteTroubleOf } from './git-failures.ts';
import { refTip } from './git-head.ts';
import { hasHook } from './git-hooks.ts';
import { refLocks, type GitJournal } from './git-journal.ts';
import type { GitObjects } from './git-objects.ts';
import { isRefName } from './git-refs.ts';
import { differsBeyondMeasure } from './git-tree-size.ts';
import { parseRemoteUrl } from '../remote-url.ts';

/** A transfer may last as long as bytes move; progress is asked for so that they do. */
const TRANSFER: Pick<CallOptions, 'limitMs' | 'silenceMs' | 'network'> = { limitMs: 6 * 3_600_000, silenceMs: 180_000, network: true };
const ASKING: Pick<CallOptions, 'limitMs' | 'network'> = { limitMs: 60_000, network: true };

export const trackingRef = (remote: string, branch: string): string => `refs/remotes/${remote}/${branch}`;

/** Null: these names can be used in refs. */
function badNames(remote: string, branch: string): Trouble | null {
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
  const end = await repository.call(['ls-remote', '--refs', '--quiet', '--', url, ...refs], { ...ASKING, ...options, signal });
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
  const end = await repository.call(['fetch', ...quiet, '--', url, `+refs/heads/${branch}:${ref}`], { ...TRANSFER, ...options, signal });
  if (end.ended !== 'exit') await journal.removeLeftovers();
  await journal.end();
  if (end.ended === 'cancelled') throw repository.surprise(['fetch'], end);
  if (end.ended === 'exit' && end.code === 0) return measured(objects, await refTip(repository, `refs/heads/${branch}`), await refTip(repository, ref));
  if (/couldn't find remote ref/.test(end.stderr)) return missingBranch(repository, address, remote, branch, signal);
  return remoteTroubleOf(end);
}

/** What was fetched, unless nothing here could take it in: no git is to compare or merge such trees. */
async function measured(objects: GitObjects, ours: ObjectId | null, tip: ObjectId | null): Promise<FetchOutcome> {
  if (tip === null || tip === ours || !(await differsBeyondMeasure(objects, ours, tip))) return { outcome: 'fetched', tip, emptied: false };
  return { outcome: 'trouble', code: 'remote-damaged', params: { detail: 'there is no end of its files' } };
}

/** Pushes one commit as the branch; never forced. */
export async function push(repository: GitRepository, journal: GitJournal, remote: string, branch: string, tip: ObjectId, signal: AbortSignal): Promise<PushOutcome> {
  const address = badNames(remote, branch) ?? (await agreedPlace(repository, remote, pushAddress(await repository.config(), remote)));
  if (typeof address !== 'string') return address;
  const { url, options } = await withSecret(repository.ports, address);
  await journal.begin(await locksAt(repository, address, branch));
  const end = await repository.call(['push', '--porcelain', '--progress', '--no-recurse-submodules', '--', url, `${tip}:refs/heads/${branch}`], { ...TRANSFER, ...options, signal });
  if (end.ended !== 'exit' || end.code !== 0) await journal.removeLeftovers();
  await journal.end();
  if (end.ended === 'cancelled') throw repository.surprise(['push'], end);
  if (end.ended === 'exit' && end.code === 0) {
    await track(repository, journal, trackingRef(remote, branch), tip);
    return { outcome: 'pushed', tip };
  }
  const rejection = end.ended === 'exit' ? rejectionIn(repository.ports.redactor.text(end.stdout.toString('utf8'))) : null;
  if (rejection !== null) return rejected(rejection, end.stderr);
  if ((await repository.isTrusted()) && end.ended === 'exit' && end.code === 1 && (await hasHook(repository, 'pre-push'))) {
    return { outcome: 'trouble', code: 'hook-failed', params: { hook: 'pre-push', detail: detailOf(end.stderr) } };
  }
  return remoteTroubleOf(end);
}

/** To a folder on this machine, the receiving side is a process of ours too, and its locks are left when it is killed. */
async function locksAt({ ports }: GitRepository, address: string, branch: string): Promise<string[]> {
  const parsed = parseRemoteUrl(address);
  if (!parsed.ok || parsed.url.kind !== 'file') return [];
  const { path } = parsed.url;
  const place = (await ports.files.stat(`${path}/HEAD`)) ? path : `${path}/.git`;
  return [`${place}/HEAD.lock`, `${place}/refs/heads/${branch}.lock`, `${place}/packed-refs.lock`];
}

/** git moves it by itself only for a push by the remote's name; ours go by address, so that nothing else of its configuration counts. */
async function track(repository: GitRepository, journal: GitJournal, ref: string, tip: ObjectId): Promise<void> {
  const before = await refTip(repository, ref);
  if (before === tip) return;
  await journal.begin(refLocks(repository, ref));
  const moved = await updateRef(repository, journal, ref, before, tip, 'lockstep: push');
  await journal.end();
  // It is pushed all the same; the next fetch brings the ref up.
  if (moved.outcome !== 'moved') repository.ports.log.warn('remote-tracking ref did not follow the push', { ref, outcome: moved.outcome });
}

/** The reason in `--porcelain`'s line of a ref that was not taken: `!` TAB refs TAB `[rejected] (fetch first)`. */
const rejectionIn = (output: string): string | null => /^!\t[^\t]*\t(.*)$/m.exec(output)?.[1] ?? null;

/** Somebody else was first, as our git or the server's puts it. */
const MOVED = /fetch first|non-fast-forward|stale info|but expected|incorrect old value|reference already exists|failed to update ref|cannot lock ref|fast-forwardable/;

/** A lock on the remote's side: of another push just now, or left by one that died. Either is tried again after a while. */
const LOCKED_THERE = /^remote: .*Unable to create '([^']+\.lock)': File exists/m;

function rejected(summary: string, stderr: string): PushOutcome {
  const lock = LOCKED_THERE.exec(stderr)?.[1];
  if (lock) return { outcome: 'trouble', code: 'locked', params: { file: lock.replaceAll('/./', '/'), where: 'remote' } };
  if (MOVED.test(summary)) return { outcome: 'remote-moved' };
  if (CUT_SHORT.test(stderr)) return { outcome: 'trouble', code: 'offline', params: { detail: detailOf(stderr) } };
  const said = stderr.split('\n').filter((line) => line.startsWith('remote:')).map((line) => line.slice('remote:'.length).trim()).filter(Boolean);
  const path = /\bFile (.+?) is [\d.]+ [KMG]B/.exec(stderr)?.[1];
  const reason = /\((.*)\)/.exec(summary)?.[1] ?? summary;
  return { outcome: 'trouble', code: 'remote-rejected', params: { reason, detail: (said.find((line) => /error|denied|reject|fatal/i.test(line)) ?? said[0] ?? reason).slice(0, 400), ...(path ? { path } : {}) } };
}
