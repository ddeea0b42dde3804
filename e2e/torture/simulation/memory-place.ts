import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** A folder of our own that is gone afterwards. */
export interface MemoryPlace {
  readonly path: string;
  /** The same place by a name that an address of a remote may have: nothing below `/dev` is agreed to as one. */
  readonly name: string;
  remove(): void;
}

const IN_MEMORY = '/dev/shm';

/** In memory where the system has a file system there, otherwise below `directory`. */
export function memoryPlace(directory: string): MemoryPlace {
  const named = realpathSync(mkdtempSync(join(directory, 'lockstep-simulation-')));
  const path = existsSync(IN_MEMORY) ? mkdtempSync(join(IN_MEMORY, 'lockstep-simulation-')) : named;
  const name = join(named, 'place');
  symlinkSync(path, name);
  return {
    path,
    name,
    remove: () => {
      for (const each of [path, named]) rmSync(each, { recursive: true, force: true });
    },
  };
}
