import { z } from 'zod';
import { ENGINE_COMMANDS } from './commands.ts';
import { SHELL_COMMANDS } from './shell-commands.ts';

// States are pushed to a window; ending the program and reading a file of somebody's choice are not a page's business.
const { 'state.watch': _states, 'activity.follow': _entries, stop: _end, import: _file, ...asked } = ENGINE_COMMANDS;

/**
 * What a window can ask: the engine's commands and the shell's own. Whoever gets into the page can ask all of it, so it
 * names no file: bytes of the disk come in, and reports go out, only where the person chose in a dialog of the system.
 * A folder to add may be typed; adding it runs nothing of it, and so it is not trusted in the same breath.
 */
export const WINDOW_COMMANDS = {
  ...asked,
  'folder.add': { ...asked['folder.add'], input: asked['folder.add'].input.refine(({ options }) => options.trust !== true, { message: 'trust comes later', path: ['options', 'trust'] }) },
  resolve: { ...asked.resolve, input: asked.resolve.input.extend({ keep: z.union([z.enum(['mine', 'theirs', 'both']), z.strictObject({ text: z.string() })]) }) },
  'rescue.restore': { ...asked['rescue.restore'], input: asked['rescue.restore'].input.omit({ to: true }).strict() },
  doctor: { ...asked.doctor, input: z.strictObject({}) },
  ...SHELL_COMMANDS,
} as const;

export type WindowCommand = keyof typeof WINDOW_COMMANDS;
type Table = typeof WINDOW_COMMANDS;
/** What a view gives: defaults may be left out. */
export type WindowArguments<C extends WindowCommand> = z.input<Table[C]['input']>;
export type WindowOutput<C extends WindowCommand> = z.output<Table[C]['output']>;
