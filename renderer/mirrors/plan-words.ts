import type { PlannedRef } from '../../shared/mirror.ts';
import type { Text } from '../../shared/text/text.ts';
import type { IconName } from '../components/Icon.tsx';

/** What loses something first, then what moves, then what is new. */
const LOUDEST_FIRST: readonly PlannedRef['action'][] = ['rewrite', 'delete', 'fast-forward', 'create'];

export const ACTION_ICONS: Record<PlannedRef['action'], IconName> = { rewrite: 'restore', delete: 'close', 'fast-forward': 'up', create: 'plus' };

export const inPlanOrder = (refs: readonly PlannedRef[]): PlannedRef[] => [...refs].sort((a, b) => LOUDEST_FIRST.indexOf(a.action) - LOUDEST_FIRST.indexOf(b.action) || (a.ref < b.ref ? -1 : 1));

/** `heads/main` for `refs/heads/main`, as Git's own short form of a full name. */
export const shortRef = (ref: string): string => ref.replace(/^refs\//, '');

/** The first seven digits, as people say a commit. */
export const shortCommit = (commit: string): string => commit.slice(0, 7);

/** "14 leave, 11 come; the old stays as a backup" */
export function planSentence(text: Text, { ref, action, leave, come }: PlannedRef): string {
  switch (action) {
    case 'rewrite':
      return leave === null || come === null ? text.t('window.mirrors.plan.rewrite') : text.t('window.mirrors.plan.rewrite-known', { leave, come });
    case 'delete':
      return text.t('window.mirrors.plan.delete');
    case 'fast-forward':
      return come === null ? text.t('window.mirrors.plan.forward-unknown') : text.t('window.mirrors.plan.forward', { count: come });
    case 'create':
      return text.t(ref.startsWith('refs/tags/') ? 'window.mirrors.plan.create-tag' : 'window.mirrors.plan.create-branch');
  }
}
