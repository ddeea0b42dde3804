import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { historySchema } from '../simulation/operation-schema.ts';
import { historyByHand } from './by-hand.ts';
import { planted, sourceOf } from './planted-bug.ts';
import { PLANTED_BUGS } from './planted-bugs.ts';

const root = resolve(import.meta.dirname, '../../..');

describe('the planted bugs', () => {
  it('are at least fifteen, each with a name of its own', () => {
    expect(new Set(PLANTED_BUGS.map(({ name }) => name)).size).toBe(PLANTED_BUGS.length);
    expect(PLANTED_BUGS.length).toBeGreaterThanOrEqual(15);
  });

  it.each(PLANTED_BUGS.map((bug) => [bug.name, bug] as const))('%s still fits the program as it is', (_, bug) => {
    const source = sourceOf(bug, root);
    expect(planted(bug, source)).not.toBe(source);
  });

  it('may have a history by hand, which can be played', () => {
    const written = PLANTED_BUGS.flatMap(({ name }) => historyByHand(name) ?? []);
    expect(written.length).toBeGreaterThan(0);
    for (const history of written) expect(historySchema.parse(history)).toEqual(history);
  });

  it('can be planted by the torture only', () => {
    const builds = ['electron/vite.config.ts', 'electron/vitest.config.ts', ...readdirSync(join(root, 'scripts')).map((name) => `scripts/${name}`)].filter((file) => /\.(?:ts|mjs)$/.test(file));
    for (const file of builds) expect(readFileSync(join(root, file), 'utf8'), file).not.toContain('planted');
  });

  it('are refused where the words are not there, or more than once', () => {
    const bug = { name: 'x', about: '', file: 'x.ts', from: 'a', to: 'b' };
    expect(() => planted(bug, 'c')).toThrow(/0 times/);
    expect(() => planted(bug, 'a a')).toThrow(/2 times/);
  });
});
