import { readFileSync, watch } from 'node:fs';
import type { DirectoryWatch } from '../ports.ts';
import { nodePoll } from './node-poll.ts';

/** Linux's own default, where the system does not say. */
const DEFAULT_QUEUE_EVENTS = 16_384;

/**
 * One `fs.watch` per directory; all of them share one inotify queue. libuv says nothing when that queue overflows
 * (it drops the kernel's notice), but a queue that was full is read in one turn of the loop: so a turn with about as
 * many events as the queue takes is told to every watch as `null`.
 */
export function nodeWatch(queueEvents = inotifyQueueEvents()): DirectoryWatch {
  const open = new Set<(name: Buffer | null, moved: boolean) => void>();
  const mayHaveOverflown = Math.max(1, Math.floor(queueEvents / 2));
  let eventsThisTurn = 0;

  const count = (): void => {
    if (eventsThisTurn === 0) {
      setImmediate(() => {
        const overflown = eventsThisTurn >= mayHaveOverflown;
        eventsThisTurn = 0;
        if (overflown) for (const changed of [...open]) changed(null, true);
      });
    }
    eventsThisTurn += 1;
  };

  return {
    directory(path, changed, failed) {
      const watcher = watch(path, { persistent: false, encoding: 'buffer' }, (event, name) => {
        count();
        if (open.has(changed)) changed(name, event === 'rename');
      });
      open.add(changed);
      watcher.on('error', failed);
      return {
        close() {
          open.delete(changed);
          watcher.close();
        },
      };
    },
    poll: nodePoll(),
  };
}

function inotifyQueueEvents(): number {
  try {
    return Number(readFileSync('/proc/sys/fs/inotify/max_queued_events', 'latin1')) || DEFAULT_QUEUE_EVENTS;
  } catch {
    return DEFAULT_QUEUE_EVENTS;
  }
}
