import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { settingsSchema } from '../../../shared/settings.ts';
import { contentsIn, reachable, type Ledger } from './ledger.ts';
import { keptFiles, locksIn } from './locks.ts';
import type { World } from './world.ts';

/** What a kill has left behind once the program went on and was then told to end. */
export interface Aftermath {
  /** Contents that are nowhere any more. */
  readonly lost: readonly string[];
  /** Lock files that somebody would have to remove. */
  readonly locks: readonly string[];
  /** Anything else that is not as it should be, a sentence each. */
  readonly wrong: readonly string[];
  /** Half-written files of ours that nothing will read. */
  readonly litter: number;
}

const ORPHANS_MS = 5_000;
const LOOK_MS = 50;

/** `vanishing`: names that were to go in this scene. */
export async function aftermath(world: World, ledger: Ledger, vanishing: RegExp): Promise<Aftermath> {
  const running = await stillRunning(world);
  const vanished = ledger.vanished(world).filter((path) => !vanishing.test(path));
  const checks = [notSent(world), unsound(world, 'watched'), unsound(world, 'hub.git'), peerStays(world), settingsDamaged(world)];
  return {
    lost: await ledger.lost(world),
    locks: locksIn(world),
    wrong: [...running, ...halfWritten(world), ...vanished.map((path) => `${path} vanished from the folder`), ...(await Promise.all(checks)).flat()],
    litter: keptFiles(world).filter((name) => /\.tmp$|\/stage-\w+$|lockstep\.lock\./.test(name)).length,
  };
}

/** Whole versions only: in these worlds every file is made of tokens. */
function halfWritten(world: World): string[] {
  const names = readdirSync(world.watched, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !`${entry.parentPath}/`.startsWith(`${world.watched}/.git/`) && entry.name !== '.gitignore');
  return names.map((entry) => join(entry.parentPath, entry.name)).filter((file) => !/^(.+ [0-9a-f]{64}\n)+$/.test(readFileSync(file, 'utf8'))).map((file) => `${file} is half written`);
}

/** The hub has all that lies in the folder, so every machine can have it. */
async function notSent(world: World): Promise<string[]> {
  const sent = await reachable(world, 'hub.git');
  const ignored = await world.git('watched', 'ls-files', '--others', '--ignored', '--exclude-standard');
  const missing = contentsIn(world.watched).filter(({ id, path }) => !sent.has(id) && !ignored.split('\n').includes(path));
  return missing.map(({ path }) => `${path} was not pushed`);
}

async function unsound(world: World, folder: string): Promise<string[]> {
  try {
    const said = await world.git(folder, 'fsck', '--full', '--strict', '--no-dangling', '--no-progress');
    return said === '' ? [] : [`git fsck in ${folder}: ${said}`];
  } catch (error) {
    return [`git fsck in ${folder}: ${String(error)}`];
  }
}

/** The other machine takes everything in without a word, and ends at the same tree. */
async function peerStays(world: World): Promise<string[]> {
  try {
    await world.git('peer', 'pull', '-q', '--ff-only');
    const [here, there] = await Promise.all(['watched', 'peer'].map((folder) => world.git(folder, 'rev-parse', 'HEAD^{tree}')));
    return here === there ? [] : ['the peer has another tree'];
  } catch (error) {
    return [`the peer cannot pull: ${String(error)}`];
  }
}

async function settingsDamaged(world: World): Promise<string[]> {
  const text = readFileSync(world.path('home/settings.json'), 'utf8');
  try {
    settingsSchema.parse(JSON.parse(text));
  } catch {
    return ['settings.json is damaged'];
  }
  const kept = readdirSync(world.home).filter((name) => name.includes('.damaged-'));
  return kept.map((name) => `settings had been damaged: ${name}`);
}

/** Processes in this world, a moment after the program has ended. */
async function stillRunning(world: World): Promise<string[]> {
  let running = processesIn(world);
  for (const until = performance.now() + ORPHANS_MS; running.length > 0 && performance.now() < until; running = processesIn(world)) await after(LOOK_MS);
  return running.map((command) => `still runs: ${command}`);
}

function processesIn({ directory }: World): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const inside = `${readlinkSync(`/proc/${pid}/cwd`)}/`.startsWith(`${directory}/`);
      return inside || command.includes(`${directory}/`) ? [command || pid] : [];
    } catch {
      // Gone meanwhile, or another person's.
      return [];
    }
  });
}
