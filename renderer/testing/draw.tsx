import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { AppState } from '../../shared/app-state.ts';
import { createText } from '../../shared/text/text.ts';
import { createAppStateStore } from '../app-state-store.ts';
import { ResultDrafts } from '../conflicts/result-drafts.ts';
import { createClient } from '../lockstep-client.ts';
import { createNoticeStore } from '../notices.ts';
import { createSheetStore } from '../sheets.ts';
import { WindowContext } from '../window-context.tsx';
import { NOW_MS } from './fixtures.ts';

/** A view as markup, at the fixtures' time, with nobody behind the bridge. */
export function draw(view: ReactNode, state: AppState | null, silentSinceMs: number | null = null): string {
  const text = createText('en', { timeZone: 'Europe/Berlin' });
  const parts = {
    text,
    client: createClient(undefined, text),
    sight: createAppStateStore(state, silentSinceMs),
    notices: createNoticeStore(),
    sheets: createSheetStore(),
  resultDrafts: new ResultDrafts(),
    clock: { nowMs: () => NOW_MS, subscribe: () => () => undefined },
  };
  return renderToStaticMarkup(<WindowContext value={parts}>{view}</WindowContext>);
}
