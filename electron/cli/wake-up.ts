const LOOK_EVERY_MS = 5_000;
/** A busy machine is late by less; a clock that was set looks like sleep, and looking once more does no harm. */
const SLEPT_MS = 20_000;

/** Calls when the machine has slept: the wall clock went on while our timers stood. The returned function ends it. */
export function onSleep(woke: () => void, nowMs: () => number = Date.now): () => void {
  let lastMs = nowMs();
  const timer = setInterval(() => {
    const passedMs = nowMs() - lastMs;
    lastMs += passedMs;
    if (passedMs > LOOK_EVERY_MS + SLEPT_MS) woke();
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
