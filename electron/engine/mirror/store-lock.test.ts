import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MirrorPair } from '../testing/mirror-pair.ts';
import { TempRepos } from '../testing/temp-repos.ts';
import { lockStore } from './store-lock.ts';

const signal = new AbortController().signal;

describe('the lock of a store', () => {
  let repos: TempRepos;
  let directory: string;
  beforeEach(() => {
    repos = new TempRepos();
    directory = repos.path('own');
    mkdirSync(directory);
  });
  afterEach(() => repos.dispose());
  const lock = (waitMs = 0) => lockStore(repos.machine('ada').ports, directory, waitMs, signal);
  const held = (pid: number, startTime: string | null, host = repos.machine('ada').ports.host.hostName): void => writeFileSync(`${directory}/lock`, JSON.stringify({ pid, startTime, host, token: 'x' }));

  it('has one holder, and leaves nothing behind', async () => {
    const [first, second] = [await lock(), await lock()];
    expect([first.held, second.held]).toEqual([true, false]);
    const third = lock(60_000);
    if (first.held) await first.release();
    const taken = await third;
    expect(taken).toMatchObject({ held: true, tookOver: false });
    if (taken.held) await taken.release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('has one holder among many that come at once, over the lock of one that died', async () => {
    held(4_194_305, 'long ago');
    const all = await Promise.all(Array.from({ length: 20 }, () => lock()));
    expect(all.filter((one) => one.held)).toHaveLength(1);
    expect(all.find((one) => one.held)).toMatchObject({ tookOver: true });
    expect(readdirSync(directory)).toEqual(['lock']);
  });

  it('is not taken from one that lives, here or on another machine', async () => {
    held(process.pid, await repos.machine('ada').ports.processes.startTime(process.pid));
    expect(await lock()).toEqual({ held: false });
    held(1, 'then', 'another-machine');
    expect(await lock()).toEqual({ held: false });
  });

  it.each(['', '{"pid":', '[]'])('is nobody’s when it says %o', async (content) => {
    writeFileSync(`${directory}/lock`, content);
    expect(await lock()).toMatchObject({ held: true, tookOver: true });
  });
});

it('two runs of one store take turns', async () => {
  const pair = await MirrorPair.open();
  try {
    await Promise.all([pair.run(), pair.run(), pair.run()]).then((all) => {
      // Of three that make it at once one is first; the others may find that out only at the end.
      expect(all.some(({ state }) => state === 'in-sync')).toBe(true);
      for (const { state, problem } of all) expect(state === 'in-sync' || problem?.code === 'locked').toBe(true);
    });
    await pair.push('HEAD:refs/heads/a', 'HEAD:refs/heads/b', ':refs/tags/v1');
    const all = await Promise.all([pair.run(), pair.run(), pair.run(), pair.run()]);
    expect(all.map(({ state }) => state)).toEqual(['in-sync', 'in-sync', 'in-sync', 'in-sync']);
    expect(all.flatMap(({ moved }) => moved)).toHaveLength(3);
    expect(readdirSync(pair.repos.path('mirrors'))).toEqual(['source.git']);
    expect(existsSync(`${pair.store}/lockstep/lock`)).toBe(false);
  } finally {
    await pair.dispose();
  }
});
