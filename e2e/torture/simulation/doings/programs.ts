import { parseDisplayPath } from '../../../../electron/engine/repo-path.ts';
import type { SimulatedMachine } from '../machine.ts';
import { FAITHFUL } from '../simulated-watch.ts';
import type { World } from '../world.ts';

/** What becomes of a program, and what a person asks of it. */
type ProgramDoing = (world: World, machine: SimulatedMachine, which: number) => Promise<void> | void;

const DAY_MS = 86_400_000;

export const programDoings = {
  start: (world, machine) => world.startMachine(machine),
  stop: (world, machine) => world.stopMachine(machine),
  sync: (world, machine) => world.ask(machine, (handlers, signal) => handlers.sync({ timeoutS: 60 }, signal)),
  pause: (world, machine) => world.ask(machine, (handlers, signal) => handlers['folder.pause']({ id: 'folder' }, signal)),
  resume: (world, machine) => world.ask(machine, (handlers, signal) => handlers['folder.resume']({ id: 'folder' }, signal)),
  approve: (world, machine) => world.approve(machine),
  resolve: (world, machine, which) => {
    const { conflicts = [] } = machine.state ?? {};
    const conflict = conflicts[which % Math.max(1, conflicts.length)];
    if (!conflict) return;
    world.chosen(machine, [parseDisplayPath(conflict.path), parseDisplayPath(conflict.copy)]);
    return world.ask(machine, (handlers, signal) => handlers.resolve({ conflict: conflict.id, keep: (['mine', 'theirs', 'both'] as const)[which % 3] ?? 'mine' }, signal));
  },
  /** The network is gone for this machine. */
  offline: (world, machine) => {
    machine.faults.offline = true;
    world.bus.cut(machine.index);
  },
  online: (_world, machine) => {
    machine.faults.offline = false;
  },
  /** The lid is closed for up to three days: the clock on the wall goes on, nothing else. */
  sleep: (world, machine, which) => {
    world.clock.setWallTime(world.clock.now() + (1 + (which % 3)) * DAY_MS);
    machine.engine?.wake();
  },
  /** Somebody sets the clock. */
  clock: (world, _machine, which) => world.clock.setWallTime(world.clock.now() + ([-400 * DAY_MS, -DAY_MS, -60_000, 60_000, DAY_MS, 400 * DAY_MS][which % 6] ?? 0)),
  /** Events get lost, come late, twice, and without a name. */
  badWatch: (_world, machine, which) => machine.watchWith([{ ...FAITHFUL, drop: 0.3 }, { ...FAITHFUL, delay: 0.5 }, { ...FAITHFUL, repeat: 0.5 }, { ...FAITHFUL, merge: 0.3 }, { drop: 0.2, delay: 0.3, repeat: 0.3, merge: 0.2 }][which % 5] ?? FAITHFUL),
  /** None of them comes. */
  deaf: (_world, machine) => machine.watchWith({ ...FAITHFUL, drop: 1 }),
  goodWatch: (_world, machine) => machine.watchWith(FAITHFUL),
  overflow: (_world, machine) => machine.watch?.overflow(),
  badBus: (world, _machine, which) => {
    world.bus.faults = [
      { drop: 0.5, repeat: 0, delay: 0 },
      { drop: 0, repeat: 0.5, delay: 0.5 },
      { drop: 0.2, repeat: 0.3, delay: 0.3 },
    ][which % 3] ?? { drop: 1, repeat: 0, delay: 0 };
  },
  replay: (world, _machine, which) => world.bus.replay(which),
  forge: (world, _machine, which) => world.bus.forge(which),
} satisfies Record<string, ProgramDoing>;
