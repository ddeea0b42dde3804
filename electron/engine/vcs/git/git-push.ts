import type { ObjectId, PushOutcome, PushRequest } from '../vcs.ts';
import { parseRemoteUrl } from '../remote-url.ts';
import { agreedPlace, pushAddress } from './git-address.ts';
import { updateRef } from './git-branch.ts';
import type { GitParts } from './git-commit.ts';
import { withSecret } from './git-credentials.ts';
import { detailOf, remoteTroubleOf } from './git-failures.ts';
import { refTip } from './git-head.ts';
import { hasHook } from './git-hooks.ts';
import { refLocks, type GitJournal } from './git-journal.ts';
import { leaseOptions } from './git-lease.ts';
import { rejected, rejectionIn } from './git-rejection.ts';
import { badNames, callRemote, remoteTip, trackingRef } from './git-remote.ts';
import type { GitRepository } from './git-repository.ts';

/** Pushes one commit as the branch; only ever onto what it holds already. */
export async function push(parts: GitParts, { remote, branch, tip, since }: PushRequest, signal: AbortSignal): Promise<PushOutcome> {
  const { repository, journal } = parts;
  const address = badNames(remote, branch) ?? (await agreedPlace(repository, remote, pushAddress(await repository.config(), remote)));
  if (typeof address !== 'string') return address;
  const { url, options } = await withSecret(repository.ports, address);
  const ref = `refs/heads/${branch}`;
  const lease = await leaseOptions(parts, ref, since, tip);
  if (lease === null) {
    // The person wrote anew what was pushed before. No lease can be given then, and without one the push would make a branch that is gone there.
    const there = await remoteTip(repository, remote, branch, signal);
    if (there.outcome === 'trouble') return there;
    if (there.tip !== tip) return { outcome: 'remote-moved', detail: 'non-fast-forward' };
  }
  await journal.begin(await locksAt(repository, address, branch));
  const end = await callRemote(repository, 'push', ['--porcelain', '--progress', '--no-recurse-submodules', ...(lease ?? []), '--', url, `${tip}:${ref}`], { ...options, signal });
  const rejection = end.ended === 'exit' ? rejectionIn(repository.ports.redactor.text(end.stdout.toString('utf8'))) : null;
  // A receiving side that gave its answer has put its locks away: what lies there is somebody else's.
  if (rejection === null && (end.ended !== 'exit' || end.code !== 0)) await journal.removeLeftovers();
  await journal.end();
  if (end.ended === 'cancelled') throw repository.surprise(['push'], end);
  if (end.ended === 'exit' && end.code === 0) {
    await track(repository, journal, trackingRef(remote, branch), tip);
    return { outcome: 'pushed', tip };
  }
  if (rejection !== null) return rejected(rejection, end.stderr);
  if ((await repository.isTrusted()) && end.ended === 'exit' && end.code === 1 && (await hasHook(repository, 'pre-push'))) {
    // What git itself says after it tells nothing.
    const said = detailOf(end.stderr.replace(/^error: failed to push some refs.*$/m, ''));
    return { outcome: 'trouble', code: 'hook-failed', params: { hook: 'pre-push', ...(said === '' ? {} : { detail: said }) } };
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
