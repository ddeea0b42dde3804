import { existsSync, readFileSync } from 'node:fs';
import type { ProblemCode } from '../../../../shared/problem.ts';
import type { SimulatedMachine } from '../machine.ts';
import { Violation } from '../violation.ts';
import type { World } from '../world.ts';
import type { Calm } from './calm.ts';
import type { PersonState } from './person-state.ts';
import type { Witness } from './witness.ts';

/** So long a folder may go by what was a moment before. */
const OUTDATED_MS = 60_000;

interface Told {
  readonly code: ProblemCode;
  /** Of the person's doings on that machine, and of its program's starts. */
  readonly moment: string;
  readonly seenMs: number;
}

/** A folder that waits for a person, because of something that they are in the middle of: then they are. */
export class FalseAlarm implements Witness {
  readonly #world: Pick<World, 'machines' | 'clock' | 'hub'>;
  readonly #persons: PersonState;
  readonly #calm: Calm;
  readonly #told = new Map<SimulatedMachine, Told>();

  constructor(world: Pick<World, 'machines' | 'clock' | 'hub'>, persons: PersonState, calm: Calm) {
    this.#world = world;
    this.#persons = persons;
    this.#calm = calm;
  }

  look(): void {
    const nowMs = this.#world.clock.monotonic();
    for (const machine of this.#world.machines) {
      const code = machine.state?.problem?.code;
      if (code === undefined || !this.#calm.isUndisturbed(machine) || this.#isTrue(machine, code)) {
        this.#told.delete(machine);
        continue;
      }
      const moment = `${this.#persons.doingsOf(machine)} ${machine.starts}`;
      const told = this.#told.get(machine);
      if (told?.code !== code || told.moment !== moment) this.#told.set(machine, { code, moment, seenMs: nowMs });
      else if (nowMs - told.seenMs >= OUTDATED_MS) throw new Violation('blamed', `${machine.name} waits for its person for ${(nowMs - told.seenMs) / 1000} s, who is in the middle of nothing: ${JSON.stringify(machine.state?.problem)}`);
    }
  }

  #isTrue(machine: SimulatedMachine, code: ProblemCode): boolean {
    const inProgress = (...names: readonly string[]): boolean => names.some((name) => existsSync(`${machine.gitDirectory}/${name}`));
    switch (code) {
      case 'changes-staged':
        return this.#persons.hasStaged(machine);
      case 'locked':
        // One at the hub may be another machine's.
        return inProgress('index.lock') ? this.#persons.hasLocked(machine) : existsSync(`${this.#world.hub}/refs/heads/main.lock`);
      case 'merge-in-progress':
        return inProgress('MERGE_HEAD');
      case 'rebase-in-progress':
        return inProgress('rebase-merge', 'rebase-apply');
      case 'detached-head':
        return !readFileSync(`${machine.gitDirectory}/HEAD`, 'latin1').startsWith('ref: ');
      default:
        return true;
    }
  }
}
