// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import type { AppState, FolderState } from '../../shared/app-state.ts';
import { folderFixture, states } from '../testing/fixtures.ts';
import { live, type LiveView } from '../testing/live.tsx';
import { MessagePopup } from './MessagePopup.tsx';

const question = (state: AppState) => state.folders.find(({ id }) => id === 'field-guide')?.messageRequest ?? null;
const asks = (id: string, draft: string | null = null): FolderState => {
  const request = question(states.full);
  return folderFixture(id, { phase: 'awaiting-message', messageRequest: request && { ...request, draft } });
};
const two = (draft: string | null = null): AppState => ({ ...states.full, folders: [asks('wa', draft), asks('wb')] });

let view: LiveView;
afterEach(() => view.end());
const field = () => view.body.querySelector('textarea');
const sent = () => view.asked.filter(([command]) => command !== 'message.typing');

describe('the popup', () => {
  it('gives one folder’s words to no other', async () => {
    view = await live(<MessagePopup folder="wa" />, two());
    await view.type(field(), 'Words for wa');
    await view.draw(<MessagePopup folder="wb" />);
    expect(field()?.value).toBe(question(states.full)?.proposal);
    await view.press('Enter', { ctrlKey: true });
    expect(sent()).toEqual([['message.submit', { id: 'wb', message: question(states.full)?.proposal }]]);
  });

  it('tells each word to the engine, which keeps it, and shows what it kept', async () => {
    view = await live(<MessagePopup folder="wa" />, two());
    await view.type(field(), 'Half');
    await view.type(field(), 'Half a sent');
    await view.press('Escape');
    expect(view.asked).toEqual([
      ['message.typing', { id: 'wa', draft: 'Half' }],
      ['message.typing', { id: 'wa', draft: 'Half a sent' }],
      ['message.postpone', { id: 'wa' }],
    ]);
    await view.end();
    view = await live(<MessagePopup folder="wa" />, two('Half a sent'));
    expect(field()?.value).toBe('Half a sent');
  });

  it('says whose words are committed when the time is over', async () => {
    view = await live(<MessagePopup folder="wa" />, two());
    expect(view.body.textContent).toContain('Commits this in 0:41');
    await view.type(field(), 'Mine');
    expect(view.body.textContent).toContain('Commits your words in 0:41');
  });

  it('keeps the words and does nothing while the engine is silent', async () => {
    view = await live(<MessagePopup folder="wa" />, two());
    await view.type(field(), 'Mine');
    await view.show(two(), 1);
    await view.press('Enter', { ctrlKey: true });
    expect(field()?.value).toBe('Mine');
    expect(sent()).toEqual([]);
    expect([...view.body.querySelectorAll<HTMLButtonElement>('.message-buttons button')].map(({ disabled }) => disabled)).toEqual([true, true]);
  });

  it('stops asking only after the words are sent', async () => {
    view = await live(<MessagePopup folder="wa" />, two());
    await view.type(field(), 'Mine');
    await view.click('Stop asking here');
    expect(sent()).toEqual([
      ['message.submit', { id: 'wa', message: 'Mine' }],
      ['folder.set', { id: 'wa', options: { message: 'auto' } }],
    ]);
  });
});
