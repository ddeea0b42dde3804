import type { AppState, FolderState, Machine } from '../../shared/app-state.ts';

/**
 * How far a machine is with one folder, as far as is known here. A machine is heard only when it has something to say:
 * what it took since then it took in silence. `later`: it is not known to have the newest, and will when it next looks.
 */
export type Standing = 'same' | 'ahead' | 'behind' | 'later' | 'unknown';

/** This machine is compared with the server, another one with what is here: by the tip it announced, or because the newest change is its own. */
export function standing(machine: Machine, folder: FolderState): Standing {
  if (machine.self) {
    if (folder.ahead > 0) return 'ahead';
    return folder.behind > 0 ? 'behind' : 'same';
  }
  const { head, lastCommit } = folder;
  const tip = machine.tips[folder.id];
  if (head === null) return 'unknown';
  if (tip === head || (lastCommit?.id === head && lastCommit.machine === machine.name)) return 'same';
  return tip === undefined ? 'unknown' : 'later';
}

/** This machine first, then who was heard last. */
export const machinesInOrder = (state: AppState): Machine[] =>
  [...state.machines].sort((a, b) => Number(b.self) - Number(a.self) || (b.lastHeardAt ?? '').localeCompare(a.lastHeardAt ?? '') || a.name.localeCompare(b.name));
