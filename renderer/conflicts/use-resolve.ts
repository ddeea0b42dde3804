import { useRef } from 'react';
import type { Conflict } from '../../shared/app-state.ts';
import type { WindowArguments } from '../../shared/window-commands.ts';
import { useRun, useText, useWindow } from '../window-context.tsx';

type Keep = WindowArguments<'resolve'>['keep'];

/** Closes the conflict with one version, both, or a text; says so when it was done. Once: until the answer is there nothing else is asked. */
export function useResolve(conflict: Conflict, onDecided: () => void): (keep: Keep) => void {
  const text = useText();
  const run = useRun();
  const { resultDrafts } = useWindow();
  const isUnderWay = useRef(false);
  const resolve = async (keep: Keep) => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    const { id, path } = conflict;
    const { ok } = await run('resolve', { conflict: id, keep }, text.t(keep === 'both' ? 'window.conflicts.done-both' : 'window.conflicts.done', { path }));
    isUnderWay.current = false;
    if (!ok) return;
    resultDrafts.drop(conflict);
    onDecided();
  };
  return (keep) => void resolve(keep);
}
