import { describe, expect, it } from 'vitest';
import type { AppState } from '../../shared/app-state.ts';
import { createText } from '../../shared/text/text.ts';
import { SAMPLE_NOW, sampleProblem } from '../../shared/testing/sample-state.ts';
import { sampleMirrorOf, sampleMirrorProblem, sampleRepository } from '../../shared/testing/sample-mirror.ts';
import { sampleConflict, sampleRequest, shellFolder, shellState } from './testing/sample-state.ts';
import { trayMenu, type MenuEntry } from './tray-menu.ts';

const text = createText('en', { timeZone: 'UTC' });
const menu = (state: AppState | null) => trayMenu(text, state, Date.parse(SAMPLE_NOW));

/** The menu as a person reads it; what cannot be clicked in brackets. */
function lines(entries: readonly MenuEntry[], depth = 0): string[] {
  return entries.flatMap((entry) => {
    const indent = '  '.repeat(depth);
    if (entry.kind === 'line') return [`${indent}---`];
    if (entry.kind === 'menu') return [`${indent}${entry.label} >`, ...lines(entry.entries, depth + 1)];
    return [`${indent}${entry.kind === 'words' ? `[${entry.label}]` : entry.label}`];
  });
}

const deedOf = (state: AppState, label: string) => {
  const all = (entries: readonly MenuEntry[]): MenuEntry[] => entries.flatMap((entry) => (entry.kind === 'menu' ? all(entry.entries) : [entry]));
  const found = all(menu(state)).find((entry) => entry.kind === 'deed' && entry.label === label);
  return found?.kind === 'deed' ? found.deed : undefined;
};

const BUSY = shellState([
  shellFolder('photos', { phase: 'pushing', ahead: 1 }),
  shellFolder('thesis', { conflicts: [sampleConflict('thesis', 'a.tex'), sampleConflict('thesis', 'b.tex')] }),
  shellFolder('guide', { phase: 'awaiting-message', messageRequest: sampleRequest, dirty: true }),
  shellFolder('site', { phase: 'halted', problem: sampleProblem('root-missing') }),
  shellFolder('scores', { phase: 'paused', paused: true }),
  shellFolder('dot', { held: [{ path: 'env', code: 'secret-found', params: {} }] }),
]);

describe('the tray menu', () => {
  it('leads with the headline, then what waits, the folders, and what can be done', () => {
    expect(lines(menu(BUSY))).toEqual([
      '2 of 6 folders are in step. 4 things wait for you.',
      '[photos is on its way, guide waits for you, site waits for you, one more is not in step.]',
      '---',
      'site: Find it…',
      'Compare 2 conflicts…',
      'Write message for guide…',
      'And one more…',
      '---',
      'photos · pushing >',
      ...folderLines('Pause'),
      'thesis · 2 conflicts >',
      ...folderLines('Pause'),
      'guide · asks for a message >',
      ...folderLines('Pause'),
      'site · stopped >',
      ...folderLines('Pause'),
      'scores · paused >',
      ...folderLines('Resume'),
      'dot · one held back >',
      ...folderLines('Pause'),
      '---',
      'Sync now',
      'Pause all',
      'Pause all for an hour',
      'Resume all',
      '---',
      'Open Lockstep',
      'Quit',
    ]);
  });

  it('offers a first folder when there is none', () => {
    expect(lines(menu(shellState([]))).slice(2, -3)).toEqual(['---', 'Add folder…']);
  });

  it('says that the engine is silent, and still opens and quits', () => {
    expect(lines(menu(null))).toEqual(['[The part that watches your folders has ended; it is being started again.]', '---', 'Open Lockstep', 'Quit']);
  });

  it('puts many folders into a menu of their own', () => {
    const many = shellState(Array.from({ length: 8 }, (_, index) => shellFolder(`f${index}`)));
    expect(lines(menu(many)).filter((line) => line.endsWith('>') && !line.startsWith(' '))).toEqual(['Folders >']);
  });

  it('opens each waiting thing where it is dealt with', () => {
    expect(deedOf(BUSY, 'Compare 2 conflicts…')).toEqual({ act: 'open', place: { view: 'conflicts', id: 'thesis' } });
    expect(deedOf(BUSY, 'Write message for guide…')).toEqual({ act: 'open', place: { view: 'message', id: 'guide' } });
    expect(deedOf(BUSY, 'site: Find it…')).toEqual({ act: 'open', place: { view: 'folder', id: 'site' } });
    expect(deedOf(BUSY, 'Resume')).toEqual({ act: 'resume', id: 'scores' });
  });

  it('keeps its labels short', () => {
    const long = shellState([shellFolder('x'.repeat(300))]);
    for (const line of lines(menu(long))) expect(line.length).toBeLessThan(130);
  });
});

const folderLines = (first: string) => [first, 'Sync now', '---', 'Show in Lockstep', 'Open folder'].map((line) => `  ${line}`);

describe('mirrors in the tray menu', () => {
  it('are one line, and what waits in them is said above', () => {
    const { repos: _repos, ...mirror } = sampleMirrorOf([sampleRepository({ state: 'diverged', problem: sampleMirrorProblem('target-diverged') }), sampleRepository({ name: 'b' })]);
    const state = shellState([shellFolder('notes')], { mirrors: [mirror] });
    expect(lines(menu(state))).toEqual(expect.arrayContaining(['lib-storage: Decide…', 'Mirrors · 0 of 1 in step']));
    expect(deedOf(state, 'lib-storage: Decide…')).toEqual({ act: 'open', place: { view: 'mirrors', id: 'tidepool', repo: 'lib-storage' } });
    expect(lines(menu(shellState([shellFolder('notes')], { mirrors: [{ ...mirror, running: { done: 1, total: 2, now: [] } }] })))).toContain('Mirrors · being copied');
  });
});
