import { planApply } from '../../apply/planner.ts';
import { caseOf, type MergeCase } from './merge-case.ts';
import { MERGE_PROPERTIES } from './merge-properties.ts';
import { mergeTrees } from './merge-trees.ts';
import { PAIR_PROPERTIES } from './pair-properties.ts';
import { PLAN_PROPERTIES, type Property } from './plan-properties.ts';
import { Trial, type Tried } from './trial.ts';

export const PROPERTIES: readonly Property[] = [...MERGE_PROPERTIES, ...PLAN_PROPERTIES, ...PAIR_PROPERTIES];
export const THE_ENGINES: Tried = { plan: planApply, merge: mergeTrees };

/** What is tried, by what measure; without it the engine's own, by all. */
export interface Measure {
  readonly tried?: Tried;
  readonly properties?: readonly Property[];
}

export interface Complaint {
  readonly property: string;
  readonly says: string;
}

/** The first property that a case does not have. */
export function complaintAbout(given: MergeCase, { tried = THE_ENGINES, properties = PROPERTIES }: Measure = {}): Complaint | null {
  let property = 'can be planned at all';
  try {
    const trial = new Trial(given, tried);
    for (const { name, complaint } of properties) {
      property = name;
      const says = complaint(trial);
      if (says !== null) return { property, says };
    }
    return null;
  } catch (error) {
    return { property, says: String(error) };
  }
}

/** Some of the cases of a seed. */
export interface Share {
  readonly seed: number;
  readonly from: number;
  readonly count: number;
}

export interface Found extends Complaint {
  readonly seed: number;
  readonly number: number;
}

/** Checks cases until one has not all the properties; null: all have. */
export function checkCases({ seed, from, count }: Share, measure: Measure = {}): Found | null {
  for (let number = from; number < from + count; number++) {
    const complaint = complaintAbout(caseOf(seed, number), measure);
    if (complaint) return { ...complaint, seed, number };
  }
  return null;
}
