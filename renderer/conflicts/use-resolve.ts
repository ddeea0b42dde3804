import type { Conflict } from '../../shared/app-state.ts';
import type { WindowArguments } from '../../shared/window-commands.ts';
import { useRun, useText } from '../window-context.tsx';

type Keep = WindowArguments<'resolve'>['keep'];

/** Closes the conflict with one version, both, or a text; says so when it was done. */
export function useResolve({ id, path }: Conflict): (keep: Keep) => void {
  const text = useText();
  const run = useRun();
  return (keep) => void run('resolve', { conflict: id, keep }, text.t(keep === 'both' ? 'window.conflicts.done-both' : 'window.conflicts.done', { path }));
}
