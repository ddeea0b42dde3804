import { existsSync, readdirSync } from 'node:fs';
import type { SimulatedMachine } from '../machine.ts';
import { Violation } from '../violation.ts';
import type { Objects } from './objects.ts';
import type { Call, Hearing, Witness } from './witness.ts';

/** What one push of ours did to the hub's branch. */
export interface HubMove {
  readonly machine: SimulatedMachine;
  readonly from: string | null;
  readonly to: string;
}

interface Hub {
  readonly directory: string;
  /** Null: there is no such branch, or no hub. */
  readonly tip: () => string | null;
}

/** The hub's history only ever grows by our pushes, and only on the branch that is kept in step. */
export class HubHistory implements Witness {
  readonly #hub: Hub;
  readonly #objects: Objects;
  readonly #moves: HubMove[] = [];
  readonly #judge: (move: HubMove) => Promise<void>;

  /** `judge` is given each push of ours, afterwards. */
  constructor(hub: Hub, objects: Objects, judge: (move: HubMove) => Promise<void>) {
    this.#hub = hub;
    this.#objects = objects;
    this.#judge = judge;
  }

  call({ machine, verb, args }: Call): Hearing | void {
    if (verb !== 'push') return;
    const forcing = args.find((argument) => argument.startsWith('+') || FORCING.has(argument));
    if (forcing !== undefined) throw new Violation('rewound', `${machine.name} pushes with ${forcing}, over whatever is there`);
    const from = this.#hub.tip();
    return () => {
      const to = this.#hub.tip();
      if (to !== null && to !== from) this.#moves.push({ machine, from, to });
      if (to === null && from !== null) throw new Violation('rewound', `a push of ${machine.name} took the hub's branch away`);
    };
  }

  async look(): Promise<void> {
    for (const move of this.#moves.splice(0)) {
      const { machine, from, to } = move;
      if (from !== null && !(await this.#objects.isAncestor(from, to))) throw new Violation('rewound', `${machine.name} pushed ${to} over ${from}, which it does not hold`);
      await this.#judge(move);
    }
    const branches = `${this.#hub.directory}/refs/heads`;
    const other = existsSync(branches) && readdirSync(branches).find((name) => name !== 'main' && !name.endsWith('.lock'));
    if (other) throw new Violation('meddled', `a branch ${other} has come to be on the hub`);
  }
}

const FORCING = new Set(['--force', '-f', '--mirror', '--delete', '--prune', '--all']);
