import type { AppState } from '../../shared/app-state.ts';

/**
 * Which folder's question the popup shows: the one it shows already while that waits, else the one whose time is over
 * first. `putOff`: the one that was just closed, until the engine knows it too.
 */
export function askingFolder(state: AppState | null, shown: string | null, putOff: string | null): { next: string | null; asking: string[] } {
  const questions = (state?.folders ?? []).flatMap(({ id, phase, messageRequest }) => (phase === 'awaiting-message' && messageRequest ? [{ id, deadline: messageRequest.deadline }] : []));
  const open = questions.filter(({ id }) => id !== putOff).sort((a, b) => a.deadline.localeCompare(b.deadline));
  const next = open.find(({ id }) => id === shown) ?? open[0];
  return { next: next?.id ?? null, asking: questions.map(({ id }) => id) };
}
