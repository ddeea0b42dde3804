import { describe, expect, it } from 'vitest';
import type { FolderState } from './app-state.ts';
import { folderMark, MARK_TONES } from './folder-mark.ts';
import { isInStep, problemForPerson } from './folder-standing.ts';
import { PROBLEM_CODES, problemTier } from './problem.ts';
import { sampleFolder, sampleState } from './testing/sample-state.ts';
import { folderSentence, folderWord } from './text/folder-text.ts';
import { headline } from './text/headline.ts';
import { createText } from './text/text.ts';
import { waitingItems } from './text/waiting-items.ts';

const text = createText('en', { timeZone: 'UTC' });
const nowMs = Date.parse('2026-11-21T15:00:00.000Z');
const since = new Date(nowMs - 60_000).toISOString();
const with_ = (code: (typeof PROBLEM_CODES)[number], part: Partial<FolderState> = {}) => {
  const tier = problemTier(code);
  const phase = tier === 'retrying' ? 'retrying' : tier === 'note' ? 'watching' : 'halted';
  return sampleFolder({ phase, problem: { code, params: {}, since }, ...part });
};
const lead = (folder: FolderState) => headline(text, sampleState({ folders: [folder] }), nowMs);

/** Those that stand against a folder as a whole; the others concern a path, the program, or are only noted. */
const isOfFolder = (code: (typeof PROBLEM_CODES)[number]): boolean => code === 'no-remote' || !['held', 'note'].includes(problemTier(code));

describe('mark, word, headline and what waits say the same', () => {
  it.each(PROBLEM_CODES.filter(isOfFolder))('of %s', (code) => {
    const folder = with_(code);
    const waits = waitingItems(text, sampleState({ folders: [folder] }), nowMs);
    const tone = MARK_TONES[folderMark(folder)];
    if (tone === 'stop') expect([folderWord(text, folder), waits[0]?.kind]).toEqual(['Stopped', 'broken']);
    if (tone === 'stop' || tone === 'wait') expect(isInStep(folder)).toBe(false);
    expect(waits.length > 0).toBe(problemForPerson(folder) !== null);
    if (isInStep(folder)) expect(lead(folder).title).toContain('is in step');
    else expect(lead(folder).detail + lead(folder).title).not.toMatch(/^Nothing waits|is in step\./);
  });

  it('of a folder that never had a server: it is alone, not stuck', () => {
    const folder = with_('no-remote', { remote: null, remoteName: null });
    expect([folderMark(folder), folderWord(text, folder), folderSentence(text, folder, { nowMs, machineName: 'desk' })]).toEqual(['offline', 'Saved here only', 'Saved here only: no server is set']);
    expect(lead(folder).title).toBe(`${folder.name} is saved on this machine only.`);
    const two = headline(text, sampleState({ folders: [sampleFolder({ id: 'b', name: 'b' }), folder] }), nowMs);
    expect(two).toEqual({ title: '1 of 2 folders is in step.', detail: `${folder.name} is saved here only.` });
  });

  it('of a folder whose server went from its repository: it is stuck, and waits', () => {
    const folder = with_('no-remote');
    expect([folderMark(folder), folderWord(text, folder)]).toEqual(['stopped', 'Stopped']);
    expect(waitingItems(text, sampleState({ folders: [folder] }), nowMs).map(({ button }) => button)).toEqual(['Set a server…']);
  });
});
