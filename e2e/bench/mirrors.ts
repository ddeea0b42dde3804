import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FakeForge } from '../../electron/engine/testing/forges/fake-forge.ts';
import { Machine } from './machine.ts';
import type { Result } from './result.ts';
import { git, shown, spread, type Surroundings } from './surroundings.ts';

const REPOSITORIES = 200;
const ROUNDS = 5;
const CHANGED = 5;
const AT_ONCE = 4;
/** Processes of git that the program has at once, at most. */
const CAP = 4;
const IN_LIST = 5_000;
const ALLOWED_MB = 200;
const ALLOWED_FETCHES = 1.3;

/** 200 small repositories over smart HTTP: a look in which nothing moved, one in which five did, beside plain git; and memory with thousands in the list. */
export async function mirrors(at: Surroundings): Promise<Result> {
  const forge = await FakeForge.open({ kind: 'gitea', directory: join(at.directory, 'forge'), env: plain(at.env), guardsGit: false, pageCap: 100 });
  const machine = new Machine(at, 'mirrors');
  const names = Array.from({ length: REPOSITORIES }, (_, number) => `small-${number}`);
  for (const name of names) forge.add('pool', name);
  try {
    await machine.start();
    await machine.tell(forge.token, 'account', 'add', 'work', '--forge', 'gitea', '--api', forge.api, '--token-stdin');
    await machine.command('mirror', 'add', '--account', 'work', '--owner', 'pool', '--to', join(at.directory, 'copies'), '--how', 'none');
    const most = await mostProcesses(machine, () => machine.command('mirror', 'run', 'pool'));
    const looks = await rounds(at, machine, forge, names);
    await machine.stop();
    const residentMb = await residentWithMany(at);
    const [ours, floor, moved, fetches] = [spread(looks.ours), spread(looks.floor), spread(looks.moved), spread(looks.fetches)];
    const allowedMs = floor.median + ALLOWED_FETCHES * fetches.median;
    return {
      name: `${REPOSITORIES} mirrors over smart HTTP, ${ROUNDS} rounds`,
      figures: [
        `nothing moved: Lockstep ${shown(ours)} ms, four parallel git ls-remote ${shown(floor)} ms, ratio ${(ours.median / floor.median).toFixed(2)}, allowed 1`,
        `${CHANGED} moved: Lockstep ${shown(moved)} ms, five git fetch ${shown(fetches)} ms, allowed ${allowedMs.toFixed(0)} ms`,
        `processes of git at once, most: ${most}, allowed ${CAP}`,
        `daemon with ${IN_LIST} mirrored repositories ${residentMb.toFixed(0)} MB, allowed ${ALLOWED_MB}`,
      ],
      kept: ours.median <= floor.median && moved.median <= allowedMs && most <= CAP && residentMb < ALLOWED_MB,
    };
  } finally {
    await machine.stop();
    await forge.close();
  }
}

interface Looks {
  readonly ours: number[];
  readonly floor: number[];
  readonly moved: number[];
  readonly fetches: number[];
}

/** The times of all rounds, each kind beside its floor, so that a slow moment of the machine slows both. */
async function rounds(at: Surroundings, machine: Machine, forge: FakeForge, names: readonly string[]): Promise<Looks> {
  const looks: Looks = { ours: [], floor: [], moved: [], fetches: [] };
  const plainCopies = await copiesFor(at, forge, names.slice(0, CHANGED));
  for (let round = 0; round < ROUNDS; round += 1) {
    looks.floor.push(await timed(() => eachOf(names, (name) => git(at, at.directory, 'ls-remote', forge.cloneUrl(`pool/${name}`)))));
    looks.ours.push(await timed(() => machine.command('mirror', 'run', 'pool')));
    for (const name of names.slice(0, CHANGED)) forge.commit(`pool/${name}`, { message: `Round ${round}` });
    looks.fetches.push(await timed(() => eachOf(plainCopies, (copy) => git(at, copy, 'fetch', '-q', 'origin', '+refs/*:refs/*'))));
    looks.moved.push(await timed(() => machine.command('mirror', 'run', 'pool')));
  }
  return looks;
}

async function copiesFor(at: Surroundings, forge: FakeForge, names: readonly string[]): Promise<string[]> {
  const copies = names.map((name) => join(at.directory, `plain-${name}.git`));
  for (const [index, name] of names.entries()) await git(at, at.directory, 'clone', '-q', '--mirror', forge.cloneUrl(`pool/${name}`), copies[index] ?? '');
  return copies;
}

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items];
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** How many processes of git the daemon had at once, at most, while `work` went on. */
async function mostProcesses(machine: Machine, work: () => Promise<unknown>): Promise<number> {
  let most = 0;
  const look = setInterval(() => {
    most = Math.max(most, childrenOf(machine.pid));
  }, 5);
  await work();
  clearInterval(look);
  return most;
}

function childrenOf(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).reduce((sum, task) => sum + readFileSync(`${tasks}/${task}/children`, 'utf8').split(' ').filter(Boolean).length, 0);
}

/** A home that remembers thousands of repositories, as a daemon has it after its start and one whole list. */
async function residentWithMany(at: Surroundings): Promise<number> {
  const machine = new Machine(at, 'many');
  await machine.command('mirror', 'add', '--url', '/nowhere/one.git', '--to', join(at.directory, 'many'), '--how', 'none', '--name', 'many');
  const directory = join(machine.home, 'mirrors');
  mkdirSync(directory, { recursive: true });
  const repositories = Array.from({ length: IN_LIST }, (_, number) => record(number));
  writeFileSync(join(directory, 'many.json'), JSON.stringify({ version: 1, lastRunAt: SOME_TIME, listedAt: SOME_TIME, problem: null, repositories }));
  await machine.start();
  try {
    const shownRepositories = await machine.command('mirror', 'list', '--json');
    if (!shownRepositories.includes(`small-${IN_LIST - 1}`)) throw new Error('the list is not whole');
    return machine.residentMb();
  } finally {
    await machine.stop();
  }
}

const SOME_TIME = '2026-11-21T16:42:00.000Z';

const record = (number: number) => ({
  key: String(number),
  name: `small-${number}`,
  url: `https://forge.example/pool/small-${number}.git`,
  store: `small-${number}.git`,
  state: 'in-sync',
  refs: 12,
  lastSync: SOME_TIME,
  lastMoved: SOME_TIME,
  archived: false,
  private: false,
  description: 'One of many repositories of the same owner.',
  defaultBranch: 'main',
  bytes: 1_000_000,
  problem: null,
  failures: 0,
  notBefore: null,
  held: null,
  approved: null,
  gone: false,
  targetName: null,
  seen: '0123456789abcdef0123456789abcdef01234567',
});

const plain = (env: NodeJS.ProcessEnv): Record<string, string> => Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
