import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AppState } from '../../shared/app-state.ts';
import { createText } from '../../shared/text/text.ts';
import { waitingItems } from '../../shared/text/waiting-items.ts';
import { SAMPLE_NOW, sampleProblem } from '../../shared/testing/sample-state.ts';
import { sampleConflict, sampleRequest, shellFolder, shellState } from './testing/sample-state.ts';
import { trayMark, TRAY_MARKS, type TrayMark } from './tray-mark.ts';

const text = createText('en', { timeZone: 'UTC' });
const calm = shellFolder('notes');
const asks = shellFolder('guide', { phase: 'awaiting-message', messageRequest: sampleRequest });
const torn = shellFolder('thesis', { conflicts: [sampleConflict('thesis', 'a.tex')] });
const broken = shellFolder('site', { phase: 'halted', problem: sampleProblem('auth-failed') });
const offline = shellFolder('far', { phase: 'retrying', problem: sampleProblem('offline') });
const pushing = shellFolder('photos', { phase: 'pushing', ahead: 1 });
const paused = shellFolder('scores', { phase: 'paused', paused: true });

describe('the tray mark', () => {
  it.each<[string, AppState | null, TrayMark]>([
    ['nobody answers', null, 'offline'],
    ['no folder yet', shellState([]), 'idle'],
    ['all in step, one paused', shellState([calm, paused]), 'idle'],
    ['everything paused', shellState([paused]), 'paused'],
    ['starting', shellState([calm], { ready: false }), 'working'],
    ['one pushes', shellState([calm, pushing]), 'working'],
    ['offline before working', shellState([pushing, offline]), 'offline'],
    ['a question before offline', shellState([offline, asks]), 'waiting'],
    ['a conflict', shellState([torn, pushing]), 'waiting'],
    ['trouble before all', shellState([torn, asks, offline, broken]), 'trouble'],
    ['a paused folder troubles nobody', shellState([{ ...broken, paused: true }, calm]), 'idle'],
    ['trouble of the program itself', shellState([calm], { problems: [sampleProblem('settings-damaged')] }), 'trouble'],
  ])('%s', (_case, state, mark) => {
    const waiting = state ? waitingItems(text, state, Date.parse(SAMPLE_NOW)) : [];
    expect(trayMark(state, waiting)).toBe(mark);
  });

  it('has a picture for every mark, size and panel', () => {
    const files = TRAY_MARKS.flatMap((mark) => [22, 32, 44].flatMap((size) => ['light', 'dark'].map((theme) => `${mark}-${size}-${theme}.png`)));
    expect(files.filter((file) => !existsSync(join(import.meta.dirname, '../../resources/icons/tray', file)))).toEqual([]);
  });
});
