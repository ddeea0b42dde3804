import { faultDoings } from './doings/faults.ts';
import { fileDoings } from './doings/files.ts';
import { gitDoings } from './doings/git.ts';
import { hubDoings } from './doings/hub.ts';
import { programDoings } from './doings/programs.ts';
import { raceDoings } from './doings/races.ts';
import { Hand } from './hand.ts';
import type { SimulatedMachine } from './machine.ts';
import type { Operation, PersonOperation } from './operation.ts';
import { stabilize } from './stabilize.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

/** Lets one thing happen, then looks into the book, and at all that is watched over. Throws `Violation`. */
export async function perform(world: World, operation: Operation): Promise<void> {
  for (const machine of world.machines) if (machine.hasFallen) await world.startMachine(machine);
  await happen(world, operation);
  await world.settle();
  const [lost] = await world.ledger.missing();
  if (lost) throw new Violation('lost', `what was saved as ${lost.path} on ${lost.machine} (${lost.id}) is nowhere any more`);
  await world.oracle.look();
}

async function happen(world: World, operation: Operation): Promise<void> {
  switch (operation.do) {
    case 'files':
    case 'git':
      return doByHand(world, operation);
    case 'pass':
      return world.pass(operation.ms);
    case 'program':
      return programDoings[operation.what](world, world.machine(operation.machine), operation.which);
    case 'fault':
      return faultDoings[operation.what](running(world, operation.machine), operation.at);
    case 'hub':
      return void (await hubDoings[operation.what](world, operation.which));
    case 'meanwhile':
      return world.meanwhile(operation.then.machine, operation.at, () => doByHand(world, operation.then));
    case 'race':
      return world.race(operation.machine, operation.at, (machine, path) => {
        const hand = new Hand(world, machine);
        return hand.does(() => tolerantly(() => raceDoings[operation.what](hand, path)));
      });
    case 'stabilize':
      return stabilize(world);
  }
}

/** The machine that is meant, or, while that one's program does not run, the next whose does. */
function running(world: World, index: number): SimulatedMachine {
  const all = world.machines.map((_, offset) => world.machine(index + offset));
  return all.find(({ isUp }) => isUp) ?? world.machine(index);
}

async function doByHand(world: World, operation: PersonOperation): Promise<void> {
  const hand = new Hand(world, world.machine(operation.machine));
  if (operation.do === 'git') await gitDoings[operation.what](hand, operation.which);
  else await hand.does(() => tolerantly(() => fileDoings[operation.what](hand, operation.which, operation.other)));
}

/** What the disk does not allow (a folder in the way, a name too long) does not happen. */
function tolerantly(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}
