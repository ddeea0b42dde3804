import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from './world.ts';

/** Everything that git or the program keep beside the files of people. */
export const keptFiles = (world: World): string[] =>
  ['watched/.git', 'hub.git', 'home'].flatMap((folder) => (world.has(folder) ? readdirSync(world.path(folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)) : []));

/** Of git in the folder and the hub, and of the program in its home. */
export const locksIn = (world: World): string[] => keptFiles(world).filter((name) => name.endsWith('.lock'));
