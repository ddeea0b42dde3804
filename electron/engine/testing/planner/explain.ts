import { complaintAbout, type Found, type Measure } from './check-cases.ts';
import { caseOf } from './merge-case.ts';
import { showCase } from './show-case.ts';
import { shrinkCase } from './shrink-case.ts';

/** What was found, on the smallest case that shows it, for a person to read. */
export function explain({ seed, number, property }: Found, measure: Measure = {}): string {
  const smallest = shrinkCase(caseOf(seed, number), (smaller) => complaintAbout(smaller, measure)?.property === property);
  return [`case ${seed}:${number}: not so: ${property}`, complaintAbout(smallest, measure)?.says, showCase(smallest)].join('\n');
}
