import type { EventEmitter } from 'node:events';

const LIMIT_MS = 20_000;

/** Resolves once `holds`, looked at on each `changed` event; rejects with what was waited for. */
export async function until(emitter: EventEmitter, holds: () => boolean, what: string): Promise<void> {
  if (holds()) return;
  await new Promise<void>((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(limit);
      emitter.off('changed', look);
      settle();
    };
    const look = () => {
      if (holds()) end(resolve);
    };
    const limit = setTimeout(() => end(() => reject(new Error(`Waited ${LIMIT_MS / 1000} s for ${what}`))), LIMIT_MS);
    emitter.on('changed', look);
  });
}
