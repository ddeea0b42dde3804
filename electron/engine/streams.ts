import { deferred } from './deferred.ts';

/** What a source calls with each new value; it gives back how to end it. */
type Source<T> = (listener: (value: T) => void) => () => void;

/** Only the newest value is kept while the reader is busy: for states, which supersede each other. */
export function latest<T>(source: Source<T>, signal: AbortSignal): AsyncIterable<T> {
  return pumped(source, signal, (waiting, value) => waiting.splice(0, waiting.length, value));
}

/** Every value, in order: for records. A reader that stays away loses the oldest. */
export function queued<T>(source: Source<T>, signal: AbortSignal, most = 10_000): AsyncIterable<T> {
  return pumped(source, signal, (waiting, value) => {
    if (waiting.length >= most) waiting.shift();
    waiting.push(value);
  });
}

async function* pumped<T>(source: Source<T>, signal: AbortSignal, keep: (waiting: T[], value: T) => void): AsyncGenerator<T> {
  const waiting: T[] = [];
  let wake = deferred();
  const end = source((value) => {
    keep(waiting, value);
    wake.resolve();
  });
  const aborted = () => wake.resolve();
  signal.addEventListener('abort', aborted);
  try {
    while (!signal.aborted) {
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else {
        await wake.promise;
        wake = deferred();
      }
    }
  } finally {
    signal.removeEventListener('abort', aborted);
    end();
  }
}
