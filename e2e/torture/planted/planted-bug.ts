import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** A bug that somebody could have written: a few words of one file of the program, and what they are made into. */
export interface PlantedBug {
  readonly name: string;
  /** What it does to people, in a few words of the page. */
  readonly about: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Plants a bug while a build reads the sources. The program itself knows of no switch: a bug exists only in what this
 * build makes, below `out/torture`. Throws when the words are not there exactly once.
 */
export function plant(bug: PlantedBug, root: string): Plugin {
  const target = join(root, bug.file);
  return {
    name: `planted-${bug.name}`,
    enforce: 'pre',
    transform: (code, id) => (id === target ? planted(bug, code) : null),
  };
}

/** The source with the bug in it. */
export function planted({ name, file, from, to }: PlantedBug, source: string): string {
  const found = source.split(from).length - 1;
  if (found !== 1) throw new Error(`${name}: “${from}” is ${found} times in ${file}; mend the table of planted bugs`);
  return source.replace(from, () => to);
}

export const sourceOf = ({ file }: PlantedBug, root: string): string => readFileSync(join(root, file), 'utf8');
