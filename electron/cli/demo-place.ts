import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { posix } from 'node:path';
import { promisify } from 'node:util';
import { LockstepError, systemCode } from '../engine/errors.ts';
import { resolveHome, type Home } from '../engine/home.ts';
import { nodeHost } from '../engine/ports/node-host.ts';
import type { Host } from '../engine/ports.ts';
import { openOffline, type OfflineEngine } from './offline-engine.ts';

export interface DemoMachine {
  readonly name: string;
  readonly folder: string;
  readonly home: Home;
}

export interface DemoPlace {
  readonly directory: string;
  readonly hub: string;
  readonly machines: readonly [DemoMachine, DemoMachine];
}

const NAMES = ['laptop', 'desktop'] as const;
/** Seconds a file must be quiet in the demo: long enough to be seen, short enough not to bore. */
export const DEMO_COMMIT_DELAY_S = 0.5;
const GIT_LIMIT_MS = 30_000;

/** A hub and two clones of it, each with a home of its own; what is there from an earlier time is used again. */
export async function makeDemoPlace(wanted: string | undefined, env: Host['env']): Promise<DemoPlace> {
  const directory = await realpath(wanted === undefined ? await mkdtemp(posix.join(tmpdir(), 'lockstep-demo-')) : await ownDirectory(wanted));
  const hub = posix.join(directory, 'hub.git');
  const machine = (name: string): DemoMachine => ({ name, folder: posix.join(directory, name, 'notes'), home: resolveHome(nodeHost(env), posix.join(directory, name, 'home')) });
  const place: DemoPlace = { directory, hub, machines: [machine(NAMES[0]), machine(NAMES[1])] };
  try {
    if (!existsSync(posix.join(hub, 'HEAD'))) await makeRepositories(place, env);
    await connect(place, env);
    return place;
  } catch (error) {
    if (wanted === undefined) await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

async function ownDirectory(wanted: string): Promise<string> {
  await mkdir(wanted, { recursive: true });
  const isDemo = ['hub.git', ...NAMES.map((name) => `${name}/notes/.git`)].every((path) => existsSync(posix.join(wanted, path)));
  if (!isDemo && (await readdir(wanted)).length > 0) throw new LockstepError('path-taken', { path: wanted });
  return wanted;
}

async function makeRepositories({ directory, hub, machines }: DemoPlace, env: Host['env']): Promise<void> {
  const [first, second] = machines;
  await git(env, directory, ['init', '--quiet', '--bare', '--initial-branch=main', hub]);
  for (const { folder } of machines) await mkdir(posix.dirname(folder), { recursive: true });
  await git(env, directory, ['clone', '--quiet', hub, first.folder]);
  await identify(first, env);
  await writeFile(posix.join(first.folder, 'README.md'), '# Notes\n\nSave anything here; it appears on the other machine.\n');
  await git(env, first.folder, ['add', 'README.md']);
  await git(env, first.folder, ['commit', '--quiet', '--message', 'Begin the notes']);
  await git(env, first.folder, ['push', '--quiet', 'origin', 'HEAD:refs/heads/main']);
  await git(env, directory, ['clone', '--quiet', hub, second.folder]);
  await identify(second, env);
}

/** Whoever has no name configured can still play. */
async function identify({ name, folder }: DemoMachine, env: Host['env']): Promise<void> {
  await git(env, folder, ['config', 'user.name', name]);
  await git(env, folder, ['config', 'user.email', `${name}@localhost`]);
}

async function git(env: Host['env'], cwd: string, args: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)('git', [...args], { cwd, env: { ...env, GIT_TERMINAL_PROMPT: '0' }, timeout: GIT_LIMIT_MS });
  } catch (error) {
    if (systemCode(error) === 'ENOENT') throw new LockstepError('tool-missing', { tool: 'git' }, { cause: error });
    throw error;
  }
}

/** Both homes watch their clone, share a key, and hear each other by the first one's embedded fanout server. */
async function connect({ machines }: DemoPlace, env: Host['env']): Promise<void> {
  const address = `127.0.0.1:${await freePort()}`;
  const [first, second] = machines;
  const code = await configured(first, env, async (engine, signal) => {
    await engine.handlers['signal.fanout']({ serve: address }, signal);
    return (await engine.handlers['signal.pair']({}, signal)).code;
  });
  await configured(second, env, async (engine, signal) => {
    await engine.handlers['signal.fanout']({ url: `tcp://${address}` }, signal);
    await engine.handlers['signal.join']({ code }, signal);
  });
}

async function configured<T>({ name, folder, home }: DemoMachine, env: Host['env'], more: (engine: OfflineEngine, signal: AbortSignal) => Promise<T>): Promise<T> {
  const engine = await openOffline(home, env, { hostName: name });
  if (!engine) throw new LockstepError('already-running');
  const signal = AbortSignal.timeout(GIT_LIMIT_MS);
  try {
    if ((await engine.handlers['folder.list']({}, signal)).length === 0) {
      await engine.handlers['folder.add']({ path: folder, paused: false, options: { commitDelay: DEMO_COMMIT_DELAY_S, pushDelay: 0 } }, signal);
    }
    return await more(engine, signal);
  } finally {
    await engine.close();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
