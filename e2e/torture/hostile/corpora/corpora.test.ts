import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../part.ts';
import { addressesTrial } from './addresses-trial.ts';

let run: Run;
beforeEach(() => {
  run = { seed: 1, scale: 0.05, directory: mkdtempSync(join(tmpdir(), 'lockstep-corpora-')), say: () => undefined };
});
afterEach(() => rmSync(run.directory, { recursive: true, force: true }));

describe('what comes in from outside', () => {
  it('by an address runs nothing, and what is no address is given to no program', async () => {
    expect((await addressesTrial(run)).failures).toEqual([]);
  });
});
