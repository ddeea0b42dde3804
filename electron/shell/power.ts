import { net, powerMonitor } from 'electron';
import type { Clock } from '../engine/ports.ts';

const ONLINE_CHECK_MS = 5000;

/** Calls `wake` when the machine comes back: from sleep, from the lock screen, to the network. The returned function ends it. */
export function onReturn(wake: () => void, clock: Clock): () => void {
  powerMonitor.on('resume', wake);
  powerMonitor.on('unlock-screen', wake);
  let online = net.isOnline();
  let cancel = () => {};
  // The main process has no event for this; asking costs no system call that waits.
  const check = () => {
    const now = net.isOnline();
    if (now && !online) wake();
    online = now;
    cancel = clock.after(ONLINE_CHECK_MS, check);
  };
  check();
  return () => {
    cancel();
    powerMonitor.off('resume', wake);
    powerMonitor.off('unlock-screen', wake);
  };
}
