import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import type { Machine } from './machine.ts';
import { startDaemon, type Headless } from './scenarios/headless.ts';
import { freePort } from '../electron/engine/testing/free-port.ts';
import { addFolder, folderOf, shareFolder } from './scenarios/shared-folder.ts';

const NOTES = folderOf('notes');
/** Two machines that merged at the same moment need a round more; more than a few would be a loop. */
const ROUNDS = 6;

/** Both daemons, joined by fanout, on two clones of one bare remote: the whole of what people would do in a week. */
class Pair {
  readonly machines: readonly [Machine, Machine];
  readonly #daemons = new Map<Machine, Headless>();

  constructor(desk: Machine, attic: Machine) {
    this.machines = [desk, attic];
  }

  async prepare(): Promise<void> {
    const [desk, attic] = this.machines;
    await shareFolder(this.machines, 'notes');
    const port = await freePort();
    await desk.lockstep('signal', 'fanout', '--serve', `127.0.0.1:${port}`);
    await attic.lockstep('signal', 'fanout', '--url', `tcp://127.0.0.1:${port}`);
    const { code } = JSON.parse(await desk.lockstep('signal', 'pair', '--json')) as { code: string };
    await attic.lockstep('signal', 'join', code);
    for (const machine of this.machines) await addFolder(machine, 'notes', '--poll', '600');
    await this.start();
  }

  async start(): Promise<void> {
    for (const machine of this.machines) if (!this.#daemons.has(machine)) this.#daemons.set(machine, await startDaemon(machine));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#daemons.values()].map((daemon) => daemon.stop()));
    this.#daemons.clear();
  }

  /** As a crash would: nothing is said to the process. */
  kill(machine: Machine): void {
    const daemon = this.#daemons.get(machine);
    if (daemon) process.kill(daemon.pid, 'SIGKILL');
    this.#daemons.delete(machine);
  }

  /** Until both stand on one commit with one tree, and git finds nothing to say about either. */
  async converge(): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const machine of this.machines) await machine.lockstep('sync', '--timeout', '60').catch(() => '');
      const [one, other] = await Promise.all(this.machines.map((machine) => machine.git(NOTES, 'rev-parse', 'HEAD')));
      const dirty = await Promise.all(this.machines.map((machine) => machine.git(NOTES, 'status', '--porcelain')));
      if (one === other && dirty.every((text) => text === '')) return;
    }
    const states = await Promise.all(this.machines.map((machine) => machine.lockstep('status')));
    throw new Error(`The machines did not converge:\n${states.join('\n')}`);
  }
}

const tree = async (machine: Machine): Promise<string> => machine.git(NOTES, 'ls-tree', '-r', 'HEAD');
const text = (machine: Machine, file: string): string | null => machine.read(`${NOTES}/${file}`);
const at = (machine: Machine, ...names: string[]): string => machine.path(NOTES, ...names);

let pair: Pair;
test.beforeEach(async ({ machine, addMachine }) => {
  pair = new Pair(machine, addMachine('attic'));
  await pair.prepare();
});
test.afterEach(() => pair.stop());

test('plain edits go both ways, by signal alone', async () => {
  const [desk, attic] = pair.machines;
  desk.write(`${NOTES}/from-desk.txt`, 'desk\n');
  await expect.poll(() => text(attic, 'from-desk.txt')).toBe('desk\n');
  attic.write(`${NOTES}/from-attic.txt`, 'attic\n');
  await expect.poll(() => text(desk, 'from-attic.txt')).toBe('attic\n');
  await pair.converge();
});

test('bursts, renames, deletes, modes, links and odd names arrive as they are', async () => {
  const [desk, attic] = pair.machines;
  for (let number = 0; number < 2_000; number += 1) desk.write(`${NOTES}/burst/${number % 20}/f${number}.txt`, `${number}\n`);
  await pair.converge();
  expect(readdirSync(at(attic, 'burst', '7'))).toHaveLength(100);

  renameSync(at(attic, 'burst'), at(attic, 'archive'));
  rmSync(at(attic, 'archive', '3'), { recursive: true });
  writeFileSync(at(desk, 'run.sh'), '#!/bin/sh\n');
  chmodSync(at(desk, 'run.sh'), 0o755);
  symlinkSync('start.txt', at(desk, 'link'));
  for (const name of ['-rf', 'line\nbreak', 'tab\there', 'snow ☃.txt', '😀', ' spaces ', "it's", '$(x)']) writeFileSync(at(desk, name), name);
  writeFileSync(Buffer.concat([Buffer.from(`${at(desk)}/`), Buffer.from([0x62, 0xff])]), 'not text');
  await pair.converge();
  expect(await tree(attic)).toBe(await tree(desk));
  expect(readdirSync(at(desk))).not.toContain('burst');
  expect(readdirSync(at(desk, 'archive'))).toHaveLength(19);
  expect(attic.mode(`${NOTES}/run.sh`) & 0o111).toBe(0o111);
  expect(text(attic, 'line\nbreak')).toBe('line\nbreak');
});

test('a line changed on both while both were off is kept twice, and closed everywhere when it is resolved on one', async () => {
  const [desk, attic] = pair.machines;
  await pair.stop();
  desk.write(`${NOTES}/start.txt`, 'written at the desk\n');
  attic.write(`${NOTES}/start.txt`, 'written in the attic\n');
  await pair.start();
  await pair.converge();
  const conflicts = JSON.parse(await attic.lockstep('conflicts', '--json')) as { id: string; path: string; copy: string }[];
  expect(conflicts.map(({ path }) => path)).toEqual(['start.txt']);
  const both = [text(desk, 'start.txt'), text(desk, conflicts[0]?.copy ?? '')].sort();
  expect(both).toEqual(['written at the desk\n', 'written in the attic\n']);
  await attic.lockstep('resolve', conflicts[0]?.id ?? '', '--keep', 'mine');
  await pair.converge();
  // Both bear the name of this one host: what is mine is told apart by more than that.
  expect(text(attic, 'start.txt')).toBe('written in the attic\n');
  expect(text(desk, 'start.txt')).toBe('written in the attic\n');
  expect(JSON.parse(await desk.lockstep('conflicts', '--json'))).toEqual([]);
});

test('a remote that is gone for a while only delays', async () => {
  const [desk, attic] = pair.machines;
  const hub = desk.path('hub/notes.git');
  renameSync(hub, `${hub}.away`);
  for (let number = 0; number < 5; number += 1) desk.write(`${NOTES}/offline-${number}.txt`, `${number}\n`);
  await expect.poll(async () => (JSON.parse(await desk.lockstep('status', '--json')) as { folders: { problem: { code: string } | null }[] }).folders[0]?.problem?.code).toBe('remote-gone');
  attic.write(`${NOTES}/also-offline.txt`, 'attic\n');
  renameSync(`${hub}.away`, hub);
  await pair.converge();
  expect(text(attic, 'offline-4.txt')).toBe('4\n');
  expect(text(desk, 'also-offline.txt')).toBe('attic\n');
});

test('kill -9 of either daemon at any moment loses nothing and needs no hand', async () => {
  const [desk, attic] = pair.machines;
  for (let round = 0; round < 6; round += 1) {
    const victim = round % 2 === 0 ? desk : attic;
    for (let number = 0; number < 40; number += 1) victim.write(`${NOTES}/round-${round}/${number}.txt`, `${round} ${number}\n`);
    const syncing = victim.lockstep('sync').catch(() => '');
    await new Promise((resolve) => setTimeout(resolve, round * 40));
    pair.kill(victim);
    await syncing;
    await pair.start();
  }
  await pair.converge();
  for (let round = 0; round < 6; round += 1) expect(readdirSync(at(attic, `round-${round}`))).toHaveLength(40);
  for (const machine of pair.machines) {
    execFileSync('git', ['fsck', '--no-progress', '--connectivity-only'], { cwd: at(machine), env: machine.env });
    expect(readdirSync(join(at(machine), '.git')).filter((name) => name.endsWith('.lock'))).toEqual([]);
  }
});

test('a rebase of the person is waited for, and the other machine goes on meanwhile', async () => {
  const [desk, attic] = pair.machines;
  await desk.git(NOTES, '-c', 'sequence.editor=sed -i s/^pick/edit/', 'rebase', '-q', '-i', '--root');
  await expect.poll(async () => (await desk.lockstep('status', '--json')).includes('rebase-in-progress')).toBe(true);
  mkdirSync(at(desk, 'meanwhile'));
  desk.write(`${NOTES}/meanwhile/desk.txt`, 'desk\n');
  attic.write(`${NOTES}/attic.txt`, 'attic\n');
  await attic.lockstep('sync');
  await desk.git(NOTES, 'rebase', '--continue');
  await pair.converge();
  expect(text(attic, 'meanwhile/desk.txt')).toBe('desk\n');
  expect(text(desk, 'attic.txt')).toBe('attic\n');
});
