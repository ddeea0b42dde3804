import { useMemo } from 'react';
import type { MirrorProblem } from '../../shared/mirror-problem.ts';
import { goTo } from '../navigation.ts';
import { useRun, useShowSheet, useWindow } from '../window-context.tsx';
import { mirrorDeed } from './mirror-deed.ts';

/** A mirror, or one of its repositories. */
export interface MirrorPlaceOf {
  readonly id: string;
  readonly name: string;
  readonly repo: string | null;
}

export interface MirrorActions {
  readonly run: (place: MirrorPlaceOf) => void;
  readonly check: (place: MirrorPlaceOf) => void;
  readonly open: (place: MirrorPlaceOf) => void;
  readonly look: (place: MirrorPlaceOf) => void;
  /** What the button of a problem says; without one it leads to the repository. */
  readonly act: (place: MirrorPlaceOf, problem: MirrorProblem | null) => void;
}

/** What the buttons and menus of mirrors do. A run is not waited for: its progress shows. */
export function useMirrorActions(): MirrorActions {
  const { sight, text } = useWindow();
  const ask = useRun();
  const showSheet = useShowSheet();
  return useMemo(() => {
    const of = ({ id, repo }: MirrorPlaceOf) => ({ id, ...(repo === null ? {} : { repo }) });
    const run = (place: MirrorPlaceOf) => void ask('mirror.run', of(place));
    const look = ({ id, repo }: MirrorPlaceOf) => goTo({ view: 'mirrors', id, ...(repo === null ? {} : { repo }) });
    const open = (place: MirrorPlaceOf) => void ask('shell.open-mirror', of(place));
    const token = (place: MirrorPlaceOf, problem: MirrorProblem) => {
      const state = sight.getState().state;
      const source = state?.mirrors.find(({ id }) => id === place.id)?.source ?? '';
      const named = problem.params['account'];
      const account = typeof named === 'string' ? named : state?.accounts.find(({ name }) => source.startsWith(`${name}/`))?.name;
      // An address of its own has no account: Git's own keys are asked.
      showSheet(account === undefined ? { kind: 'mirror-problem', mirror: place.id, problem } : { kind: 'account', name: account });
    };
    const act = (place: MirrorPlaceOf, problem: MirrorProblem | null) => {
      switch (problem && mirrorDeed(problem.code)) {
        case 'run':
          return run(place);
        case 'token':
          return problem && token(place, problem);
        case 'open-folder':
          return open(place);
        case 'listing':
          return problem && showSheet({ kind: 'mirror-problem', mirror: place.id, problem });
        default:
          return look(place);
      }
    };
    return { run, look, open, act, check: (place) => void ask('mirror.check', of(place), text.t('window.mirrors.checked-one', { mirror: place.repo ?? place.name })) };
  }, [ask, showSheet, sight, text]);
}
