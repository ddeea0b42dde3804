import type { Machine } from '../machine.ts';
import { freePort } from '../../electron/engine/testing/free-port.ts';

/** Two machines that ring each other: the first serves, both have one key. To be done before anything runs on them. */
export async function joinBySignals(host: Machine, other: Machine): Promise<void> {
  const port = await freePort();
  await host.lockstep('signal', 'fanout', '--serve', `127.0.0.1:${port}`);
  await other.lockstep('signal', 'fanout', '--url', `tcp://127.0.0.1:${port}`);
  const { code } = JSON.parse(await host.lockstep('signal', 'pair', '--json')) as { code: string };
  await other.lockstep('signal', 'join', code);
}
