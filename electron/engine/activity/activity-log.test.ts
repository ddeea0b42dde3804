import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Activity } from '../../../shared/activity.ts';
import { nodeFiles } from '../ports/node-files.ts';
import { ActivityLog } from './activity-log.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lockstep-activity-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const open = async () => {
  const log = new ActivityLog(nodeFiles, join(directory, 'activity.ndjson'), () => undefined);
  await log.open();
  return log;
};
const entry = (folder: string, second: number): Activity => ({ at: new Date(second * 1000).toISOString(), folder, what: 'committed', why: 'quiet', params: {}, paths: [] });

it('gives the newest first, of one folder or all, also after a restart', async () => {
  const log = await open();
  for (let second = 0; second < 5; second += 1) log.record(entry(second % 2 ? 'odd' : 'even', second));
  expect((await log.read(10, 'odd')).map(({ at }) => at)).toEqual([entry('odd', 3).at, entry('odd', 1).at]);
  const again = await open();
  expect(again.recent).toHaveLength(5);
  expect(again.recent[0]).toEqual(entry('even', 4));
});

it('passes over a line that a crash cut short', async () => {
  const log = await open();
  log.record(entry('a', 1));
  await log.close();
  appendFileSync(join(directory, 'activity.ndjson'), '{"at":"2026-');
  expect(await (await open()).read(10, null)).toEqual([entry('a', 1)]);
});

it('is empty where no file is in its place, and keeps nobody from starting', async () => {
  mkdirSync(join(directory, 'activity.ndjson'));
  expect(await (await open()).read(10, null)).toEqual([]);
});

it('tells followers at once', async () => {
  const log = await open();
  const seen: Activity[] = [];
  const end = log.follow((told) => seen.push(told));
  log.record(entry('a', 1));
  end();
  log.record(entry('a', 2));
  expect(seen).toEqual([entry('a', 1)]);
});
