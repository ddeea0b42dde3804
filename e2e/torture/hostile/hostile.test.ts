import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXECUTING_KEYS } from '../../../electron/engine/testing/hostile/executing-keys.ts';
import { HOSTILE_TREES } from '../../../electron/engine/testing/hostile/tree-corpus.ts';
import type { Run } from '../part.ts';
import { keysTrial } from './keys.ts';
import { Outside } from './outside.ts';
import { PlainGit } from './plain-git.ts';
import { treesTrial } from './trees.ts';

let run: Run;
beforeEach(() => {
  run = { seed: 1, scale: 0.01, directory: mkdtempSync(join(tmpdir(), 'lockstep-hostile-')), say: () => undefined };
});
afterEach(() => rmSync(run.directory, { recursive: true, force: true }));

describe('executing configuration', () => {
  it('runs nothing in the whole engine, until it is trusted', { timeout: 60_000 }, async () => {
    expect((await keysTrial(run, { places: ['included from the work tree'], oneByOne: false, control: false })).failures).toEqual([]);
  });

  it('is alive: plain git runs it', async () => {
    const plain = await PlainGit.prepare(join(run.directory, 'plain'));
    for (const name of ['core.fsmonitor', 'filter.clean', 'merge.driver', 'remote.uploadpack']) {
      const key = EXECUTING_KEYS.find((each) => each.name === name);
      expect(key && (await plain.fires(key)), name).toBe(true);
    }
  });
});

describe('what a peer pushes', () => {
  const SHORT = ['file below ".git"', 'parent directory', 'a link and a folder of one name', 'a link where a folder was', 'a folder where a link was', 'called "$(touch x)"'];

  it('is written nowhere but in the folder', { timeout: 60_000 }, async () => {
    expect((await treesTrial(run, HOSTILE_TREES.filter(({ name }) => SHORT.includes(name)))).failures).toEqual([]);
  });

  it('would be seen if it were written elsewhere', () => {
    const outside = new Outside([run.directory]);
    rmSync(run.directory, { recursive: true });
    expect(outside.changed()).toEqual([run.directory]);
  });
});
