import { describe, expect, it } from 'vitest';
import { createText } from '../../shared/text/text.ts';
import { createClient } from '../lockstep-client.ts';
import type { Route } from '../route.ts';
import type { OpenSheet } from '../sheets.ts';
import { fullState } from '../testing/fixtures.ts';
import { paletteEntries, type PaletteTools } from './palette-entries.ts';

function tools() {
  const did: unknown[] = [];
  const text = createText();
  const client = createClient(undefined, text);
  const note = (name: string) => (folder: { id: string }) => void did.push([name, folder.id]);
  const made: PaletteTools = {
    text,
    run: (command, input) => (did.push([command, input]), client.invoke(command, input)),
    actions: { sync: note('sync'), togglePause: note('pause'), pauseFor: note('pauseFor'), open: note('open'), openTerminal: note('terminal') },
    goTo: (route: Route) => void did.push(route),
    showSheet: (sheet: OpenSheet) => void did.push(sheet),
  };
  return { made, did };
}

describe('the command palette', () => {
  it('reaches every place, the whole program, and each folder by name', () => {
    const { made, did } = tools();
    const entries = paletteEntries(fullState.folders, fullState.mirrors, made);
    const choose = (word: string) => entries.find((entry) => entry.word === word)?.run();
    choose('Activity');
    choose('Pause everything for 30 minutes');
    choose('Resume scores');
    choose('Stop watching notes…');
    choose('Compare the two versions in thesis');
    expect(did).toEqual([
      { view: 'activity' },
      ['folder.pause', { forS: 1800 }],
      ['pause', 'scores'],
      { kind: 'remove', folder: 'notes' },
      { view: 'conflicts', id: 'thesis' },
    ]);
    expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
  });

  it('offers nothing for folders that are not there', () => {
    expect(paletteEntries([], [], tools().made).map(({ key }) => key)).not.toContain('sync-all');
  });
});
