import type { SimulatedMachine } from '../machine.ts';
import { Violation } from '../violation.ts';
import type { World } from '../world.ts';
import type { Objects } from './objects.ts';
import { readRefs } from './read-refs.ts';
import type { Call, Hearing, Witness } from './witness.ts';

type Happened =
  | { readonly what: 'reached' }
  /** The hub's branch moved by a push. */
  | { readonly what: 'pushed'; readonly from: string | null; readonly to: string }
  /** The branch here moved; `remote`: what was known of the hub's then. */
  | { readonly what: 'moved'; readonly from: string; readonly to: string; readonly remote: string };

interface Known {
  /** The hub's tip that the machine took in or pushed last; null: it has agreed to any. */
  tip: string | null;
  /** One that it has just taken in: a program that dies now has not written it down. */
  newest: { readonly tip: string; readonly starts: number } | null;
}

/** A hub that no longer has what a machine knew of it is neither taken in nor filled again there, until a person says so. */
export class RewrittenHub implements Witness {
  readonly #world: Pick<World, 'hubTip'>;
  readonly #objects: Objects;
  readonly #known: ReadonlyMap<SimulatedMachine, Known>;
  readonly #happened: { readonly machine: SimulatedMachine; readonly starts: number; readonly event: Happened }[] = [];

  constructor(world: Pick<World, 'hubTip' | 'machines'>, objects: Objects) {
    this.#world = world;
    this.#objects = objects;
    this.#known = new Map(world.machines.map((machine) => [machine, { tip: world.hubTip(), newest: null }]));
  }

  /** The person on that machine lets through that the hub was rewritten. */
  async agree(machine: SimulatedMachine): Promise<void> {
    await this.look();
    Object.assign(this.#known.get(machine) ?? {}, { tip: null, newest: null });
  }

  call({ machine, verb, args }: Call): Hearing | void {
    const note = (event: Happened): void => void this.#happened.push({ machine, starts: machine.starts, event });
    if (NETWORK.has(verb)) note({ what: 'reached' });
    if (verb === 'push') {
      const from = this.#world.hubTip();
      return () => {
        const to = this.#world.hubTip();
        if (to !== null && to !== from) note({ what: 'pushed', from, to });
      };
    }
    const at = args.indexOf('refs/heads/main');
    const [to = '', from = ''] = args.slice(at + 1);
    if (verb === 'update-ref' && at > 0) note({ what: 'moved', from, to, remote: readRefs(machine.gitDirectory).get('refs/remotes/origin/main') ?? '' });
  }

  async look(): Promise<void> {
    for (const { machine, starts, event } of this.#happened.splice(0)) {
      const known = this.#known.get(machine);
      if (!known) continue;
      if (event.what === 'reached') reached(known, starts);
      else if (event.what === 'moved') await this.#moved(machine, starts, known, event);
      else {
        if (event.from === null && known.tip !== null) throw new Violation('unasked', `${machine.name} pushed ${event.to} to a hub that had lost its branch, and nobody agreed to it`);
        known.newest = { tip: event.to, starts };
      }
    }
  }

  async #moved(machine: SimulatedMachine, starts: number, known: Known, { from, to, remote }: Happened & { what: 'moved' }): Promise<void> {
    const holds = (tip: string, old: string): Promise<boolean> => this.#objects.isAncestor(old, tip);
    if (remote === '' || !(await holds(to, remote)) || (await holds(from, remote))) return;
    if (known.tip !== null && !(await holds(remote, known.tip))) throw new Violation('unasked', `${machine.name} took in ${remote} from a hub that no longer has ${known.tip}, and nobody agreed to it`);
    known.newest = { tip: remote, starts };
  }
}

/** By the same program: it has written down by now what it took in before. */
function reached(known: Known, starts: number): void {
  if (known.newest?.starts === starts) known.tip = known.newest.tip;
  known.newest = null;
}

const NETWORK = new Set(['fetch', 'push', 'ls-remote']);
