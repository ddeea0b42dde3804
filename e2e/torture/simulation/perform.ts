import type { Operation } from './operation.ts';
import { People } from './people.ts';
import { stabilize } from './stabilize.ts';
import { Violation, type World } from './world.ts';

/** Lets one thing happen, then looks into the book. Throws `Violation`. */
export async function perform(world: World, operation: Operation): Promise<void> {
  await happen(world, operation);
  await world.settle();
  const [lost] = await world.ledger.missing();
  if (lost) throw new Violation(`lost: what was saved as ${lost.path} on ${lost.machine} (${lost.id}) is nowhere any more`);
}

async function happen(world: World, operation: Operation): Promise<void> {
  const people = new People(world);
  const machine = 'machine' in operation ? world.machine(operation.machine) : world.machine(0);
  switch (operation.do) {
    case 'save':
    case 'append':
    case 'truncate':
    case 'delete':
      return people[operation.do](machine, operation.file);
    case 'rename':
      return people.rename(machine, operation.file, operation.to);
    case 'pass':
      return world.pass(operation.ms);
    case 'stop':
      return world.stopMachine(machine);
    case 'start':
      return world.startMachine(machine);
    case 'sync':
      return world.ask(machine, (handlers, signal) => handlers.sync({ timeoutS: 60 }, signal));
    case 'die':
      machine.faults.deadlyChange = operation.at;
      return;
    case 'process':
      machine.faults.process = { in: operation.at, how: operation.how };
      return;
    case 'stabilize':
      return stabilize(world);
  }
}
