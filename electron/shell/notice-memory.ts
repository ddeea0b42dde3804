import Store from 'electron-store';
import { z } from 'zod';
import type { NoticeMemory } from './notices.ts';

const keptSchema = z.array(z.tuple([z.string(), z.array(z.string())]));

/** What was announced, in `notices.json` below the app's own folder. */
export function noticeMemory(folder: string): NoticeMemory {
  const store = new Store<{ announced?: unknown }>({ cwd: folder, name: 'notices', clearInvalidConfig: true });
  return {
    read: () => {
      const kept = keptSchema.safeParse(store.get('announced'));
      return kept.success ? new Map(kept.data) : null;
    },
    write: (known) => store.set('announced', [...known]),
  };
}
