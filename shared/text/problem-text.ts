import type { Held } from '../app-state.ts';
import { problemMark } from '../problem-mark.ts';
import type { Params, Problem, ProblemCode } from '../problem.ts';
import type { FolderPhase } from '../phase.ts';
import type { FailureCode } from '../failure.ts';
import { MIRROR_CODES, type MirrorCode } from '../mirror-problem.ts';
import { PROBLEM_CODES, problemTier } from '../problem.ts';
import { reasons } from './english/failures.ts';
import type { Text, TextKey, Values } from './text.ts';
import { bytes, clockTime, countdown } from './times.ts';

/** What else a sentence about a problem may name. */
export interface ProblemContext {
  readonly nowMs: number;
  readonly folder?: string;
  /** Host of the remote. */
  readonly server?: string;
}

/** "No network. Changes are saved here and go out when it is back. Next try in 0:24." */
export function problemSentence(text: Text, problem: Problem, context: ProblemContext): string {
  const sentence = codeSentence(text, problem.code, { folder: context.folder, server: context.server, path: problem.path, ...problemValues(text, problem.code, problem.params) });
  // What a person must decide is looked at again, too; a countdown there would say that waiting helps.
  if (problemTier(problem.code) !== 'retrying' || problem.retryAt === undefined || Date.parse(problem.retryAt) <= context.nowMs) return sentence;
  return text.t('folders.row.next-try', { sentence, left: countdown(problem.retryAt, context.nowMs) });
}

/** What the one button of a problem says. */
export const problemButton = (text: Text, { code, params = {} }: Pick<Problem, 'code'> & { readonly params?: Params }): string => text.first([...ofKind(`problems.${code}.how-button`, params), `problems.${code}.button`], {});

/** The sentence for one file that is held back: "fonts/archive.tar is 312 MB; the limit for this folder is 100 MB." */
export const heldSentence = (text: Text, held: Held): string => codeSentence(text, held.code, { path: held.path, ...problemValues(text, held.code, held.params) });

/** "In step", "Settling"; a halted folder "Waits for you" or, when something is broken, has "Stopped". */
export function phaseWord(text: Text, phase: FolderPhase, problem?: Pick<Problem, 'code'> | null): string {
  if (phase === 'halted' && problem && problemMark(problem.code) === 'broken') return text.t('folders.stopped');
  return text.t(`folders.phase.${phase}`);
}

/** One sentence for a command that was not done. */
export function failureSentence(text: Text, code: FailureCode, params: Params = {}): string {
  // Folders and mirrors share codes; what concerns an account or a mirror says so.
  if (isProblemCode(code) && !(isMirrorCode(code) && ('account' in params || 'mirror' in params))) return codeSentence(text, code, problemValues(text, code, params));
  const values = shownParams(text, params);
  if (isMirrorCode(code)) return text.first([`mirrorProblems.${code}.full`, `mirrorProblems.${code}.plain`], values);
  const { reason } = params;
  if (typeof reason === 'string' && isReason(reason)) values['reason'] = text.t(`reasons.${reason}`);
  return text.first([`failures.${code}.full`, `failures.${code}.named`, `failures.${code}.plain`], values);
}

const isReason = (reason: string): reason is keyof typeof reasons => Object.hasOwn(reasons, reason);

const isMirrorCode = (code: FailureCode): code is MirrorCode => (MIRROR_CODES as readonly string[]).includes(code);

const isProblemCode = (code: FailureCode): code is ProblemCode => (PROBLEM_CODES as readonly string[]).includes(code);

/** The sentence for a code and what is known about it. */
export function codeSentence(text: Text, code: ProblemCode, values: Values): string {
  return text.first([...ofKind(`problems.${code}.how`, values), `problems.${code}.full`, `problems.${code}.named`, `problems.${code}.plain`], values);
}

/** The phrase for the kind that a problem says it is of (`how`), if it says so. */
export const ofKind = (phrases: `problems.${ProblemCode}.${'how' | 'how-button'}` | `steps.${ProblemCode}.how`, { how }: Values): TextKey[] => (typeof how === 'string' ? [`${phrases}.${how}`] : []);

/** What is known about a problem, under the names its sentences use. */
export function problemValues(text: Text, code: ProblemCode, params: Params): Record<string, string | number> {
  const { files, deleted, modified, limit } = params;
  const values = shownParams(text, params);
  if (code === 'mass-change' && typeof deleted === 'number' && typeof modified === 'number' && files !== undefined) return { ...values, count: deleted + modified, total: files };
  if (code === 'file-too-large' && typeof limit === 'number') return { ...values, limit: bytes(text, limit) };
  return files === undefined ? values : { count: files, ...values };
}

/** Values as a sentence shows them: `…bytes` as sizes, ISO times as clock times. */
export function shownParams(text: Text, params: Params): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (typeof value === 'number' && /bytes$/i.test(name)) return [name, bytes(text, value)];
      if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return [name, clockTime(text, value)];
      return [name, value];
    }),
  );
}
