import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AppState } from '../../shared/app-state.ts';
import { createText } from '../../shared/text/text.ts';
import { waitingItems } from '../../shared/text/waiting-items.ts';
import { sampleConflict, sampleFolder, sampleProblem, sampleRequest, sampleState, SAMPLE_NOW } from './testing/sample-state.ts';
import { trayMark, TRAY_MARKS, type TrayMark } from './tray-mark.ts';

const text = createText('en', { timeZone: 'UTC' });
const calm = sampleFolder('notes');
const asks = sampleFolder('guide', { phase: 'awaiting-message', messageRequest: sampleRequest });
const torn = sampleFolder('thesis', { conflicts: [sampleConflict('thesis', 'a.tex')] });
const broken = sampleFolder('site', { phase: 'halted', problem: sampleProblem('auth-failed') });
const offline = sampleFolder('far', { phase: 'retrying', problem: sampleProblem('offline') });
const pushing = sampleFolder('photos', { phase: 'pushing', ahead: 1 });
const paused = sampleFolder('scores', { phase: 'paused', paused: true });

describe('the tray mark', () => {
  it.each<[string, AppState | null, TrayMark]>([
    ['nobody answers', null, 'offline'],
    ['no folder yet', sampleState([]), 'idle'],
    ['all in step, one paused', sampleState([calm, paused]), 'idle'],
    ['everything paused', sampleState([paused]), 'paused'],
    ['starting', sampleState([calm], { ready: false }), 'working'],
    ['one pushes', sampleState([calm, pushing]), 'working'],
    ['offline before working', sampleState([pushing, offline]), 'offline'],
    ['a question before offline', sampleState([offline, asks]), 'waiting'],
    ['a conflict', sampleState([torn, pushing]), 'waiting'],
    ['trouble before all', sampleState([torn, asks, offline, broken]), 'trouble'],
    ['a paused folder troubles nobody', sampleState([{ ...broken, paused: true }, calm]), 'idle'],
    ['trouble of the program itself', sampleState([calm], { problems: [sampleProblem('settings-damaged')] }), 'trouble'],
  ])('%s', (_case, state, mark) => {
    const waiting = state ? waitingItems(text, state, Date.parse(SAMPLE_NOW)) : [];
    expect(trayMark(state, waiting)).toBe(mark);
  });

  it('has a picture for every mark, size and panel', () => {
    const files = TRAY_MARKS.flatMap((mark) => [22, 32, 44].flatMap((size) => ['light', 'dark'].map((theme) => `${mark}-${size}-${theme}.png`)));
    expect(files.filter((file) => !existsSync(join(import.meta.dirname, '../../resources/icons/tray', file)))).toEqual([]);
  });
});
