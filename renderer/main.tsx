import './without-eval.ts';
import './styles/tokens.css';
import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createText } from '../shared/text/text.ts';
import { connect, createAppStateStore } from './app-state-store.ts';
import { createClock } from './clock.ts';
import { ResultDrafts } from './conflicts/result-drafts.ts';
import { createClient } from './lockstep-client.ts';
import { createNoticeStore } from './notices.ts';
import { createSheetStore } from './sheets.ts';
import { WindowContext, type WindowParts } from './window-context.tsx';
import { LockstepWindow } from './LockstepWindow.tsx';

const text = createText(navigator.language.slice(0, 2));
const parts: WindowParts = {
  text,
  client: createClient(window.lockstep, text),
  sight: createAppStateStore(),
  notices: createNoticeStore(),
  sheets: createSheetStore(),
  resultDrafts: new ResultDrafts(),
  clock: createClock(),
};
connect(parts.sight, parts.client);

const root = document.querySelector('#root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <WindowContext value={parts}>
      <LockstepWindow />
    </WindowContext>
  </StrictMode>,
);
