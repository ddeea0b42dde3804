import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Problem } from '../../shared/problem.ts';
import { HomeHealth } from './home-health.ts';
import { nodeFiles } from './ports/node-files.ts';
import { FakeClock } from './testing/fake-clock.ts';
import { MemoryLog } from './testing/memory-log.ts';

let home: string;
let clock: FakeClock;
let fails: string | null;
let problems: (Problem | null)[];
let health: HomeHealth;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lockstep-home-'));
  clock = new FakeClock();
  problems = [];
  const refuse = (path: string) => Promise.reject(Object.assign(new Error('no'), { code: fails, path }));
  const files = { ...nodeFiles, writeAtomically: ((path, content, mode) => (fails ? refuse(String(path)) : nodeFiles.writeAtomically(path, content, mode))) satisfies typeof nodeFiles.writeAtomically };
  health = new HomeHealth({ clock, files, log: new MemoryLog() }, home, (_, now) => problems.push(now));
});
afterEach(() => {
  health.close();
  rmSync(home, { recursive: true });
});

/** Lets real files be read between the turns of the clock. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await clock.advance(1_000);
    await nodeFiles.stat(home);
  }
}

it.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EROFS', 'read-only'],
  ['EACCES', 'read-only'],
] as const)('tells %s of the home as %s once, with its place, until a file can be written again', async (system, code) => {
  fails = system;
  for (let twice = 0; twice < 2; twice += 1) health.met(Object.assign(new Error('no'), { code: system, path: join(home, 'settings.json') }));
  await until(() => problems.length > 0);
  expect(problems).toMatchObject([{ code, path: home, action: 'retry', params: { path: home } }]);
  await clock.advance(60_000);
  fails = null;
  await until(() => problems.length > 1);
  expect(problems[1]).toBeNull();
  expect(readdirSync(home)).toEqual([]);
  expect(clock.pending).toBe(0);
});

it('does not take another failure for one of the home', () => {
  health.met(new Error('something else'));
  expect(clock.pending).toBe(0);
});
