import type { ProblemCode } from '../../../../shared/problem.ts';
import type { KeptGits } from '../kept-git.ts';
import type { SimulatedMachine } from '../machine.ts';
import type { World } from '../world.ts';
import { Calm } from './calm.ts';
import { EndlessWork } from './endless-work.ts';
import { FalseAlarm } from './false-alarm.ts';
import { HubHistory } from './hub-history.ts';
import { MachineRefs } from './machine-refs.ts';
import { MassChanges } from './mass-changes.ts';
import { MergeAudit } from './merge-audit.ts';
import { ObjectCheck } from './object-check.ts';
import { Objects } from './objects.ts';
import { Oracle } from './oracle.ts';
import { Outside } from './outside.ts';
import { OwnCommits } from './own-commits.ts';
import { PersonState } from './person-state.ts';
import { PersonsChanges } from './persons-changes.ts';
import { PrivateContents } from './private-contents.ts';
import { RewrittenHub } from './rewritten-hub.ts';
import { SameMerges } from './same-merges.ts';
import { SettledVersions } from './settled-versions.ts';
import { Silence } from './silence.ts';

/** Everything that is watched over in a world, and what a person agrees to there. */
export interface Watch {
  readonly oracle: Oracle;
  /** A person lets through what is held on a machine. */
  approved(machine: SimulatedMachine, code: ProblemCode | null): Promise<void>;
  /** A person chooses what is to be at these paths of a machine. */
  chosen(machine: SimulatedMachine, paths: readonly string[]): void;
  /** A person's own doing may take out what was to stay on its machine. */
  letOut(): void;
}

const BRAKES = new Set<ProblemCode | null>(['mass-change', 'root-emptied']);

export function watchOver(world: World, keptGits: KeptGits): Watch {
  const { machines, hub } = world;
  const objects = new Objects(keptGits, [...machines.map(({ gitDirectory }) => gitDirectory), hub]);
  const own = new OwnCommits();
  const masses = new MassChanges(objects, own);
  const privates = new PrivateContents(world);
  const calm = new Calm(world);
  const state = new PersonState(machines, objects);
  const changes = new PersonsChanges(machines, objects);
  const rewritten = new RewrittenHub(world, objects);
  const history = new HubHistory({ directory: hub, tip: () => world.hubTip() }, objects, (move) => masses.judge(move));
  const oracle = new Oracle([
    ...[own, calm, new EndlessWork(world), new SameMerges(), new Outside(hub), new MachineRefs(machines, objects), state, history, privates, changes, rewritten, new FalseAlarm(world, state, calm)],
    ...[new SettledVersions(world, world.ledger, calm), new Silence(world, calm), new MergeAudit(world, objects, own), new ObjectCheck(world)],
  ]);
  return {
    oracle,
    async approved(machine, code) {
      if (code === 'remote-rewritten') await rewritten.agree(machine);
      if (BRAKES.has(code)) masses.agree(machine);
      else if (code === 'locked') state.forget(machine);
      else privates.agree();
    },
    chosen: (machine, paths) => changes.chosen(machine, paths),
    letOut: () => privates.agree(),
  };
}
