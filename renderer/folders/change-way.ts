import type { Activity } from '../../shared/activity.ts';
import type { AppState, FolderState, SignalStatus } from '../../shared/app-state.ts';
import { folderMark } from '../../shared/folder-mark.ts';
import { standing } from '../home/machine-standing.ts';

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
export function changeWay(folder: FolderState, { machines, signal, recent }: Pick<AppState, 'machines' | 'signal' | 'recent'>): WayStep[] {
  const isDirty = isChanged(folder);
  if (!folder.lastCommit && !isDirty) return [];
  const commits = isDirty ? savingSteps(folder) : savedSteps(commitRecord(folder, recent) !== undefined);
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
    ...others.map((machine): WayStep => ({ kind: 'machine', machine: machine.name, state: isOut && standing(machine, folder) === 'same' ? 'done' : 'ahead' })),
  ];
}

/** Whether something in the folder is newer than its newest change. Of a folder that is gone or empty that is not known. */
export const isChanged = ({ dirty, phase, problem }: FolderState): boolean =>
  (dirty || phase === 'committing') && problem?.code !== 'root-missing' && problem?.code !== 'root-emptied';

/** What the log has of how the newest change was made here; nothing for one that came from elsewhere, or long ago. */
export const commitRecord = ({ id, lastCommit }: FolderState, recent: readonly Activity[]): Activity | undefined =>
  recent.find(({ folder, what, commit }) => folder === id && what === 'committed' && commit === lastCommit?.id);

/** How long it was quiet is said only of a change that is known to have waited here. */
const savedSteps = (isRecorded: boolean): WayStep[] => [
  { kind: 'saved', state: 'done' },
  ...(isRecorded ? [{ kind: 'settled', state: 'done' } as const] : []),
  { kind: 'committed', state: 'done' },
];

function savingSteps(folder: FolderState): WayStep[] {
  const [settled, committed] = ((): [StepState, StepState] => {
    switch (folder.phase) {
      case 'settling':
        return ['now', 'ahead'];
      case 'awaiting-message':
        return ['done', 'waits'];
      case 'committing':
        return ['done', 'now'];
      case 'halted':
        return ['done', stopState(folder)];
      default:
        return folder.options.commit ? ['done', 'waits'] : ['off', 'off'];
    }
  })();
  return [
    { kind: 'saved', state: 'done' },
    { kind: 'settled', state: settled },
    { kind: 'committed', state: committed },
  ];
}

/** Stopped is what shows the triangle; everything else waits. */
const stopState = (folder: FolderState): StepState => (folderMark(folder) === 'stopped' ? 'broken' : 'waits');

function pushState(folder: FolderState, isCommitted: boolean): StepState {
  if (folder.remote === null || !folder.options.push) return 'off';
  if (!isCommitted) return 'ahead';
  if (folder.phase === 'pushing') return 'now';
  if (folder.ahead === 0) return 'done';
  return folder.phase === 'halted' ? stopState(folder) : 'waits';
}

const isSignalling = ({ xmpp, fanout }: SignalStatus): boolean => xmpp.state !== 'off' || fanout.state !== 'off';
