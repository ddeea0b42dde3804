import * as fs from 'node:fs';
import type { Hand } from '../hand.ts';

/** What a person's program does to a file at the very moment at which ours changes it. */
type RaceDoing = (hand: Hand, path: Buffer) => void;

const beside = (path: Buffer): Buffer => Buffer.concat([path.subarray(0, path.lastIndexOf('/') + 1), Buffer.from('.saving.tmp')]);

export const raceDoings = {
  /** Over what is there, or anew. */
  save: (hand, path) => fs.writeFileSync(path, hand.world.token()),
  append: (hand, path) => fs.appendFileSync(path, hand.world.token()),
  replace: (hand, path) => {
    fs.writeFileSync(beside(path), hand.world.token());
    fs.renameSync(beside(path), path);
  },
  delete: (_hand, path) => fs.rmSync(path, { force: true }),
} satisfies Record<string, RaceDoing>;
