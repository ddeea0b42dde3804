import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFiles } from '../ports/node-files.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { MemoryLog } from '../testing/memory-log.ts';
import type { Doorbell } from './doorbell.ts';
import { SignalLedger } from './ledger.ts';

const KEY = Buffer.from('0123456789abcdef');
let directory: string;
let clock: FakeClock;
let log: MemoryLog;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lockstep-ledger-'));
  clock = new FakeClock();
  log = new MemoryLog();
});
const opened: SignalLedger[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.flush()));
  await rm(directory, { recursive: true, force: true });
});

async function ledger(key = KEY): Promise<SignalLedger> {
  const one = await SignalLedger.open({ files: nodeFiles, file: join(directory, 'signals.json'), log, clock });
  opened.push(one);
  one.useMesh(key);
  return one;
}

const bell = (counter: number, repo = 'a', machine = 'desk'): Doorbell => ({ repo, tip: 'f'.repeat(40), machine: { id: machine, name: machine }, counter });

describe('the signal ledger', () => {
  it('accepts each counter once and never an older one, also after a restart', async () => {
    const before = await ledger();
    expect([5, 5, 4, 6].map((counter) => before.accept(bell(counter), 'xmpp'))).toEqual([true, false, false, true]);
    await before.flush();
    const after = await ledger();
    expect([6, 5, 7].map((counter) => after.accept(bell(counter), 'fanout'))).toEqual([false, false, true]);
    expect(after.machines()).toMatchObject([['desk', { name: 'desk', via: 'fanout' }]]);
  });

  it('counts for each machine and repository alone', async () => {
    const counting = await ledger();
    expect([bell(9), bell(3, 'b'), bell(3, 'a', 'laptop')].map((each) => counting.accept(each, 'xmpp'))).toEqual([true, true, true]);
  });

  it('never gives out a counter twice, though it was ended without a word', async () => {
    const first = await ledger();
    const given = Array.from({ length: 1500 }, () => first.nextCounter());
    await first.flush();
    const second = await ledger();
    expect(second.nextCounter()).toBeGreaterThan(Math.max(...given));
    expect(new Set(given).size).toBe(1500);
  });

  it('begins above what others remember when the file is lost, and above the file when the clock went back', async () => {
    const first = await ledger();
    const last = first.nextCounter();
    await first.flush();
    clock.setWallTime(0);
    const second = await ledger();
    expect(second.nextCounter()).toBeGreaterThan(last);
    await second.flush();
    await rm(join(directory, 'signals.json'));
    clock.setWallTime(Date.UTC(2026, 1, 1));
    expect((await ledger()).nextCounter()).toBeGreaterThan(last);
  });

  it('forgets the machines of another key', async () => {
    const before = await ledger();
    before.accept(bell(5), 'xmpp');
    before.useMesh(Buffer.alloc(16));
    expect(before.machines()).toEqual([]);
  });

  it('begins anew with a damaged file and says so', async () => {
    await writeFile(join(directory, 'signals.json'), '{"version":1');
    const anew = await ledger();
    await anew.flush();
    expect(anew.accept(bell(1), 'xmpp')).toBe(true);
    expect(log.lines).toMatchObject([{ level: 'warn', message: 'signal ledger damaged, begun anew' }]);
  });

  it('remembers who offered SCRAM', async () => {
    const before = await ledger();
    before.noteScram('alice@localhost');
    await before.flush();
    expect((await ledger()).sawScram('alice@localhost')).toBe(true);
    expect(await readFile(join(directory, 'signals.json'), 'utf8')).not.toContain(KEY.toString());
  });
});
