import { z } from 'zod';

const define = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ kind: 'shell' as const, input, output });

/** What only the desktop app can do: dialogs, windows, the system's file manager. Same table shape as the engine's. */
export const SHELL_COMMANDS = {
  /** The system's folder dialog; null when it was dismissed. */
  'shell.pick-folder': define(z.object({}), z.object({ path: z.string().nullable() })),
  /** Brings over what another program was set to, from a file that the person chooses in the system's dialog; null when it was dismissed. */
  'shell.import': define(z.object({}), z.object({ folders: z.number().nullable() })),
  /** Shows a watched folder, or a file of it, in the system's file manager. Only by folder id: no free paths. */
  'shell.open-folder': define(z.object({ id: z.string(), path: z.string().optional() }), z.object({})),
  /** Shows the folder of a mirror, or the copy of one of its repositories, in the system's file manager. Only what is on this disk, and by its id. */
  'shell.open-mirror': define(z.object({ id: z.string(), repo: z.string().optional() }), z.object({})),
  'shell.open-terminal': define(z.object({ id: z.string() }), z.object({})),
  'shell.copy-text': define(z.object({ text: z.string().max(100_000) }), z.object({})),
  'shell.window': define(z.object({ action: z.enum(['minimise', 'maximise', 'close']) }), z.object({})),
  /** Whether the desktop keeps secrets for us, and how to name this host in the window. */
  'shell.about': define(z.object({}), z.object({ version: z.string(), keyring: z.boolean(), attached: z.boolean(), tray: z.boolean() })),
} as const;
