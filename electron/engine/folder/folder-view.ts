import type { FolderState } from '../../../shared/app-state.ts';
import type { FolderPhase } from '../../../shared/phase.ts';
import type { FolderSettings } from '../../../shared/settings.ts';
import type { Clock } from '../ports.ts';
import { displayUrl } from '../vcs/remote-url.ts';
import type { FolderFacts } from './folder-context.ts';
import { settlesAtMs } from './quiet-period.ts';
import type { Situation } from './situation.ts';

export const EMPTY_FACTS: FolderFacts = {
  head: null,
  branch: null,
  dirty: false,
  ahead: 0,
  behind: 0,
  conflicts: [],
  held: [],
  notes: [],
  lastCommit: null,
  lastPush: null,
  lastPull: null,
  messageRequest: null,
  watching: { directories: 0, polled: 0 },
  days: { mine: [], others: [] },
};

/** A folder as hosts see it: its settings, what is known, and the situation it is in. */
export function folderView(settings: FolderSettings, facts: FolderFacts, situation: Situation, phase: FolderPhase, since: string, clock: Clock): FolderState {
  const { options } = settings;
  const toIso = (monotonicMs: number) => new Date(clock.now() + monotonicMs - clock.monotonic()).toISOString();
  const settling = phase === 'settling' && situation.quiet;
  return {
    ...facts,
    id: settings.id,
    name: settings.name,
    path: settings.path,
    vcs: settings.vcs,
    branch: facts.branch ?? settings.branch,
    remote: settings.remote && displayUrl(settings.remote.url),
    remoteName: settings.remote?.name ?? null,
    phase,
    since,
    paused: situation.paused,
    pausedUntil: settings.paused?.until ?? null,
    dirty: facts.dirty || situation.quiet !== null,
    problem: situation.local?.problem ?? situation.remote?.problem ?? situation.outgoing?.problem ?? (settings.remote ? null : { code: 'no-remote', params: {}, since: settings.addedAt }),
    notes: facts.notes,
    messageRequest: phase === 'awaiting-message' && facts.messageRequest ? { ...facts.messageRequest, draft: situation.draft } : null,
    settlesAt: settling ? toIso(settlesAtMs(settling, { delayMs: options.commitDelay * 1000, maxWaitMs: options.maxWait * 1000 })) : null,
    options,
  };
}
