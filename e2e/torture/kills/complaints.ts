import type { Outcome } from './kill.ts';
import { nameOf } from './point.ts';

/** Points to kill at again, by the beginnings of their names, with the seed they were found with. */
export const ONLY = 'LOCKSTEP_KILLS';

const complaints = ({ lost, locks, wrong, blocked }: Outcome): string[] => [
  ...lost.map((path) => `lost what was at ${path}`),
  ...locks.map((lock) => `${lock} is left`),
  ...(blocked === null ? [] : [`did not come in step: ${blocked}`]),
  ...wrong,
];

export const isFine = (outcome: Outcome): boolean => complaints(outcome).length === 0;

/** What is not as it should be after a kill, and how to see it again. */
export function tell(outcome: Outcome, seed: number): string {
  const name = nameOf(outcome.point);
  return `${name} (${outcome.killedAt ?? 'not come to'}): ${complaints(outcome).join('; ')}\nagain: ${ONLY}='${name}' npm run torture -- kills --seed ${seed}`;
}
