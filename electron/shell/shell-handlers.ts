import { realpath } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { clipboard, dialog, shell, type BrowserWindow } from 'electron';
import type { CommandInput, CommandOutput } from '../../shared/commands.ts';
import type { SHELL_COMMANDS } from '../../shared/shell-commands.ts';
import type { Text } from '../../shared/text/text.ts';
import { LockstepError } from '../engine/errors.ts';
import type { Clock } from '../engine/ports.ts';
import type { CurrentEngine } from './current-engine.ts';
import { openTerminal } from './terminal.ts';

export type ShellHandlers = {
  readonly [C in keyof typeof SHELL_COMMANDS]: (input: CommandInput<C>, signal: AbortSignal) => Promise<CommandOutput<C>>;
};

export interface ShellHandlersParts {
  readonly engine: CurrentEngine;
  readonly text: Text;
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly about: () => CommandOutput<'shell.about'>;
}

/** What only the desktop app can do, for the window that asks. */
export function shellHandlers(parts: ShellHandlersParts, window: BrowserWindow): ShellHandlers {
  const { engine, text, env, about } = parts;
  return {
    async 'shell.pick-folder'() {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, { title: text.t('shell.pick-folder'), properties: ['openDirectory', 'createDirectory'] });
      return { path: canceled ? null : (filePaths[0] ?? null) };
    },
    async 'shell.import'(_input, signal) {
      const { canceled, filePaths: [file] } = await dialog.showOpenDialog(window, { title: text.t('shell.pick-import'), properties: ['openFile'] });
      if (canceled || file === undefined) return { folders: null };
      if (!engine.handlers) throw new LockstepError('not-running');
      return { folders: (await engine.handlers.import({ file }, signal)).folders.length };
    },
    async 'shell.open-folder'({ id, path }) {
      const root = folderPath(engine, id);
      // A file is shown in its folder, never opened: it came from another machine and could be a program.
      if (path !== undefined) shell.showItemInFolder(await pathBelow(root, path));
      else await openFolder(root, parts);
      return {};
    },
    async 'shell.open-mirror'({ id, repo }, signal) {
      await openFolder(await mirrorPath(engine, id, repo, signal), parts);
      return {};
    },
    async 'shell.open-terminal'({ id }) {
      await openTerminal(folderPath(engine, id), env);
      return {};
    },
    async 'shell.copy-text'({ text: copied }) {
      clipboard.writeText(copied);
      return {};
    },
    async 'shell.window'({ action }) {
      if (action === 'minimise') window.minimize();
      else if (action === 'close') window.close();
      else if (window.isMaximized()) window.unmaximize();
      else window.maximize();
      return {};
    },
    'shell.about': async () => about(),
  };
}

export function folderPath(engine: CurrentEngine, id: string): string {
  const folder = engine.state?.folders.find((candidate) => candidate.id === id);
  if (!folder) throw new LockstepError('no-such-folder', { folder: id });
  return folder.path;
}

/** Where a mirror's copies lie, or one of them. */
async function mirrorPath(engine: CurrentEngine, id: string, repo: string | undefined, signal: AbortSignal): Promise<string> {
  if (!engine.handlers) throw new LockstepError('not-running');
  const [mirror] = await engine.handlers['mirror.list']({ id }, signal);
  const path = repo === undefined ? mirror?.target : mirror?.repos.find(({ name }) => name === repo)?.path;
  // The target may be an address, which no file manager shows.
  if (path === undefined || !isAbsolute(path)) throw new LockstepError('no-such-path', { path: repo ?? id });
  return path;
}

/** Where no file manager answers, the system may wait for one for ever. */
const OPENING_LIMIT_MS = 5_000;

/** Shows a folder in the system's file manager. Throws `not-available` with what the system said, or when it says nothing. */
export async function openFolder(path: string, { clock, text }: Pick<ShellHandlersParts, 'clock' | 'text'>): Promise<void> {
  const trouble = await new Promise<string>((resolve, reject) => {
    const forget = clock.after(OPENING_LIMIT_MS, () => resolve(text.t('shell.no-file-manager', { path })));
    shell.openPath(path).then(resolve, reject).finally(forget);
  });
  if (trouble) throw new LockstepError('not-available', { detail: trouble });
}

/** The real path of something in a folder; throws `no-such-path` when it is not there, or leads out of it. */
async function pathBelow(root: string, path: string): Promise<string> {
  try {
    const [base, found] = await Promise.all([realpath(root), realpath(join(root, path))]);
    if (!relative(base, found).startsWith('..')) return found;
  } catch {
    // Not there: said below.
  }
  throw new LockstepError('no-such-path', { path });
}
