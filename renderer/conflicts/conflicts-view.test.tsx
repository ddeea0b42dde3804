// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import type { AppState, Conflict } from '../../shared/app-state.ts';
import { conflictFixture, folderFixture, states } from '../testing/fixtures.ts';
import { live, type LiveView } from '../testing/live.tsx';
import { ConflictsView } from './ConflictsView.tsx';

const a = conflictFixture('a', 'thesis', 'one/chapter.tex');
const b = conflictFixture('b', 'thesis', 'two/chapter.tex');
const c = conflictFixture('c', 'thesis', 'figures/setup.png', { theirs: { blob: 'c'.repeat(40), machine: '' } });
const withConflicts = (...conflicts: Conflict[]): AppState => ({ ...states.full, folders: [folderFixture('thesis', { conflicts })] });
const versions = (text: string | null) => ({ blob: 'a'.repeat(40), machine: 'thinkpad', text, bytes: 20 });
const compare = { 'conflict.compare': ({ conflict }: { conflict: string }) => ({ conflict: a, base: null, mine: versions(conflict === 'c' ? null : 'one\n'), theirs: versions(conflict === 'c' ? null : 'two\n') }) };

let view: LiveView;
afterEach(() => view.end());

const open = async (state: AppState, over: Record<string, (input: never) => unknown> = {}, chosen?: string) => {
  view = await live(<ConflictsView folder={undefined} chosen={chosen} />, state, { ...compare, ...over } as Record<string, (input: unknown) => unknown>);
};
const shown = () => view.body.querySelector('.compare h1')?.textContent;
const result = () => view.body.querySelector<HTMLTextAreaElement>('textarea.result');
const resolved = () => view.asked.filter(([command]) => command === 'resolve').map(([, input]) => input);
const keep = (init: KeyboardEventInit = {}) => view.press('1', { code: 'Digit1', altKey: true, ...init });

describe('a conflict that is looked at', () => {
  it('stays when it is decided elsewhere, with what was written for it and the focus in it', async () => {
    await open(withConflicts(a, b));
    await view.type(result(), 'my own words\n');
    await view.show(withConflicts(b));
    expect(shown()).toBe('one/chapter.tex');
    expect(result()?.value).toBe('my own words\n');
    expect(view.body.querySelector('[role=status]')?.textContent).toContain('decided elsewhere while you wrote');
    expect(document.activeElement?.className).toBe('compare');
    await keep();
    expect(resolved()).toEqual([]);
    await view.click('Copy your text');
    expect(view.asked).toContainEqual(['shell.copy-text', { text: 'my own words\n' }]);
    await view.click('Go on');
    expect(shown()).toBe('two/chapter.tex');
  });

  it('keeps a begun result while another is looked at', async () => {
    await open(withConflicts(a, b), {}, 'a');
    await view.type(result(), 'half a res');
    await view.draw(<ConflictsView folder="thesis" chosen="b" />);
    expect(result()?.value).toBe('one\n');
    await view.draw(<ConflictsView folder="thesis" chosen="a" />);
    expect(result()?.value).toBe('half a res');
  });

  it('makes room for the next only when it was decided here', async () => {
    await open(withConflicts(a, b));
    await keep();
    expect(resolved()).toEqual([{ conflict: 'a', keep: 'mine' }]);
    expect(shown()).toBe('two/chapter.tex');
    expect(document.activeElement).not.toBe(document.body);
  });
});

describe('a key', () => {
  it('that is held down decides nothing more', async () => {
    await open(withConflicts(a, b));
    await keep();
    await keep({ repeat: true });
    await keep({ repeat: true });
    expect(resolved()).toHaveLength(1);
  });

  it('asks once until there is an answer', async () => {
    await open(withConflicts(a, b), { resolve: () => new Promise(() => undefined) });
    await keep();
    await keep();
    expect(resolved()).toHaveLength(1);
  });
});

describe('many conflicts', () => {
  it('are decided by one choice, after it was asked with their number', async () => {
    await open(withConflicts(a, b, c));
    await view.click('Choose for all 3');
    await view.click('Keep theirs everywhere');
    expect(document.querySelector('[role=dialog]')?.textContent).toContain('Keep their version of 3 files in thesis?');
    expect(resolved()).toEqual([]);
    await view.click('Keep theirs everywhere');
    expect(resolved()).toEqual(['a', 'b', 'c'].map((conflict) => ({ conflict, keep: 'theirs' })));
    expect(view.said()).toEqual(['3 files in thesis are decided.']);
  });

  it('are told apart by their directories', async () => {
    await open(withConflicts(a, b));
    const names = [...view.body.querySelectorAll('.conflict-item')].map((item) => item.textContent);
    expect(new Set(names).size).toBe(2);
    expect(names[1]).toContain('two/');
  });
});

describe('versions that are not text', () => {
  it('show as pictures beside each other, without choices that do nothing', async () => {
    await open(withConflicts(c), { show: ({ path }: { path: string }) => ({ bytes: path === c.path ? 'AAAA' : 'BBBB' }) });
    const sources = [...view.body.querySelectorAll('img')].map(({ src }) => src);
    expect(new Set(sources)).toEqual(new Set(['data:image/png;base64,AAAA', 'data:image/png;base64,BBBB']));
    expect(view.body.textContent).toContain('another machine');
    for (const word of ['Three ways', 'Base']) expect(view.body.textContent).not.toContain(word);
  });

  it('offer no common version where there is none', async () => {
    await open(withConflicts(a));
    expect(view.body.textContent).toContain('Mine');
    expect(view.body.textContent).not.toContain('Base');
  });
});
