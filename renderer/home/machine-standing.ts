import type { AppState, FolderState, Machine } from '../../shared/app-state.ts';

/** How far a machine is with one folder, as far as is known here. */
export type Standing = 'same' | 'ahead' | 'behind' | 'unknown';

/** This machine is compared with the server, another one with what is here. */
export function standing(machine: Machine, folder: FolderState): Standing {
  if (machine.self) {
    if (folder.ahead > 0) return 'ahead';
    return folder.behind > 0 ? 'behind' : 'same';
  }
  const tip = machine.tips[folder.id];
  if (tip === undefined || folder.head === null) return 'unknown';
  return tip === folder.head ? 'same' : 'behind';
}

/** How long a machine may be silent before it counts as away. */
const AWAY_AFTER_MS = 10 * 60_000;
export const isAway = (machine: Machine, nowMs: number): boolean =>
  !machine.self && (machine.lastHeardAt === null || nowMs - Date.parse(machine.lastHeardAt) > AWAY_AFTER_MS);

/** This machine first, then who was heard last. */
export const machinesInOrder = (state: AppState): Machine[] =>
  [...state.machines].sort((a, b) => Number(b.self) - Number(a.self) || (b.lastHeardAt ?? '').localeCompare(a.lastHeardAt ?? '') || a.name.localeCompare(b.name));
