import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { posix } from 'node:path';
import { z } from 'zod';
import { LockstepError, systemCode } from '../engine/errors.ts';
import type { Home } from '../engine/home.ts';
import type { Ports } from '../engine/ports.ts';

const holderSchema = z.object({ pid: z.number().int().positive(), startTime: z.string() });
type Holder = z.infer<typeof holderSchema>;

export interface HomeLock {
  release(): Promise<void>;
}

type LockPorts = Pick<Ports, 'files' | 'processes' | 'random'> & { readonly host: Pick<Ports['host'], 'pid' | 'platform'> };

const TAKEOVER_TRIES = 50;

/**
 * One program per home. The lock file comes into being whole, by `link`, and names its holder by pid and start time, so
 * that a pid used again is not taken for it. Throws `already-running` with the holder's pid.
 */
export async function lockHome(ports: LockPorts, home: Home): Promise<HomeLock> {
  const { files, processes, random, host } = ports;
  await files.makeDirectories(home.stateDirectory, 0o700);
  const startTime = await processes.startTime(host.pid);
  const own = `${home.lockFile}.${host.pid}.${random.bytes(4).toString('hex')}`;
  await writeHolder(files, own, { pid: host.pid, startTime: startTime ?? '' });
  try {
    if (!(await linked(ports, own, home.lockFile))) await takeOver(ports, own, home.lockFile);
  } finally {
    await files.remove(own);
  }
  return { release: () => removeIfThere(files, home.lockFile) };
}

/** Pid of the living program that holds the home; null when none does. Reads only. */
export async function homeHolder(ports: Pick<Ports, 'files' | 'processes'>, home: Home): Promise<number | null> {
  const holder = await readHolder(ports.files, home.lockFile);
  return holder && (await lives(ports, holder)) ? holder.pid : null;
}

/** On a full disk as the target of a link: that has room where no file has any, and a program must be able to start there. */
async function writeHolder(files: Ports['files'], file: string, holder: Holder): Promise<void> {
  const text = Buffer.from(JSON.stringify(holder));
  try {
    await files.create(file, text, { mode: 0o600, sync: true });
  } catch (error) {
    if (systemCode(error) !== 'ENOSPC' && systemCode(error) !== 'EDQUOT') throw error;
    await files.symlink(text, file);
  }
}

async function linked({ files }: LockPorts, own: string, lockFile: string): Promise<boolean> {
  try {
    await files.link(own, lockFile);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Only under the takeover gate is a lock ever removed by another than its holder, and only one whose holder is proven
 * dead then: a dead one cannot come alive, and a new one cannot appear while the dead one stands.
 */
async function takeOver(ports: LockPorts, own: string, lockFile: string): Promise<void> {
  for (let tries = 0; tries < TAKEOVER_TRIES; tries += 1) {
    await refuseLiving(ports, lockFile);
    const gate = await takeoverGate(ports.host.platform, lockFile);
    if (!gate) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      continue;
    }
    try {
      await refuseLiving(ports, lockFile);
      await removeIfThere(ports.files, lockFile);
      if (await linked(ports, own, lockFile)) return;
    } finally {
      await gate();
    }
  }
  throw new LockstepError('already-running', {});
}

async function removeIfThere(files: Ports['files'], path: string): Promise<void> {
  try {
    await files.remove(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

async function refuseLiving(ports: LockPorts, lockFile: string): Promise<void> {
  const holder = await readHolder(ports.files, lockFile);
  if (holder && (await lives(ports, holder))) throw new LockstepError('already-running', { pid: holder.pid });
}

const lives = async ({ processes }: Pick<Ports, 'processes'>, { pid, startTime }: Holder): Promise<boolean> => (await processes.startTime(pid)) === startTime;

/** Null when there is none, or one that no program of ours wrote whole: nobody can hold the home by that. */
async function readHolder(files: Ports['files'], lockFile: string): Promise<Holder | null> {
  const isLink = (await files.stat(lockFile))?.kind === 'link';
  const bytes = isLink ? await files.readLink(lockFile).catch(() => null) : await files.readIfThere(lockFile);
  if (bytes === null) return null;
  try {
    return holderSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return null;
  }
}

/**
 * A mutex that the system itself drops when its holder dies: on Linux an abstract socket, named after the lock file.
 * Null while another process has it. Elsewhere there is none, and two that take over in the same instant may both succeed.
 */
async function takeoverGate(platform: string, lockFile: string): Promise<(() => Promise<void>) | null> {
  if (platform !== 'linux') return async () => undefined;
  const name = `\0lockstep-${createHash('sha256').update(posix.resolve(lockFile)).digest('hex').slice(0, 32)}`;
  const gate = createServer();
  const held = await new Promise<boolean>((resolve, reject) => {
    gate.once('error', (error) => (systemCode(error) === 'EADDRINUSE' ? resolve(false) : reject(error)));
    gate.listen({ path: name }, () => resolve(true));
  });
  return held ? () => new Promise((resolve) => gate.close(() => resolve())) : null;
}
