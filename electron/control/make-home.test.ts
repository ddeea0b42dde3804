import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { resolveHome } from '../engine/home.ts';
import { nodeHost } from '../engine/ports/node-host.ts';
import { makeHome } from './run-engine.ts';

it('makes a home that others are making at the same moment', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'lockstep-home-'));
  try {
    for (let round = 0; round < 20; round += 1) {
      const home = resolveHome(nodeHost({}), join(directory, `${round}/a/b/c/home`));
      await Promise.all(Array.from({ length: 8 }, () => makeHome(home)));
      expect(statSync(home.directory).mode & 0o777).toBe(0o700);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
});
