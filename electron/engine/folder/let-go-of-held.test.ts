import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Machines, type Machine } from '../testing/machines.ts';
import { TurnedClock } from '../testing/turned-clock.ts';

let machines: Machines;
let desk: Machine;
beforeEach(async () => {
  machines = new Machines();
  desk = await machines.add('desk', { poll: 600, commitDelay: 0.5, maxFileSize: 1_000 }, (ports) => ({ ...ports, clock: new TurnedClock(8) }));
});
afterEach(() => machines.close());

/** Everything that can be held back, in one directory: too large, no file, a repository of its own. */
async function heldInDrafts(): Promise<void> {
  mkdirSync(desk.path('drafts/tool'), { recursive: true });
  writeFileSync(desk.path('drafts/big.bin'), 'x'.repeat(1_500));
  execFileSync('mkfifo', [desk.path('drafts/pipe')]);
  machines.git(desk.path('drafts/tool'), 'init', '-q');
  await desk.until(({ held }) => held.length === 3);
  // Nothing is left to be looked at that would come upon it by chance.
  await desk.sync();
}

const ignoreHere = (...ignore: string[]) => desk.engine.handlers['folder.set']({ id: 'desk', options: { ignore } }, AbortSignal.timeout(5_000));

/** What a person does, and what is held back afterwards. */
const DEEDS: readonly (readonly [what: string, deed: () => unknown, left: readonly string[]])[] = [
  ['are deleted', () => (['big.bin', 'pipe', 'tool'].forEach((name) => rmSync(desk.path(`drafts/${name}`), { recursive: true }))), []],
  ['go with their directory', () => rmSync(desk.path('drafts'), { recursive: true }), []],
  ['are moved out of the folder', () => renameSync(desk.path('drafts'), join(machines.directory, 'drafts')), []],
  ['are moved inside of it', () => renameSync(desk.path('drafts'), desk.path('other')), ['other/big.bin', 'other/pipe', 'other/tool']],
  ['are ignored here', () => ignoreHere('/drafts/'), []],
  ['are ignored here one by one', () => ignoreHere('/drafts/big.bin', '/drafts/pipe'), ['drafts/tool']],
  ['are ignored by everybody', () => writeFileSync(desk.path('.gitignore'), 'drafts/\n'), []],
  ['are ignored by the clone', () => appendFileSync(desk.path('.git/info/exclude'), 'big.bin\npipe\ntool/\n'), []],
];

describe('what is held back leaves the list when', () => {
  it.each(DEEDS)('they %s', async (_what, deed, left) => {
    await heldInDrafts();
    await deed();
    await desk.until(({ held, dirty, ahead }) => held.map(({ path }) => path).sort().join() === left.join() && !dirty && ahead === 0);
    expect((await desk.sync()).held.map(({ path }) => path).sort()).toEqual(left);
  });

  it('they went while the program did not run', async () => {
    await heldInDrafts();
    await desk.stop();
    rmSync(desk.path('drafts'), { recursive: true });
    await desk.start();
    expect((await desk.sync()).held).toEqual([]);
  });
});
