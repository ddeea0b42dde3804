import { BrowserWindow, ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import type { AppState } from '../../shared/app-state.ts';
import type { Reply } from '../../shared/reply.ts';
import type { Text } from '../../shared/text/text.ts';
import { INVOKE_CHANNEL, STATE_CHANNEL } from '../../shared/window-bridge.ts';
import { LockstepError } from '../engine/errors.ts';
import type { Clock, Log } from '../engine/ports.ts';
import { APP_ORIGIN } from './app-protocol.ts';
import { atMostEvery } from './at-most-every.ts';
import type { CurrentEngine } from './current-engine.ts';
import { answerWindow } from './window-answers.ts';
import type { ShellHandlers } from './shell-handlers.ts';

interface IpcServerParts {
  readonly engine: CurrentEngine;
  readonly shellHandlers: (window: BrowserWindow) => ShellHandlers;
  readonly text: Text;
  readonly clock: Clock;
  readonly log: Log;
}

/** States that come faster than a window can show them are passed over: the last one counts. */
const STATE_EVERY_MS = 30;

/** The main process's end of the bridge. The returned function ends it. */
export function serveWindows(parts: IpcServerParts): () => void {
  const ending = new AbortController();
  ipcMain.handle(INVOKE_CHANNEL, async (event, command: unknown, input: unknown): Promise<Reply> => {
    const window = askingWindow(event);
    // Not one of our pages, or a frame inside one: it learns nothing.
    if (!window) throw new LockstepError('usage');
    return answerWindow({ ...parts, handlers: parts.engine.handlers, shell: parts.shellHandlers(window) }, command, input, ending.signal);
  });
  const state = atMostEvery(parts.clock, STATE_EVERY_MS, () => sendState(parts.engine.state));
  const unsubscribe = parts.engine.subscribe(() => state.call());
  return () => {
    ending.abort();
    unsubscribe();
    state.stop();
    ipcMain.removeHandler(INVOKE_CHANNEL);
  };
}

/** The window whose own page asks; null for a frame, another origin, or a window that is gone. */
function askingWindow({ sender, senderFrame }: IpcMainInvokeEvent): BrowserWindow | null {
  if (!senderFrame || senderFrame !== sender.mainFrame || senderFrame.origin !== APP_ORIGIN) return null;
  return BrowserWindow.fromWebContents(sender);
}

function sendState(state: AppState | null): void {
  for (const { webContents } of BrowserWindow.getAllWindows()) if (isOurs(webContents)) webContents.send(STATE_CHANNEL, state);
}

const isOurs = (contents: WebContents): boolean => !contents.isDestroyed() && contents.mainFrame.origin === APP_ORIGIN;
