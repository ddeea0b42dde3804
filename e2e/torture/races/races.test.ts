import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Files, Ports } from '../../../electron/engine/ports.ts';
import { Editor } from '../../../electron/engine/testing/races/editor.ts';
import { RaceCourse } from '../../../electron/engine/testing/races/race.ts';
import { RaceRepository } from '../../../electron/engine/testing/races/race-repository.ts';
import { takeInByEngine } from '../../../electron/engine/testing/races/take-in.ts';
import { racesPart } from './races-part.ts';

const EDITOR = new URL('../../../electron/engine/testing/races/editor.mjs', import.meta.url);
const MOST_ROUNDS = 40;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lockstep-races-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

it('loses no save that races with a pull', { timeout: 120_000 }, async () => {
  const result = await racesPart(EDITOR).run({ seed: 1, scale: 0.03, directory, say: () => undefined });
  process.stdout.write(result.figures.map(({ name, value }) => `${name}: ${value}\n`).join(''));
  expect(result).toMatchObject({ lost: 0, failures: [] });
});

/** As `git` places a file: over whatever lies there. */
const replacing = (files: Files): Files => ({
  ...files,
  link: async (from, to) => {
    const beside = Buffer.concat([Buffer.from(to), Buffer.from('.new')]);
    await files.link(from, beside);
    await files.rename(beside, to);
  },
});

const FAULTS: readonly [string, (ports: Ports) => Ports][] = [
  ['places a file over what lies there', (ports) => ({ ...ports, files: replacing(ports.files) })],
  ['lets a file go that an editor still has open', (ports) => ({ ...ports, processes: { ...ports.processes, beingWritten: () => Promise.resolve(new Set()) } })],
];

describe('an applier that', () => {
  it.each(FAULTS)('%s is caught', { timeout: 120_000 }, async (_, change) => {
    const repository = new RaceRepository(directory, 40, MOST_ROUNDS + 1);
    const editor = new Editor(EDITOR, join(directory, 'signals'));
    const course = new RaceCourse(repository, await takeInByEngine(repository, directory, change), editor, 1);
    for (let round = 0; round < MOST_ROUNDS && course.races.lost.length === 0; round++) await course.run(round);
    await editor.close();
    expect(course.races.lost[0]).toMatch(/^seed 1, version \d+: dir\d/);
  });
});
