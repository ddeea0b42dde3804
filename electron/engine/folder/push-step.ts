import { problemTier } from '../../../shared/problem.ts';
import type { Finding, ObjectId, PushOutcome } from '../vcs/vcs.ts';
import type { AgreedTip } from './agreed-tip.ts';
import type { FolderContext } from './folder-context.ts';
import type { TroubleMaker } from './trouble.ts';
import { agreedRemote } from './remote-guard.ts';
import type { FolderEvent } from './situation.ts';

/** So often another machine may be first before it is asked whether there is one. */
const BELIEVED_RACES = 3;
const RACE_PAUSE_MS = 200;
const MOST_DOUBLINGS = 5;

interface Push {
  readonly context: FolderContext;
  readonly troubles: TroubleMaker;
  readonly agreed: AgreedTip;
  /** How often in a row another machine was first. */
  readonly lostRaces: number;
  readonly signal: AbortSignal;
}

/** Pushes the branch, never over what is there. Another machine that was first is an outcome: pull, then push again. */
export async function pushStep(push: Push): Promise<FolderEvent[]> {
  const { context, troubles, agreed, signal } = push;
  const remote = await agreedRemote(context);
  if ('code' in remote) return [troubles.remote(remote)];
  const { name, branch } = remote;
  const head = await context.vcs.head();
  if (head.state !== 'branch' || head.branch !== branch) return [{ type: 'nothing-to-push' }, { type: 'look-wanted' }];
  const [tracked, known] = await Promise.all([context.vcs.trackedTip(name, branch), agreed.read(branch)]);
  if (tracked === head.commit && known === head.commit) return [{ type: 'nothing-to-push' }];
  const secret = await context.outgoing.finding(head.commit, { remote: name, known: [tracked, known].filter((tip) => tip !== null) }, signal);
  if (secret) return [troubles.outgoing(secret)];
  const outcome = await context.vcs.push({ remote: name, branch, tip: head.commit, since: known }, signal);
  switch (outcome.outcome) {
    case 'trouble':
      return [met(troubles, { code: outcome.code, params: { branch, ...outcome.params } })];
    case 'remote-moved':
      return raceLost(push, { name, branch, tracked }, outcome);
    case 'pushed':
      await agreed.write(branch, head.commit);
      context.outgoing.forget();
      context.announce(head.commit);
      context.report({ lastPush: new Date(context.ports.clock.now()).toISOString(), ahead: 0 });
      context.record({ what: 'pushed', why: 'quiet', commit: head.commit, params: { remote: name, ...(await pushedCount(context, head.commit, tracked)) }, machine: context.machine.name });
      return [{ type: 'pushed' }];
  }
}

/** What passes by itself is on the way to the remote, and a fetch will tell; the rest only a push that is taken. */
const met = (troubles: TroubleMaker, finding: Finding): FolderEvent => (problemTier(finding.code) === 'retrying' ? troubles.remote(finding) : troubles.outgoing(finding));

/** The pull that follows pushes again; two machines in this loop drift apart by chance, and by longer pauses. */
async function raceLost(
  { context, troubles, lostRaces, signal }: Push,
  { name, branch, tracked }: { readonly name: string; readonly branch: string; readonly tracked: ObjectId | null },
  { detail }: PushOutcome & { outcome: 'remote-moved' },
): Promise<FolderEvent[]> {
  const { pull } = context.settings().options;
  if (!pull || lostRaces >= BELIEVED_RACES) {
    const asked = await context.vcs.remoteTip(name, branch, signal);
    if (!pull && asked.outcome === 'fetched' && asked.tip === null) return [troubles.remote({ code: 'remote-rewritten', params: { branch, how: asked.emptied ? 'emptied' : 'branch-gone' } })];
    // Without pulling there is no way to take in what came first; asking again and again would be all we do.
    if (!pull) return [troubles.outgoing({ code: 'remote-rejected', params: { branch, detail: 'it has changes that this folder does not pull' } })];
    // It refuses for a reason of its own, whatever it says.
    if (asked.outcome === 'fetched' && asked.tip !== null && asked.tip === tracked) return [troubles.outgoing({ code: 'remote-rejected', params: { branch, detail } })];
  }
  const { clock, random } = context.ports;
  const pauseMs = Math.round(RACE_PAUSE_MS * 2 ** Math.min(lostRaces, MOST_DOUBLINGS) * (0.1 + random.fraction()));
  return [{ type: 'race-lost', pushAtMs: clock.monotonic() + pauseMs }];
}

/** After the signal: how many changes it were is only for the log. */
async function pushedCount(context: FolderContext, head: ObjectId, before: ObjectId | null): Promise<{ count?: number }> {
  return before === null ? {} : { count: (await context.vcs.relation(head, before)).ahead };
}
