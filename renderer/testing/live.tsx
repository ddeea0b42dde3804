import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { AppState } from '../../shared/app-state.ts';
import { createText } from '../../shared/text/text.ts';
import { createAppStateStore } from '../app-state-store.ts';
import { ResultDrafts } from '../conflicts/result-drafts.ts';
import { createClient } from '../lockstep-client.ts';
import { createNoticeStore } from '../notices.ts';
import { createSheetStore } from '../sheets.ts';
import { WindowContext } from '../window-context.tsx';
import { answers } from './answers.ts';
import { NOW_MS } from './fixtures.ts';

type Answer = (input: unknown) => unknown;

/** A view that lives in a document (`@vitest-environment jsdom`), with an engine played from the fixtures behind it. */
export interface LiveView {
  readonly body: HTMLElement;
  /** What it asked of the engine, oldest first; pictures of the state and of history are left out. */
  readonly asked: readonly (readonly [string, unknown])[];
  /** Notices that it showed. */
  readonly said: () => string[];
  show(state: AppState, silentSinceMs?: number | null): Promise<void>;
  draw(view: ReactNode): Promise<void>;
  type(field: Element | null, text: string): Promise<void>;
  press(key: string, init?: KeyboardEventInit): Promise<void>;
  click(name: string): Promise<void>;
  end(): Promise<void>;
}

/** Draws the view. `over`: answers of commands in place of the fixtures'; one may throw, and is then refused with that message. */
export async function live(view: ReactNode, state: AppState, over: Readonly<Record<string, Answer>> = {}): Promise<LiveView> {
  completeDocument();
  const text = createText('en', { timeZone: 'Europe/Berlin' });
  const asked: [string, unknown][] = [];
  const table: Readonly<Record<string, Answer | undefined>> = { ...(answers as Record<string, Answer>), ...over };
  const invoke = async (command: string, input: unknown): Promise<unknown> => {
    if (!/^(state\.get|history|show|activity|conflict\.compare)$/.test(command)) asked.push([command, input]);
    try {
      return { ok: true, value: (await table[command]?.(input)) ?? {} };
    } catch (error) {
      return { ok: false, failure: { code: 'not-running', message: String(error), params: {} } };
    }
  };
  const sight = createAppStateStore(state);
  const notices = createNoticeStore();
  const client = createClient({ invoke, onState: () => () => undefined, pathOf: () => '' }, text);
  const parts = { text, client, sight, notices, sheets: createSheetStore(), resultDrafts: new ResultDrafts(), clock: { nowMs: () => NOW_MS, subscribe: () => () => undefined } };
  const body = document.body.appendChild(document.createElement('div'));
  const root = createRoot(body);
  const draw = (drawn: ReactNode) => act(async () => root.render(<WindowContext value={parts}>{drawn}</WindowContext>));
  await draw(view);
  return {
    body,
    asked,
    said: () => notices.getState().list.map(({ sentence }) => sentence),
    show: (next, silentSinceMs = null) => act(async () => sight.setState({ state: next, silentSinceMs })),
    draw,
    type: (field, typed) => act(async () => typeInto(field, typed)),
    press: (key, init = {}) => act(async () => void (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }))),
    click: (name) => act(async () => button(body, name).click()),
    async end() {
      await act(async () => root.unmount());
      body.remove();
    },
  };
}

/** What views ask of a browser and jsdom does not have. */
function completeDocument(): void {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true, CSS: { escape: (name: string) => name.replace(/[^\w-]/g, '\\$&') } });
  Element.prototype.scrollIntoView = () => undefined;
}

/** As a person does: React listens to what the browser's own setter was told. */
function typeInto(field: Element | null, typed: string): void {
  if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) throw new Error('There is no field to type into');
  field.focus();
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, typed);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** By its name, as a screen reader says it, or the words it begins with. */
function button(body: HTMLElement, name: string): HTMLElement {
  const found = [...body.ownerDocument.querySelectorAll<HTMLElement>('button, [role=radio], [role=menuitem]')].find((each) => (each.getAttribute('aria-label') ?? each.textContent ?? '').startsWith(name));
  if (!found) throw new Error(`There is no button “${name}” in: ${body.textContent}`);
  return found;
}
