import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watchBusName } from '../../electron/shell/bus-name.ts';
import type { Machine } from '../machine.ts';
import type { SessionBus } from '../session-bus.ts';

/** An unlocked keyring on this bus; resolves once programs can ask it. */
export async function startKeyring(machine: Machine, { address }: SessionBus): Promise<{ stop(): Promise<void> }> {
  const env = { ...machine.env, DBUS_SESSION_BUS_ADDRESS: address };
  const daemon = spawn('gnome-keyring-daemon', ['--unlock', '--components=secrets', '--foreground'], { env, stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = once(daemon, 'exit');
  daemon.stdin.end('test');
  await new Promise<void>((resolve) => {
    const close = watchBusName('org.freedesktop.secrets', env, (owned) => {
      if (!owned) return;
      close();
      resolve();
    });
  });
  return {
    async stop() {
      daemon.kill();
      await ended;
    },
  };
}
