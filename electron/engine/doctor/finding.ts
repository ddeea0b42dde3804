import type { Check } from '../../../shared/commands.ts';
import type { DoctorCheckName } from '../../../shared/doctor-check.ts';
import { shownParams } from '../../../shared/text/problem-text.ts';
import type { Text } from '../../../shared/text/text.ts';
import type { Params } from '../../../shared/problem.ts';

/** What a check found: a name with words in the catalogue, and the values they name. */
export interface Finding {
  readonly name: DoctorCheckName;
  readonly ok: boolean;
  readonly values: Params;
  /** All is well enough, but there is something to know: told in the words for "not well". */
  readonly remark?: boolean;
}

export const well = (name: DoctorCheckName, values: Params = {}): Finding => ({ name, ok: true, values });

export const unwell = (name: DoctorCheckName, values: Params = {}): Finding => ({ name, ok: false, values });

/** Endings that only choose other words for the same check. */
const VARIANT = /-(missing|none|owner|port)$/;

export function asCheck(text: Text, { name, ok, values, remark }: Finding): Check {
  const shown = shownParams(text, values);
  const plain = ok && !remark;
  return { check: name.replace(VARIANT, ''), ok, detail: text.t(`doctor.${name}.${plain ? 'ok' : 'bad'}`, shown), fix: plain ? null : text.t(`doctor.${name}.fix`, shown) };
}
