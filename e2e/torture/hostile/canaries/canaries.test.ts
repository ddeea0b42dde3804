import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildProgram, type Spoil } from '../../kills/build-program.ts';
import { whyNotTraced } from '../../kills/can-trace.ts';
import type { Product } from '../../kills/product.ts';
import type { Run } from '../../part.ts';
import { canariesTrial } from './canaries-trial.ts';
import { LIFE } from './life.ts';

const reason = whyNotTraced();

let run: Run;
beforeEach(() => {
  run = { seed: 1, scale: 0.01, directory: mkdtempSync(join(tmpdir(), 'lockstep-canaries-')), say: () => undefined };
});
afterEach(() => rmSync(run.directory, { recursive: true, force: true }));

describe.skipIf(reason !== null)(`secrets${reason === null ? '' : ` (not tried, strace cannot look on here: ${reason})`}`, () => {
  const program = (spoils: readonly Spoil[] = []): Promise<Product> => buildProgram(join(run.directory, 'program'), spoils);
  const scenes = (...names: readonly string[]) => LIFE.filter(({ name }) => names.includes(name));

  it('are nowhere but where they are meant to be', async () => {
    const most = scenes('addresses that are taken', 'addresses that are not', 'signals', 'a report for somebody who helps');
    expect(most).toHaveLength(4);
    expect((await canariesTrial(run, await program(), most)).failures).toEqual([]);
  });

  it('are found where something gives them away', async () => {
    const spoils = [
      { file: 'electron/engine/vcs/git/git-credentials.ts', replace: 'const url = withoutSecret(address);', by: 'const url = address;' },
      { file: 'electron/engine/log/redact.ts', replace: 'let clean = text;', by: 'return text; let clean = text;' },
    ];
    const { failures } = await canariesTrial(run, await program(spoils), scenes('addresses that are taken'));
    const given = ['password in an address to clone from', 'password in an address that was there', 'token in the place of a name'].flatMap((secret) => [`${secret} in arguments`, `${secret} in log`]);
    expect(failures).toEqual(expect.arrayContaining(given.map((beginning) => expect.stringContaining(beginning) as unknown)));
  });
});
