import { z } from 'zod';
import { systemCode } from '../errors.ts';
import type { Ports } from '../ports.ts';

const holderSchema = z.object({ pid: z.number(), startTime: z.string().nullable(), host: z.string(), token: z.string() });
type Holder = z.infer<typeof holderSchema>;

const LOOK_AGAIN_MS = 200;
/** A holder on another machine (a shared disk) cannot be asked; no run takes so long. */
const FOREIGN_MS = 24 * 3_600_000;

/** Held: give it back by `release`. `tookOver`: it was held by a process that died. */
export type Locked = { readonly held: true; readonly tookOver: boolean; release(): Promise<void> } | { readonly held: false };

/**
 * The lock of one store, `lockstep/lock` in it: whoever else wants to write waits, whatever process they are of. It names
 * its holder by pid and start time, so that one that died is told from one that is at work.
 */
export async function lockStore({ files, clock, host, processes, random }: Ports, directory: string, waitMs: number, signal: AbortSignal): Promise<Locked> {
  const file = `${directory}/lock`;
  const holder: Holder = { pid: host.pid, startTime: await processes.startTime(host.pid), host: host.hostName, token: random.bytes(8).toString('hex') };
  const content = Buffer.from(JSON.stringify(holder));
  const own = `${file}.${holder.token}`;
  await files.create(own, content, { mode: 0o644, sync: false });
  try {
    let tookOver = false;
    for (const untilMs = clock.monotonic() + waitMs; ; ) {
      if (await linked()) return { held: true, tookOver, release };
      if (await removeDead()) tookOver = true;
      else if (signal.aborted || clock.monotonic() >= untilMs) return { held: false };
      else await new Promise<void>((resolve) => void clock.after(LOOK_AGAIN_MS, resolve));
    }
  } finally {
    await files.remove(own);
  }

  /** A link is there with all of its content, or not at all. */
  async function linked(): Promise<boolean> {
    try {
      await files.link(own, file);
      return true;
    } catch (error) {
      if (systemCode(error) === 'EEXIST') return false;
      throw error;
    }
  }

  /** True: the way is free, or may be. */
  async function removeDead(): Promise<boolean> {
    const found = await files.readIfThere(file);
    if (found === null) return true;
    if (await isAlive(found)) return false;
    // Only one may take it away: of two that find it dead, the slower would take what the faster has just made.
    const claim = `${file}.takeover`;
    try {
      await files.link(own, claim);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
      const claimant = await files.readIfThere(claim);
      if (claimant !== null && !(await isAlive(claimant))) await files.remove(claim).catch(() => undefined);
      return false;
    }
    try {
      if ((await files.readIfThere(file))?.equals(found)) await files.remove(file);
      return true;
    } finally {
      await files.remove(claim);
    }
  }

  async function isAlive(found: Buffer): Promise<boolean> {
    const parsed = read(found);
    if (!parsed) return false;
    if (parsed.host === host.hostName) return (await processes.startTime(parsed.pid)) === parsed.startTime && parsed.startTime !== null;
    const stat = await files.stat(file);
    return stat !== null && clock.now() - stat.modifiedMs < FOREIGN_MS;
  }

  async function release(): Promise<void> {
    if ((await files.readIfThere(file))?.equals(content)) await files.remove(file);
  }
}

function read(content: Buffer): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(content.toString('utf8')));
  } catch {
    return null;
  }
}
