import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { LockstepError } from '../engine/errors.ts';

/** The person's own choice first, then what desktops bring along. */
const TERMINALS = ['xdg-terminal-exec', 'x-terminal-emulator', 'kgx', 'gnome-terminal', 'konsole', 'xfce4-terminal', 'mate-terminal', 'lxterminal', 'alacritty', 'kitty', 'foot', 'xterm'];

/** Opens a terminal in a folder; it is the person's own, and lives on when we end. Throws `not-available`. */
export async function openTerminal(folder: string, env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const terminal = findTerminal(env);
  if (!terminal) throw new LockstepError('tool-missing', { tool: 'xdg-terminal-exec' });
  await new Promise<void>((resolve, reject) => {
    const child = spawn(terminal, [], { cwd: folder, detached: true, stdio: 'ignore', env: { ...env } });
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
    child.once('error', (cause) => reject(new LockstepError('not-available', { detail: cause.message }, { cause })));
  });
}

/** Path of the first terminal that can be run; null when there is none. */
function findTerminal(env: Readonly<Record<string, string | undefined>>): string | null {
  const folders = (env['PATH'] ?? '').split(delimiter).filter(isAbsolute);
  const names = [...(env['TERMINAL'] ? [env['TERMINAL']] : []), ...TERMINALS];
  const candidates = names.flatMap((name) => (isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name))));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
