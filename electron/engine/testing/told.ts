import { expect } from 'vitest';
import type { FolderState } from '../../../shared/app-state.ts';
import { needsPerson } from '../../../shared/problem-mark.ts';
import { problemTier, type ProblemAction, type ProblemCode, type ProblemTier } from '../../../shared/problem.ts';
import { folderDocument } from '../../../shared/status-document.ts';
import { sampleState } from '../../../shared/testing/sample-state.ts';
import { folderSentence } from '../../../shared/text/folder-text.ts';
import { problemButton } from '../../../shared/text/problem-text.ts';
import { createText } from '../../../shared/text/text.ts';
import { waitingItems } from '../../../shared/text/waiting-items.ts';

const text = createText();

interface ToldProblem {
  readonly code: ProblemCode;
  readonly tier: ProblemTier;
  readonly action: ProblemAction;
  /** What the sentence must name. */
  readonly naming: RegExp;
  /** What the next step must name. */
  readonly next: RegExp;
}

/** That a folder's problem is told wherever a person may look: in the document, in the list, under "Waits for you", on its button. */
export function expectTold(folder: FolderState, { code, tier, action, naming, next }: ToldProblem): void {
  const nowMs = Date.now();
  expect(problemTier(code)).toBe(tier);
  const { problem } = folderDocument(text, folder, nowMs);
  expect(problem).toMatchObject({ code, action, message: expect.stringMatching(naming) as unknown, next: expect.stringMatching(next) as unknown });
  expect(folderSentence(text, folder, { nowMs, machineName: '' })).toMatch(naming);
  const waiting = waitingItems(text, sampleState({ folders: [folder] }), nowMs).filter((item) => item.problem?.code === code);
  expect(waiting.map(({ sentence }) => sentence)).toEqual(needsPerson(folder) ? [expect.stringMatching(naming)] : []);
  expect(problemButton(text, { code })).not.toBe('');
}

/** That a path is held back, and told with its reason and a next step. */
export function expectHeld(folder: FolderState, path: string, { code, naming, next }: Pick<ToldProblem, 'code' | 'naming' | 'next'>): void {
  expect(problemTier(code)).toBe('held');
  const { held } = folderDocument(text, folder, Date.now());
  expect(held).toContainEqual(expect.objectContaining({ path, code, message: expect.stringMatching(naming) as unknown, next: expect.stringMatching(next) as unknown }));
  expect(waitingItems(text, sampleState({ folders: [folder] }), Date.now()).some(({ kind }) => kind === 'held')).toBe(true);
}
