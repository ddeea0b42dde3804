import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodePoll } from './node-poll.ts';

const INTERVAL_MS = 20;

let directory: string;
let poll: ReturnType<typeof nodePoll>;
const open: { close(): void }[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lockstep-poll-'));
  poll = nodePoll();
});
afterEach(() => {
  for (const polled of open.splice(0)) polled.close();
  rmSync(directory, { recursive: true });
});

const file = (name: string): string => join(directory, name);

function start(path: string | Buffer, intervalMs = INTERVAL_MS): Told {
  const told = new Told();
  open.push((told.poll = poll(path, intervalMs, () => told.tell(), (error) => told.errors.push(error))));
  return told;
}

/** Polls, and waits until it knows every file's first state: that of a fence file written last, whose change it tells. */
async function begun(path = directory): Promise<Told> {
  const fence = join(path, 'fence');
  writeFileSync(fence, '');
  const told = start(path);
  await told.next();
  for (let known = false; !known; ) {
    const next = told.next().then(() => true);
    appendFileSync(fence, 'x');
    // What was appended before the first state was read is never told: the next one will be.
    known = await Promise.race([next, pause(INTERVAL_MS * 25, false)]);
  }
  return told;
}

class Told {
  readonly errors: unknown[] = [];
  poll: { close(): void } | null = null;
  times = 0;
  #waiting: (() => void)[] = [];

  tell(): void {
    this.times += 1;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

describe('the real poll', () => {
  it.each([
    ['a new file', () => writeFileSync(file('new'), '')],
    ['a new file with a name that editors give to copies', () => writeFileSync(file('old~'), '')],
    ['a new file with a name that is not UTF-8', () => writeFileSync(Buffer.from(`${directory}/caf\xe9`, 'latin1'), '')],
    ['a new directory', () => mkdirSync(file('sub'))],
    ['more content', () => appendFileSync(file('old'), 'more')],
    ['a changed mode', () => chmodSync(file('old'), 0o755)],
    ['content of the same size with an older time', () => {
      writeFileSync(file('old'), 'new');
      utimesSync(file('old'), 1, 1);
    }],
    ['a file moved over another', () => renameSync(file('other'), file('old'))],
    ['a removed file', () => unlinkSync(file('old'))],
  ])('tells %s', async (_, act) => {
    for (const name of ['old', 'other']) writeFileSync(file(name), 'old');
    const told = await begun();
    const next = told.next();
    act();
    await next;
    expect(told.errors).toEqual([]);
  });

  it('goes on for one listener when another closes, whatever their intervals', async () => {
    const told = await begun();
    const other = start(directory, INTERVAL_MS / 2);
    await other.next();
    other.poll?.close();
    const next = told.next();
    writeFileSync(file('new'), '');
    await next;
  });

  it('says nothing once closed', async () => {
    const [closed, told] = [await begun(), start(directory)];
    await told.next();
    closed.poll?.close();
    const { times } = closed;
    const next = told.next();
    writeFileSync(file('new'), '');
    await next;
    expect(closed.times).toBe(times);
  });

  it('takes no other directory for one whose name has a backslash', async () => {
    for (const name of ['a\\b', 'a', 'a/b']) mkdirSync(file(name));
    const backslash = start(file('a\\b'));
    await begun(file('a/b'));
    expect(backslash.times).toBe(0);
  });
});
