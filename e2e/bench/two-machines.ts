import { freePort } from '../../electron/engine/testing/free-port.ts';
import { Machine } from './machine.ts';
import { hubWithClones, type Surroundings } from './surroundings.ts';

export interface TwoMachines {
  readonly machines: readonly [Machine, Machine];
  /** Clones of one hub, one a machine. */
  readonly folders: readonly [string, string];
  /** Both ask and give everything they have. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** Two daemons on two clones of one hub; the first serves the signal that the second listens to. */
export async function twoMachines(at: Surroundings, name: string, { quietS }: { readonly quietS: number }): Promise<TwoMachines> {
  const folders = (await hubWithClones(at, name, ['a', 'b'])) as [string, string];
  const machines = [new Machine(at, `${name}-a`), new Machine(at, `${name}-b`)] as const;
  const [first, second] = machines;
  const port = await freePort();
  await first.command('signal', 'fanout', '--serve', `127.0.0.1:${port}`);
  await second.command('signal', 'fanout', '--url', `tcp://127.0.0.1:${port}`);
  const { code } = JSON.parse(await first.command('signal', 'pair', '--json')) as { code: string };
  await second.command('signal', 'join', code);
  for (const [index, machine] of machines.entries()) await machine.command('folder', 'add', folders[index] ?? '', '--commit-delay', String(quietS), '--push-delay', '0');
  await first.start();
  await second.start();
  return {
    machines,
    folders,
    settle: async () => {
      for (const machine of [...machines, ...machines]) await machine.command('sync', '--timeout', '60');
    },
    stop: async () => {
      for (const machine of machines) await machine.stop();
    },
  };
}
