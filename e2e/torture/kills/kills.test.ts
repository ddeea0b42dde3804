import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildProgram } from './build-program.ts';
import { whyNotTraced } from './can-trace.ts';
import { resultOf } from './kills-part.ts';
import { parseCall } from './mutating-calls.ts';
import { nameOf, type Point } from './point.ts';
import type { Product } from './product.ts';
import { GIT_SCENES, PROGRAM_SCENES } from './scenes.ts';
import { sweep } from './sweep.ts';

const SEED = 5;
const LANES = 2;
const LIMIT_MS = 300_000;
const reason = whyNotTraced();

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lockstep-kills-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const named = (names: readonly string[]) => ({
  gitScenes: GIT_SCENES.filter(({ name }) => names.includes(`git ${name}`)),
  programScenes: PROGRAM_SCENES.filter(({ name }) => names.includes(`program ${name}`)),
});

const kill = (product: Product, limitMs: number, scenes: readonly string[], choose: (points: readonly Point[]) => readonly Point[]) =>
  sweep({ product, seed: SEED, limitMs, directory, lanes: LANES, ...named(scenes), choose, say: () => undefined });

const NO_PLAIN = { points: 1, locked: 0, blocked: 0 };

describe.skipIf(reason !== null)(`killed${reason === null ? '' : ` (not tried, strace cannot look on here: ${reason})`}`, () => {
  it('at some of the points, it goes on by itself, and leaves no lock', async () => {
    const swept = await kill(await buildProgram(join(directory, 'program')), 60_000, ['git save', 'program merge'], (points) => points.slice(0, 14));
    expect(resultOf(swept, NO_PLAIN, SEED)).toMatchObject({ lost: 0, failures: [] });
    expect(swept.outcomes).toHaveLength(14);
    expect(swept.found).toBeGreaterThan(300);
  }, LIMIT_MS);

  it('with a journal that is never looked at again, it leaves locks, and that is reported', async () => {
    const product = await buildProgram(join(directory, 'program'), [{ file: 'electron/engine/vcs/git/git.ts', replace: 'journal.recover()', by: 'Promise.resolve([])' }]);
    const swept = await kill(product, 5_000, ['git save'], (points) => points.filter((point) => nameOf(point) === 'save/update-ref.1/rename.1/program-dies'));
    expect(swept.outcomes.flatMap(({ locks }) => locks)).toContain('watched/.git/refs/heads/main.lock');
    expect(resultOf(swept, NO_PLAIN, SEED).failures).toEqual([expect.stringMatching(/refs\/heads\/main\.lock is left(.|\n)*again: LOCKSTEP_KILLS='save\/update-ref\.1\/rename\.1\/program-dies' npm run torture -- kills --seed 5/)]);
  }, LIMIT_MS);
});

describe('a line of strace', () => {
  const parse = (line: string) => parseCall(line, '/w');

  it.each([
    ['rename("/w/a/.git/index.lock", "/w/a/.git/index") = 0', true],
    ['12 link(".git/objects/78/tmp_obj_OpSaU2", ".git/objects/78/981922613b2afb6025042ff6bd878ac1994e85") = 0', true],
    ['12 write(5</w/home/settings.json.0a1b2c3d4e5f.tmp>, ""..., 17) = 17', true],
    ['12 write(5</w/home/settings.json.0a1b2c3d4e5f.tmp>, ""..., 17) = ?', true],
    ['12 mkdir("/w/home", 0700) = -1 EEXIST (File exists)', false],
    ['12 write(5<anon_inode:[eventfd]>, ""..., 8) = 8', false],
    ['12 write(1<pipe:[3318528]>, ""..., 8) = 8', false],
    ['12 unlink("/elsewhere/w/x") = 0', false],
  ])('%s counts: %s', (line, counts) => {
    expect(parse(line)?.counts).toBe(counts);
  });

  it('is no call when it tells of a signal', () => {
    expect(parse('12 --- SIGCHLD {si_signo=SIGCHLD} ---')).toBeNull();
  });

  it('says nothing that is different in the next run', () => {
    expect(parse('write(5</w/home/settings.json.0a1b2c3d4e5f.tmp>, ""..., 17) = 17')?.label).toBe('write home/settings.json.*.tmp');
    expect(parse('link("objects/ab/tmp_obj_OpSaU2", "objects/ab/981922613b2afb6025042ff6bd878ac1994e85") = 0')?.label).toBe('link objects/??/tmp_obj-* -> objects/??/*');
  });
});
