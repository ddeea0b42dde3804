import type { History } from '../simulation/history.ts';
import type { Operation } from '../simulation/operation.ts';

const save = (machine: number): Operation => ({ do: 'files', what: 'save', machine, which: 1, other: 0 });
const pass = (ms: number): Operation => ({ do: 'pass', ms });
/** Somebody else's commit; `which` says to which file. */
const stranger = (which: number): Operation => ({ do: 'hub', what: 'stranger', which });
const fault = (what: Extract<Operation, { do: 'fault' }>['what'], machine: number, at: number): Operation => ({ do: 'fault', what, machine, at });

/** Longer than from one question to the hub to the next. */
const ASKED_MS = 700_000;
const WHILE: readonly Operation[] = [pass(5_000), pass(90_000), pass(90_000)];

/** For what needs much to meet: a history that somebody wrote who knows the bug, played when chance has not shown it. */
const HISTORIES: Readonly<Record<string, readonly Operation[]>> = {
  'merges-for-ever': [stranger(1), pass(ASKED_MS)],
  'never-asks': [stranger(1)],
  'never-scans': [{ do: 'program', what: 'deaf', machine: 0, which: 0 }, save(0)],
  'rewrite-taken': [save(0), pass(20_000), { do: 'hub', what: 'forced', which: 0 }, pass(ASKED_MS)],
  // As it moves the branch, the program dies, or its git; or it dies as it puts the first files, or the second, in their place.
  'index-left-behind': [fault('crashAfterAt', 0, 14), save(0), pass(5_000), ...WHILE],
  'own-locks-left': [fault('gitKilledAt', 0, 14), save(0), pass(5_000), ...WHILE],
  'branch-first': [stranger(2), fault('dieAt', 1, 5), pass(ASKED_MS), pass(90_000)],
  'journal-late': [stranger(2), fault('dieAt', 1, 10), pass(ASKED_MS), pass(90_000)],
};

/** Null: there is none. */
export function historyByHand(bug: string): History | null {
  const operations = HISTORIES[bug];
  return operations ? { seed: 7, machines: 2, operations } : null;
}
