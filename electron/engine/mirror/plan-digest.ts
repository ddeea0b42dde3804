import { createHash } from 'node:crypto';
import type { PlannedRef } from '../../../shared/mirror.ts';

/** What a yes is given to: exactly these losses. Branches that meanwhile only grew or came are no other plan. */
export function planDigest(what: string, refs: readonly PlannedRef[]): string {
  const losses = refs.filter(({ action }) => action === 'rewrite' || action === 'delete').map(({ ref, from, to }) => `${ref} ${from} ${to}`);
  return createHash('sha256').update(JSON.stringify([what, ...losses.sort()])).digest('hex');
}
