import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFiles } from '../ports/node-files.ts';
import type { Files } from '../ports.ts';
import { displayPath, repoPathFromText } from '../repo-path.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { MemoryLog } from '../testing/memory-log.ts';
import { ScriptedWatch } from '../testing/scripted-watch.ts';
import { PolledDirectories } from './polled-directories.ts';

let root: string;
let clock: FakeClock;
let watch: ScriptedWatch;
let log: MemoryLog;
let changes: string[];
let checks: number;
let polled: PolledDirectories;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lockstep-polled-'));
  [clock, watch, log, changes, checks] = [new FakeClock(), new ScriptedWatch(), new MemoryLog(), [], 0];
  polled = polling();
});
afterEach(() => {
  polled.close();
  rmSync(root, { recursive: true });
});

const path = (name: string): string => join(root, name);

function polling(files: Files = nodeFiles): PolledDirectories {
  return new PolledDirectories({
    ...{ clock, watch, log, files },
    absolute: (directory) => Buffer.from(path(directory)),
    changed: (directory) => changes.push(displayPath(directory)),
    beforeCheck: () => (checks += 1),
  });
}

async function add(name: string, files = 1, reason: 'limit' | 'unreadable' = 'limit') {
  mkdirSync(path(name));
  for (let index = 0; index < files; index += 1) writeFileSync(path(`${name}/f${index}`), '');
  return polled.add(repoPathFromText(name), reason);
}

/** Lets time pass until this holds; real files are read meanwhile. */
async function until(holds: () => boolean, stepMs = 1_000): Promise<void> {
  while (!holds()) {
    await clock.advance(stepMs);
    await nodeFiles.stat(root);
  }
}

describe('a polled directory', () => {
  it('is looked at soon after its poll told, once for a burst, long before the next check', async () => {
    await add('a');
    await add('b');
    for (const name of ['a', 'b']) appendFileSync(path(`${name}/f0`), 'more');
    for (let time = 0; time < 100; time += 1) watch.tell(path('a'));
    await until(() => changes.length > 0, 100);
    expect(changes).toEqual(['a']);
    expect(checks).toBe(0);
  });

  it('is not reported when the look finds it as it was', async () => {
    await add('a');
    await add('b');
    watch.tell(path('a'));
    appendFileSync(path('b/f0'), 'more');
    watch.tell(path('b'));
    await until(() => changes.length > 0, 100);
    expect(changes).toEqual(['b']);
    expect(checks).toBe(0);
  });

  it('is reported by a check when its poll is deaf, and polled anew', async () => {
    await add('a');
    appendFileSync(path('a/f0'), 'more');
    await until(() => changes.length > 0);
    expect(changes).toEqual(['a']);
    expect(watch.pollsBegun).toBe(2);
    expect(watch.openPolls).toBe(1);
  });

  it('is no more polled once its cover is closed; a former cover closes nothing', async () => {
    const former = await add('a');
    const cover = await polled.add(repoPathFromText('a'), 'limit');
    former.close();
    expect(watch.openPolls).toBe(1);
    cover.close();
    expect(watch.openPolls).toBe(0);
    expect(watch.pollsBegun).toBe(1);
  });

  it('is only checked when it cannot be read', async () => {
    await add('a', 1, 'unreadable');
    expect(watch.openPolls).toBe(0);
    appendFileSync(path('a/f0'), 'more');
    await until(() => changes.length > 0);
  });

  it('is only checked, and that is logged, when its poll fails', async () => {
    await add('a');
    watch.failPoll(path('a'), new Error('EIO'));
    expect(log.lines).toEqual([expect.objectContaining({ level: 'warn', message: 'watch: cannot poll' })]);
    appendFileSync(path('a/f0'), 'more');
    await until(() => changes.length > 0);
  });
});

describe('polls', () => {
  it('are begun for no more names than their memory allows, and where room was made', async () => {
    const large = await add('large', 4_000);
    await add('small', 1_000);
    expect(watch.pollIntervalMs(path('large'))).not.toBeNull();
    expect(watch.pollIntervalMs(path('small'))).toBeNull();
    appendFileSync(path('small/f0'), 'more');
    await until(() => changes.includes('small'));
    large.close();
    await until(() => watch.pollIntervalMs(path('small')) !== null);
  });

  it('are slower where looking takes long', async () => {
    polled.close();
    const list: Files['list'] = async (directory) => {
      await clock.advance(1_000);
      return nodeFiles.list(directory);
    };
    polled = polling({ ...nodeFiles, list });
    await add('a');
    expect(watch.pollIntervalMs(path('a'))).toBe(5_000);
    // The check that measures it keeps them at the old pace; the next one does not.
    await until(() => checks >= 2 && watch.pollIntervalMs(path('a')) === 20_000);
  });
});
