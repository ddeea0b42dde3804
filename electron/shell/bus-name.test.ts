import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import dbus from 'dbus-next';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchBusName } from './bus-name.ts';

const NAME = 'org.kde.StatusNotifierWatcher';

describe('a name on a real session bus', () => {
  let daemon: ChildProcess;
  let address: string;

  beforeAll(async () => {
    daemon = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], { stdio: ['ignore', 'pipe', 'ignore'] });
    if (!daemon.stdout) throw new Error('no pipe to the bus');
    [address] = (await once(createInterface(daemon.stdout), 'line')) as [string];
  });
  afterAll(async () => {
    daemon.kill();
    await once(daemon, 'exit');
  });

  /** Each answer in its order. */
  function answers(env: Record<string, string | undefined>) {
    const told: boolean[] = [];
    let heard = () => {};
    const close = watchBusName(NAME, env, (owned) => {
      told.push(owned);
      heard();
    });
    const count = async (wanted: number) => {
      while (told.length < wanted) await new Promise<void>((resolve) => (heard = resolve));
    };
    return { told, close, count };
  }

  it('is told at first, when it is taken, and when it is given up', async () => {
    const { told, close, count } = answers({ DBUS_SESSION_BUS_ADDRESS: address });
    await count(1);
    const owner = dbus.sessionBus({ busAddress: address });
    await owner.requestName(NAME, 0);
    await count(2);
    const second = answers({ DBUS_SESSION_BUS_ADDRESS: address });
    await second.count(1);
    owner.disconnect();
    await count(3);
    expect({ told, second: second.told[0] }).toEqual({ told: [false, true, false], second: true });
    close();
    second.close();
  });

  it.each([{}, { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' }, { DBUS_SESSION_BUS_ADDRESS: 'tcp:host=example.org' }])('is nobody’s without a bus: %j', async (env) => {
    const { told, close, count } = answers(env);
    await count(1);
    expect(told).toEqual([false]);
    close();
  });
});
