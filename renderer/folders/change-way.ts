import type { FolderState, Machine, SignalStatus } from '../../shared/app-state.ts';

export type StepState = 'done' | 'now' | 'waits' | 'broken' | 'ahead' | 'off';
export type StepKind = 'saved' | 'settled' | 'committed' | 'pushed' | 'signalled' | 'machine';

/** One step on the way of a folder's last change, from the disk to another machine. */
export interface WayStep {
  readonly kind: StepKind;
  readonly state: StepState;
  /** Only for `machine`. */
  readonly machine?: string;
}

const NAMED_MACHINES = 2;

/** The way of the newest change as far as the state tells it; empty when there was none yet. */
export function changeWay(folder: FolderState, machines: readonly Machine[], signal: SignalStatus): WayStep[] {
  if (!folder.lastCommit && !folder.dirty) return [];
  const commits = commitSteps(folder);
  const isCommitted = commits.every(({ state }) => state === 'done');
  const pushed = pushState(folder, isCommitted);
  const isOut = pushed === 'done';
  const others = machines
    .filter((machine) => !machine.self && machine.tips[folder.id] !== undefined)
    .sort((a, b) => (b.lastHeardAt ?? '').localeCompare(a.lastHeardAt ?? ''))
    .slice(0, NAMED_MACHINES);
  return [
    ...commits,
    { kind: 'pushed', state: pushed },
    { kind: 'signalled', state: isSignalling(signal) ? (isOut ? 'done' : 'ahead') : 'off' },
    ...others.map((machine): WayStep => ({ kind: 'machine', machine: machine.name, state: isOut && machine.tips[folder.id] === folder.head ? 'done' : 'ahead' })),
  ];
}

function commitSteps(folder: FolderState): WayStep[] {
  const states = ((): [StepState, StepState, StepState] => {
    if (!folder.dirty && folder.phase !== 'committing') return ['done', 'done', 'done'];
    if (folder.phase === 'settling') return ['done', 'now', 'ahead'];
    if (folder.phase === 'awaiting-message') return ['done', 'done', 'waits'];
    if (folder.phase === 'committing') return ['done', 'done', 'now'];
    if (folder.phase === 'halted') return ['done', 'done', 'broken'];
    return ['done', folder.options.commit ? 'done' : 'off', folder.options.commit ? 'waits' : 'off'];
  })();
  return [
    { kind: 'saved', state: states[0] },
    { kind: 'settled', state: states[1] },
    { kind: 'committed', state: states[2] },
  ];
}

function pushState(folder: FolderState, isCommitted: boolean): StepState {
  if (folder.remote === null || !folder.options.push) return 'off';
  if (!isCommitted) return 'ahead';
  if (folder.phase === 'pushing') return 'now';
  if (folder.ahead === 0) return 'done';
  return folder.phase === 'halted' ? 'broken' : 'waits';
}

const isSignalling = ({ xmpp, fanout }: SignalStatus): boolean => xmpp.state !== 'off' || fanout.state !== 'off';
