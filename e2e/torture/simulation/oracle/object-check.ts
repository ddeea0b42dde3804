import { readdirSync } from 'node:fs';
import type { World } from '../world.ts';
import { Violation } from '../violation.ts';
import type { Witness } from './witness.ts';

/** Every repository is whole: nothing that a ref reaches is missing, and no lock lies about when all is at rest. */
export class ObjectCheck implements Witness {
  readonly #world: Pick<World, 'machines' | 'hub'>;

  constructor(world: Pick<World, 'machines' | 'hub'>) {
    this.#world = world;
  }

  async atRest(): Promise<void> {
    const { machines, hub } = this.#world;
    const repositories = [...machines.map(({ gitDirectory }) => gitDirectory), hub];
    const locks = repositories.flatMap((repository) => locksIn(repository));
    if (locks.length > 0) throw new Violation('left', `locks that nobody holds: ${locks.join(', ')}`);
    for (const repository of repositories) {
      const checked = await machines[0]?.git(`--git-dir=${repository}`, 'fsck', '--connectivity-only', '--no-dangling', '--no-progress');
      if (checked?.code !== 0) throw new Violation('damaged', `${repository}: ${checked?.output ?? ''}`);
    }
  }
}

/** Beside HEAD and the index, and among the refs. */
function locksIn(gitDirectory: string): string[] {
  const beside = readdirSync(gitDirectory).filter((name) => name.endsWith('.lock'));
  const refs = readdirSync(`${gitDirectory}/refs`, { recursive: true, encoding: 'latin1' }).filter((name) => name.endsWith('.lock'));
  return [...beside, ...refs].map((name) => `${gitDirectory}/${name}`);
}
