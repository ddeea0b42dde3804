import type { ObjectId } from '../vcs/vcs.ts';
import type { AgreedTip } from './agreed-tip.ts';
import type { FolderContext } from './folder-context.ts';
import type { TroubleMaker } from './trouble.ts';
import { agreedRemote } from './remote-guard.ts';
import type { FolderEvent } from './situation.ts';

/** Pushes the branch, never by force. Another machine that was first is an outcome: pull, then push again. */
export async function pushStep(context: FolderContext, troubles: TroubleMaker, agreed: AgreedTip, signal: AbortSignal): Promise<FolderEvent[]> {
  const remote = await agreedRemote(context);
  if ('code' in remote) return [troubles.remote(remote)];
  const head = await context.vcs.head();
  if (head.state !== 'branch' || head.branch !== remote.branch) return [{ type: 'nothing-to-push' }, { type: 'look-wanted' }];
  const [tracked, known] = await Promise.all([context.vcs.trackedTip(remote.name, remote.branch), agreed.read(remote.branch)]);
  if (tracked === head.commit && known === head.commit) return [{ type: 'nothing-to-push' }];
  const secret = await context.outgoing.finding(head.commit, { remote: remote.name, known: [tracked, known].filter((tip) => tip !== null) }, signal);
  if (secret) return [troubles.outgoing(secret)];
  const outcome = await context.vcs.push(remote.name, remote.branch, head.commit, signal);
  switch (outcome.outcome) {
    case 'trouble':
      return [troubles.remote(outcome)];
    case 'remote-moved':
      // Without pulling there is no way to take in what came first; asking again and again would be all we do.
      if (!context.settings().options.pull) return [troubles.remote({ code: 'remote-rejected', params: { branch: remote.branch, reason: 'it has changes that this folder does not pull' } })];
      // The pull that follows pushes again; two machines in this loop drift apart by chance.
      return [
        { type: 'push-wanted', atMs: context.ports.clock.monotonic() + 20 + Math.round(context.ports.random.fraction() * 200) },
        { type: 'pull-wanted', why: 'remote-moved' },
      ];
    case 'pushed':
      await agreed.write(remote.branch, head.commit);
      context.outgoing.forget();
      context.announce(head.commit);
      context.report({ lastPush: new Date(context.ports.clock.now()).toISOString(), ahead: 0 });
      context.record({ what: 'pushed', why: 'quiet', commit: head.commit, params: { remote: remote.name, ...(await pushedCount(context, head.commit, tracked)) }, machine: context.machine.name });
      return [{ type: 'pushed' }];
  }
}

/** After the signal: how many changes it were is only for the log. */
async function pushedCount(context: FolderContext, head: ObjectId, before: ObjectId | null): Promise<{ count?: number }> {
  return before === null ? {} : { count: (await context.vcs.relation(head, before)).ahead };
}
