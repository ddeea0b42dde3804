import { createHash } from 'node:crypto';

const digest = (seed: number, name: string): string => createHash('sha256').update(`${seed} ${name}`).digest('hex');

/** A text that is nowhere else; the same for the same seed and name. */
export const token = (seed: number, name: string): string => `${name} ${digest(seed, name)}\n`;

/** In an order that follows from the seed and each one's name alone, so that a part of them is the same part again. */
export const shuffled = <T>(seed: number, all: readonly T[], nameOf: (each: T) => string): T[] =>
  all.map((each) => ({ each, key: digest(seed, nameOf(each)) })).sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ each }) => each);
