import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Machines } from '../testing/machines.ts';

const DAY_MS = 86_400_000;
const signal = new AbortController().signal;
let machines: Machines;
beforeEach(() => {
  machines = new Machines();
});
afterEach(() => machines.close());

it('what was set aside more than 90 days ago goes, and a note says so; the younger stays', async () => {
  let passedMs = 0;
  const desk = await machines.add('desk', {}, (ports) => ({ ...ports, clock: { ...ports.clock, monotonic: () => ports.clock.monotonic() + passedMs } }));
  const rescue = join(desk.folder, '.git/lockstep/rescue');
  mkdirSync(rescue, { recursive: true });
  for (const [name, days] of [['20260101T000000Z-1', 91], ['20260302T000000Z-1', 89]] as const) {
    writeFileSync(join(rescue, name), 'bytes');
    writeFileSync(join(rescue, `${name}.json`), JSON.stringify({ version: 1, at: new Date(Date.now() - days * DAY_MS).toISOString(), why: 'ignored-here', path: `${days}.env`, bytes: 5, mode: 0o644 }));
  }
  machines.git(desk.folder, 'update-ref', 'refs/lockstep/snap/20260101T000000.000Z', 'HEAD');
  machines.git(desk.folder, 'update-ref', 'refs/lockstep/kept/20260101T000000.000Z-abcdef0', 'HEAD');
  const { 'activity.follow': follow, rescue: list } = desk.engine.handlers;
  const note = (async () => {
    for await (const entry of follow({}, AbortSignal.timeout(20_000))) if (entry.what === 'let-go') return entry;
    return null;
  })();
  // The hourly scan is due by then; a sync makes the folder look at the clock.
  passedMs = 2 * 3_600_000;
  await desk.sync();
  expect(await note).toMatchObject({ why: 'rule', paths: ['91.env', 'snapshot-20260101T000000.000Z'], params: { days: 90 } });
  expect(existsSync(join(rescue, '20260101T000000Z-1'))).toBe(false);
  expect((await list({ id: desk.state.id }, signal)).map(({ path, why }) => [path, why])).toEqual([
    ['89.env', 'ignored-here'],
    ['.', 'remote-history'],
  ]);
});
