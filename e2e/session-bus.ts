import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface SessionBus {
  readonly address: string;
  stop(): Promise<void>;
}

/** A session bus of its own for each test: no tray or notification of another test is on it. */
export async function startSessionBus(): Promise<SessionBus> {
  const daemon = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(daemon, 'exit');
  const [address] = (await Promise.race([once(createInterface(daemon.stdout), 'line'), ended.then(() => Promise.reject(new Error('No session bus could be started')))])) as [string];
  return {
    address,
    async stop() {
      daemon.kill();
      await ended;
    },
  };
}
