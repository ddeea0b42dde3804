import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Machines, type Machine } from '../testing/machines.ts';

let machines: Machines;
let desk: Machine;
beforeAll(async () => {
  machines = new Machines();
  desk = await machines.add('desk');
});
afterAll(() => machines.close());

const never = new AbortController().signal;

/** A file that the person names, to be read or written: what it is meant from, where it is not absolute, the program cannot know. */
const NAMING: readonly (readonly [command: string, ask: (file: string) => Promise<unknown>])[] = [
  ['doctor', (bundle) => desk.engine.handlers.doctor({ bundle }, never)],
  ['import', (file) => desk.engine.handlers.import({ file }, never)],
  ['rescue.restore', (to) => desk.engine.handlers['rescue.restore']({ id: 'desk', name: '20260101T000000Z-1', to }, never)],
  ['signal.xmpp', (ca) => desk.engine.handlers['signal.xmpp']({ jid: 'me@host.invalid', password: 'secret', ca }, never)],
  ['folder.add', (path) => desk.engine.handlers['folder.add']({ path, paused: false, options: {} }, never)],
];

describe.each(NAMING)('%s', (_command, ask) => {
  it.each([
    ['relative.json', 'path-not-absolute'],
    ['../up', 'path-not-absolute'],
    ['/a\0b', 'path-with-zero'],
    [`/${'x'.repeat(256)}`, 'path-too-long'],
    [`/${'x/'.repeat(3000)}`, 'path-too-long'],
  ])('refuses %.20j', async (file, reason) => {
    await expect(ask(file)).rejects.toMatchObject({ code: 'path-refused', params: { reason } });
  });
});

it('a huge file is not read to find out that it is no configuration', async () => {
  const file = join(machines.directory, 'huge');
  writeFileSync(file, '');
  truncateSync(file, 1_500_000_000);
  const before = process.memoryUsage().rss;
  await expect(desk.engine.handlers.import({ file }, never)).rejects.toMatchObject({ code: 'bad-file' });
  expect(process.memoryUsage().rss - before).toBeLessThan(500_000_000);
});
