import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveHome, type Home } from '../engine/home.ts';
import { nodeFiles } from '../engine/ports/node-files.ts';
import { nodeHost } from '../engine/ports/node-host.ts';
import { nodeProcesses } from '../engine/ports/node-processes.ts';
import { nodeRandom } from '../engine/ports/node-random.ts';
import { homeHolder, lockHome } from './home-lock.ts';

const ports = { files: nodeFiles, processes: nodeProcesses, random: nodeRandom, host: nodeHost(process.env) };
let home: Home;
let other: ChildProcess | undefined;

beforeEach(async () => {
  home = resolveHome(ports.host, await mkdtemp(join(tmpdir(), 'lockstep-lock-')));
});
afterEach(async () => {
  other?.kill('SIGKILL');
  other = undefined;
  await rm(home.directory, { recursive: true });
});

/** Another living process, and how the lock names it. */
async function sleeper(): Promise<{ pid: number; startTime: string }> {
  other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await new Promise((resolve) => other?.once('spawn', resolve));
  const pid = other.pid ?? 0;
  return { pid, startTime: (await nodeProcesses.startTime(pid)) ?? '' };
}

const as = (pid: number) => ({ ...ports, host: { ...ports.host, pid } });

describe('the home', () => {
  it('is held by one program, which is named to the second', async () => {
    const { pid } = await sleeper();
    await lockHome(as(pid), home);
    await expect(lockHome(ports, home)).rejects.toMatchObject({ code: 'already-running', params: { pid } });
    expect(await homeHolder(ports, home)).toBe(pid);
    expect((await stat(home.lockFile)).mode & 0o777).toBe(0o600);
  });

  it('is free again after release, and nothing is left', async () => {
    await (await lockHome(ports, home)).release();
    expect(await readdir(home.stateDirectory)).toEqual([]);
    await (await lockHome(ports, home)).release();
  });

  it('can be taken, seen and given back on a full disk', async () => {
    const full = { ...nodeFiles, create: () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' })) };
    const { pid } = await sleeper();
    const lock = await lockHome({ ...as(pid), files: full }, home);
    expect(await homeHolder(ports, home)).toBe(pid);
    await expect(lockHome(ports, home)).rejects.toMatchObject({ code: 'already-running', params: { pid } });
    await lock.release();
    expect(await readdir(home.stateDirectory)).toEqual([]);
  });

  it('is taken over from a program that is dead', async () => {
    const holder = await sleeper();
    await lockHome(as(holder.pid), home);
    const died = new Promise((resolve) => other?.once('exit', resolve));
    other?.kill('SIGKILL');
    await died;
    expect(await homeHolder(ports, home)).toBeNull();
    const lock = await lockHome(ports, home);
    expect(JSON.parse(await readFile(home.lockFile, 'utf8'))).toMatchObject({ pid: process.pid });
    await lock.release();
  });

  it('is taken over when the pid is in use again by another', async () => {
    const { pid } = await sleeper();
    await writeFile(home.lockFile, JSON.stringify({ pid, startTime: 'another time' }));
    await (await lockHome(ports, home)).release();
  });

  it('goes to exactly one of many that take over at once', async () => {
    await writeFile(home.lockFile, JSON.stringify({ pid: 2 ** 22 - 1, startTime: 'long ago' }));
    const taken = await Promise.allSettled(Array.from({ length: 20 }, () => lockHome(ports, home)));
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of taken) if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'already-running' });
    expect(await readdir(home.stateDirectory)).toEqual(['lockstep.lock']);
  });
});
