import Store from 'electron-store';
import { z } from 'zod';
import type { KeptWindow } from './window-bounds.ts';

const rectangle = z.object({ x: z.number(), y: z.number(), width: z.number().positive(), height: z.number().positive() });
const keptSchema = z.object({ bounds: rectangle.nullable(), maximised: z.boolean() });

/** Size and position of the main window, in `window.json` below the app's own folder. */
export function windowMemory(folder: string): { read(): KeptWindow; write(kept: KeptWindow): void } {
  const store = new Store<{ main?: unknown }>({ cwd: folder, name: 'window', clearInvalidConfig: true });
  return {
    read: () => keptSchema.catch({ bounds: null, maximised: false }).parse(store.get('main')),
    write: (kept) => store.set('main', kept),
  };
}
