import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Machines, type Machine } from '../testing/machines.ts';
import { TurnedClock } from '../testing/turned-clock.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
let machines: Machines;
let desk: Machine;
let clock: TurnedClock;
beforeEach(async () => {
  machines = new Machines();
  clock = new TurnedClock();
  desk = await machines.add('desk', {}, (ports) => ({ ...ports, clock }));
  const rescue = join(desk.folder, '.git/lockstep/rescue');
  mkdirSync(rescue, { recursive: true });
  for (const [name, days] of [['20260101T000000Z-1', 91], ['20260302T000000Z-1', 70]] as const) {
    writeFileSync(join(rescue, name), 'bytes');
    writeFileSync(join(rescue, `${name}.json`), JSON.stringify({ version: 1, at: new Date(clock.now() - days * DAY_MS).toISOString(), why: 'ignored-here', path: `${days}.env`, bytes: 5, mode: 0o644 }));
  }
  for (const ref of ['snap/20260101T000000.000Z', 'before/20260101T000000.000Z-abcdef0', 'kept/20260101T000000.000Z-abcdef0']) machines.git(desk.folder, 'update-ref', `refs/lockstep/${ref}`, 'HEAD');
});
afterEach(() => machines.close());

const limit = (): AbortSignal => AbortSignal.timeout(20_000);
const listed = async () => (await desk.engine.handlers.rescue({ id: desk.state.id }, limit())).map(({ path, why }) => `${path} ${why}`).sort();
const EVERYTHING = ['. mass-change', '. remote-history', '. snapshot', '70.env ignored-here', '91.env ignored-here'];

/** The hourly scan comes when the folder is looked at after this time. */
async function scanAfter(ms: number): Promise<void> {
  clock.skip(ms);
  await desk.sync();
}

it('what was set aside more than 90 days ago goes a day later, and a note says so; the younger stays', async () => {
  await scanAfter(2 * HOUR_MS);
  expect(await listed()).toEqual(EVERYTHING);
  await scanAfter(DAY_MS);
  expect(await listed()).toEqual(['. remote-history', '70.env ignored-here']);
  const note = desk.engine.store.get().recent.find(({ what }) => what === 'let-go');
  expect(note).toMatchObject({ why: 'rule', paths: ['91.env', 'mass-change-20260101T000000.000Z-abcdef0', 'snapshot-20260101T000000.000Z'], params: { days: 90 } });
});

it('a clock that is wrong for a while lets go of nothing', async () => {
  machines.git(desk.folder, 'update-ref', '-d', 'refs/lockstep/snap/20260101T000000.000Z');
  machines.git(desk.folder, 'update-ref', '-d', 'refs/lockstep/before/20260101T000000.000Z-abcdef0');
  for (const ahead of [365, 365]) {
    clock.turn(ahead * DAY_MS);
    await scanAfter(2 * HOUR_MS);
    clock.turn(-ahead * DAY_MS);
    await scanAfter(2 * HOUR_MS);
  }
  await scanAfter(DAY_MS);
  expect(await listed()).toEqual(['. remote-history', '70.env ignored-here']);
});
