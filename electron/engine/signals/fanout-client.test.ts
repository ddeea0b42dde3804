import { Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import type { SignalState } from '../../../shared/app-state.ts';
import type { Net } from '../ports.ts';
import { CountingRandom } from '../testing/counting-random.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { MemoryLog } from '../testing/memory-log.ts';
import { FanoutClient } from './fanout-client.ts';
import { SIGNAL_TIMING } from './signal-timing.ts';

/** A server that greets, and answers every ping while `answers`. */
function quietServer(answers: boolean): Net & { connections: number } {
  const net = {
    connections: 0,
    connect: async () => {
      net.connections += 1;
      const socket: Duplex = new Duplex({ read: () => undefined, write: (chunk: Buffer, _encoding, done) => (answers && chunk.toString() === 'ping\n' && socket.push('1\n'), done()) });
      socket.push('debug!connected...\n');
      return { remote: 'server', readable: socket, writable: socket, close: () => void socket.destroy(), closed: new Promise<void>((resolve) => socket.once('close', () => resolve())) };
    },
    listen: () => Promise.reject(new Error('not asked for')),
  };
  return net;
}

async function anHourWith(net: Net): Promise<readonly SignalState[]> {
  const clock = new FakeClock();
  const states: SignalState[] = [];
  const client = new FanoutClient({
    ...{ net, clock, random: new CountingRandom(), log: new MemoryLog(), timing: SIGNAL_TIMING, server: { host: 'server', port: 1986 } },
    events: { changed: (state) => states.push(state), connected: () => undefined, message: () => undefined },
  });
  await clock.advance(3_600_000);
  await client.close();
  return states;
}

it('stays connected to a server on which nobody says anything', async () => {
  const net = quietServer(true);
  expect(await anHourWith(net)).toEqual(['connecting', 'online', 'offline']);
  expect(net.connections).toBe(1);
});

it('gives up a server that does not answer, and tries again', async () => {
  const net = quietServer(false);
  expect(await anHourWith(net)).not.toContain('online');
  expect(net.connections).toBeGreaterThan(5);
});
