import type { SimulatedMachine } from '../machine.ts';
import { Violation } from '../violation.ts';
import type { World } from '../world.ts';
import { isIgnored } from './in-scope.ts';
import type { Witness } from './witness.ts';

/** Where the person saves what looks like a key. */
const SECRET = /^secret-\d\.env$/;

/**
 * What is ignored stays as it is, where it is, and what is a secret stays on its machine, until a person says otherwise:
 * takes ignored files in by force, changes what is ignored, commits or lets through a secret.
 */
export class PrivateContents implements Witness {
  readonly #world: Pick<World, 'machines' | 'hubPlace'>;
  readonly #ignoring: string | undefined;
  /** By machine and path: ignored files as the person left them. */
  readonly #left = new Map<SimulatedMachine, ReadonlyMap<string, string>>();
  readonly #private = new Set<string>();
  #isAgreed = false;

  constructor(world: Pick<World, 'machines' | 'hubPlace'>) {
    this.#world = world;
    this.#ignoring = world.machines[0]?.contents.workTree().get('.gitignore')?.id;
  }

  /** From now on the person's own doing may have let things out. */
  agree(): void {
    this.#isAgreed = true;
  }

  handComes(machine: SimulatedMachine): void {
    this.#compare(machine);
  }

  handGoes(machine: SimulatedMachine): void {
    if (this.#isOff()) return;
    const tree = machine.contents.workTree();
    this.#left.set(machine, new Map([...tree].filter(([path]) => isIgnored(path)).map(([path, { id }]) => [path, id])));
    for (const [path, { id }] of tree) if (isIgnored(path) || SECRET.test(path)) this.#private.add(id);
    // The same bytes under another name are not what was meant to stay.
    for (const [path, { id }] of tree) if (!isIgnored(path) && !SECRET.test(path)) this.#private.delete(id);
  }

  async look(): Promise<void> {
    for (const machine of this.#world.machines) this.#compare(machine);
    if (this.#isOff() || this.#private.size === 0 || !this.#world.hubPlace.isThere()) return;
    const [leaked] = await this.#world.hubPlace.objects.held([...this.#private]);
    if (leaked !== undefined) throw new Violation('leaked', `${leaked} is on the hub, and was to stay on its machine`);
  }

  #compare(machine: SimulatedMachine): void {
    const left = this.#left.get(machine);
    if (this.#isOff() || !left) return;
    const tree = machine.contents.workTree();
    for (const [path, id] of left) if (tree.get(path)?.id !== id && !isSetAside(machine, path, id)) throw new Violation('ignored', `${path} on ${machine.name} was left alone by the person, and is another or gone`);
  }

  #isOff(): boolean {
    this.#isAgreed ||= this.#world.machines.some(({ contents }) => contents.workTree().get('.gitignore')?.id !== this.#ignoring);
    return this.#isAgreed;
  }
}

/** What came from elsewhere may need the very place: then what is ignored is found in the rescue. */
function isSetAside({ contents }: SimulatedMachine, path: string, id: string): boolean {
  const tree = contents.workTree();
  const places = path.split('/').map((_, depth, parts) => parts.slice(0, depth + 1).join('/'));
  return contents.kept().has(id) && places.some((place) => tree.has(place));
}
