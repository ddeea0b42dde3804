import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundledProgram } from '../testing/bundled-program.ts';
import { mayUnshare, type ConfinedMachine } from '../testing/confined-machine.ts';
import { ConfinedWorld } from '../testing/confined-world.ts';
import { expectHeld, expectTold } from '../testing/told.ts';

const allowed = mayUnshare();

let bundle: string;
let program: string;
let world: ConfinedWorld;
beforeAll(async () => {
  bundle = mkdtempSync(join(tmpdir(), 'lockstep-confined-'));
  program = await bundledProgram('confined-engine', bundle);
  // Another user is to read it.
  chmodSync(bundle, 0o755);
}, 120_000);
afterAll(() => rmSync(bundle, { recursive: true }));
beforeEach(() => {
  world = new ConfinedWorld(program);
});
afterEach(() => world.close());

const at = (...names: string[]): string => join(world.folder, ...names);
const hubFile = (name: string): string => world.hubGit('show', `main:${name}`);

async function again(machine: ConfinedMachine) {
  const { folders } = await machine.call('sync', { timeoutS: 300 });
  const [folder] = folders;
  if (!folder) throw new Error('no folder');
  return folder;
}

describe('as a user whom permissions bind', () => {
  it('unreadable-path: a file and a directory are left out, nothing in them is taken for deleted, and both are taken in when they can be read', async () => {
    const desk = await world.start({ asUser: true });
    await desk.shell(`cd ${world.folder}; mkdir closed; echo one > closed/kept.txt; echo one > private.txt; echo mine > mine.txt`);
    await desk.until(({ lastCommit, ahead }) => lastCommit?.message.startsWith('Add kept.txt') === true && ahead === 0);
    await desk.shell(`cd ${world.folder}; echo two > closed/kept.txt; echo two > private.txt; echo new > new.txt; chmod 000 closed private.txt`);
    await desk.until(({ held, lastCommit }) => held.length === 2 && lastCommit?.message === 'Add new.txt');
    const folder = await again(desk);
    expectHeld(folder, 'closed', { code: 'unreadable-path', naming: /closed cannot be read here/, next: /chmod u\+r .*\/closed/ });
    expectHeld(folder, 'private.txt', { code: 'unreadable-path', naming: /private\.txt cannot be read here/, next: /chmod u\+r .*\/private\.txt/ });
    expect(folder).toMatchObject({ problem: null, ahead: 0 });
    expect(world.hubFiles()).toEqual(['closed/kept.txt', 'mine.txt', 'new.txt', 'private.txt', 'start.txt']);
    expect(hubFile('private.txt')).toBe('one\n');
    await desk.shell(`cd ${world.folder}; chmod 755 closed; chmod 644 private.txt`);
    await desk.until(({ held }) => held.length === 0);
    await again(desk);
    expect(['closed/kept.txt', 'private.txt'].map(hubFile)).toEqual(['two\n', 'two\n']);
  });

  it('read-only: a directory that may not be written keeps what comes in waiting, and nothing else', async () => {
    const desk = await world.start({ asUser: true });
    await desk.shell(`cd ${world.folder}; mkdir sub; echo one > sub/a.txt`);
    await desk.until(({ lastCommit, ahead }) => lastCommit?.message === 'Add sub/a.txt' && ahead === 0);
    await desk.shell(`cd ${world.machines.directory}/first; git pull -q --ff-only; echo theirs > sub/a.txt; git commit -qam Theirs; git push -q origin main; chmod 555 ${at('sub')}`);
    void again(desk);
    const folder = await desk.until(({ problem }) => problem?.code === 'read-only');
    expectTold(folder, { code: 'read-only', tier: 'retrying', action: 'retry', naming: /sub\/a\.txt cannot be written/, next: /Make it writable/ });
    await desk.shell(`echo mine > ${at('mine.txt')}`);
    await desk.until(({ lastCommit }) => lastCommit?.message === 'Add mine.txt');
    await desk.shell(`chmod 755 ${at('sub')}`);
    await desk.until(({ problem }) => problem === null);
    await again(desk);
    expect(await desk.shell(`cat ${at('sub/a.txt')}; cd ${world.folder}; git status --porcelain`)).toBe('theirs\n');
  });
});

if (!allowed) it.skip('unshare is refused here, so that no limit of watches can be set');

describe.runIf(allowed)('watch-limit', () => {
  it('more directories than watches are told of, the rest is polled, and every change is taken in all the same', async () => {
    const desk = await world.start({ script: 'echo 20 > /proc/sys/user/max_inotify_watches' });
    const names = Array.from({ length: 30 }, (_, number) => `d${number}/file.txt`);
    for (const name of names) {
      mkdirSync(at(name, '..'), { recursive: true });
      writeFileSync(at(name), 'one\n');
    }
    const limited = await desk.until(({ notes }) => notes.some(({ code }) => code === 'watch-limit'));
    expect(Number(limited.notes.find(({ code }) => code === 'watch-limit')?.params['polled'])).toBeGreaterThan(5);
    await expect.poll(() => world.hubFiles().length, { timeout: 25_000 }).toBe(31);
    await again(desk);
    // Not more at once than is an ordinary day's work: the brake on mass changes is another matter.
    for (const some of [names.slice(0, 15), names.slice(15)]) {
      const before = world.hubTip();
      for (const name of some) writeFileSync(at(name), 'two\n');
      await expect.poll(() => world.hubGit('diff', '--name-only', before, 'main').split('\n').filter(Boolean).sort(), { timeout: 25_000 }).toEqual([...some].sort());
    }
  });
});

describe('system-limit', () => {
  it.each([64, 40])('%i file descriptors: it works, or says what it is short of and goes on by itself', async (limit) => {
    const desk = await world.start({ limits: `ulimit -n ${limit}` });
    for (let number = 0; number < 50; number += 1) writeFileSync(at(`f${number}.txt`), `${number}\n`);
    mkdirSync(at('sub'));
    writeFileSync(at('sub/a.txt'), 'a\n');
    const folder = await desk.until(({ problem, ahead, lastCommit }) => problem !== null || (ahead === 0 && lastCommit?.message.startsWith('Add 51 files') === true));
    expect([null, 'system-limit']).toContain(folder.problem?.code ?? null);
    await expect.poll(() => world.hubFiles().length, { timeout: 25_000 }).toBe(52);
  });
});
