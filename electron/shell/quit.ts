import { app } from 'electron';
import type { Clock } from '../engine/ports.ts';

/** The engine takes less; what remains of the five seconds is for the browser's own end. */
const LIMIT_MS = 4000;

/** However the app is asked to quit, everything is ended first, within a limit; then the process goes. */
export function quitAfter(stop: () => Promise<void>, clock: Clock): void {
  let ending: Promise<void> | null = null;
  const end = async () => {
    const limit = new Promise<void>((resolve) => clock.after(LIMIT_MS, resolve));
    await Promise.race([stop().catch(() => undefined), limit]);
    app.exit(0);
  };
  app.on('before-quit', (event) => {
    event.preventDefault();
    ending ??= end();
  });
}
