import { test as base } from '@playwright/test';
import { DesktopShell } from './desktop-shell.ts';
import { launchApp, type DesktopApp, type LaunchOptions } from './launch-app.ts';
import { Machine } from './machine.ts';
import { startSessionBus, type SessionBus } from './session-bus.ts';

interface Surroundings {
  /** The session bus of this test. */
  bus: SessionBus;
  /** A desktop with a tray and notifications on it. */
  desktop: DesktopShell;
  /** The person's machine. */
  machine: Machine;
  /** Starts the app on a machine, this one unless another is named; ended with the test. */
  launch: (options?: Partial<LaunchOptions> & { on?: Machine }) => Promise<DesktopApp>;
  /** Another machine; removed with the test. */
  addMachine: (name: string) => Machine;
}

export const test = base.extend<Surroundings>({
  bus: async ({}, use) => {
    const bus = await startSessionBus();
    await use(bus);
    await bus.stop();
  },
  desktop: async ({ bus }, use) => {
    const desktop = await DesktopShell.start(bus.address);
    await use(desktop);
    desktop.stop();
  },
  addMachine: async ({}, use) => {
    const machines: Machine[] = [];
    await use((name) => {
      const machine = Machine.create(name);
      machines.push(machine);
      return machine;
    });
    for (const machine of machines) machine.remove();
  },
  machine: async ({ addMachine }, use) => use(addMachine('laptop')),
  launch: async ({ bus, machine }, use, info) => {
    const apps: DesktopApp[] = [];
    await use(async ({ on = machine, ...options } = {}) => {
      const app = await launchApp(on, { busAddress: bus.address, ...options });
      apps.push(app);
      return app;
    });
    for (const app of apps) {
      await app.close();
      if (info.status !== info.expectedStatus) await info.attach('stderr', { body: app.said.join(''), contentType: 'text/plain' });
    }
    if (info.status !== info.expectedStatus) await info.attach('log', { body: machine.read('person/.local/state/lockstep/lockstep.log') ?? '', contentType: 'text/plain' });
  },
});

export { expect } from '@playwright/test';
