import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildProgram } from '../../kills/build-program.ts';
import type { Run } from '../../part.ts';
import { fuzzTrial } from './fuzz-trial.ts';

let run: Run;
beforeEach(() => {
  run = { seed: 1, scale: 0.02, directory: mkdtempSync(join(tmpdir(), 'lockstep-fuzz-')), say: () => undefined };
});
afterEach(() => rmSync(run.directory, { recursive: true, force: true }));

describe('messages that nobody honest sends', () => {
  it('are answered, and nothing comes of them', async () => {
    expect((await fuzzTrial(run, await buildProgram(join(run.directory, 'program')))).failures).toEqual([]);
  });

  it('are not answered as they should be when names are looked up as they come, and that is seen', async () => {
    const spoils = [{ file: 'electron/control/dispatch.ts', replace: 'Object.hasOwn(ENGINE_COMMANDS, command)', by: '(command in ENGINE_COMMANDS)' }];
    const { failures } = await fuzzTrial({ ...run, scale: 0.002 }, await buildProgram(join(run.directory, 'program'), spoils));
    expect(failures).toContainEqual(expect.stringContaining('Cannot read properties of undefined'));
  });
});
