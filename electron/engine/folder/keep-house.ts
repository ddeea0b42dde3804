import { z } from 'zod';
import { isLetGo, isOutdated, KEPT_DAYS, Rescue } from '../apply/rescue.ts';
import type { FolderContext } from './folder-context.ts';

/**
 * What nobody needs at once: what was set aside more than 90 days ago goes, with a note; loose objects are packed.
 */
export async function keepHouse(context: FolderContext, signal: AbortSignal): Promise<void> {
  const { ports, vcs } = context;
  const nowMs = ports.clock.now();
  const rescue = new Rescue(ports, vcs.ownDirectory);
  const files = (await rescue.list()).filter(({ at }) => isOutdated(Date.parse(at), nowMs));
  const states = (await vcs.setAside()).filter(({ why, atMs }) => isLetGo(why) && isOutdated(atMs, nowMs));
  const isSure = await surelyOutdated(context, [...files, ...states], nowMs);
  const [oldFiles, oldStates] = [files.filter(isSure), states.filter(isSure)];
  for (const { name } of oldFiles) await rescue.letGo(name);
  for (const state of oldStates) await vcs.letGo(state);
  const gone = [...oldFiles.map(({ path }) => path), ...oldStates.map(({ name }) => name)];
  if (gone.length > 0) context.record({ what: 'let-go', why: 'rule', paths: gone, params: { days: KEPT_DAYS } });
  await vcs.tidy?.(signal);
}

/** Found outdated twice, so far apart at least. */
const SURE_AFTER_MS = 86_400_000;
/** Since when each was found outdated. */
const sinceSchema = z.record(z.string(), z.number());

/** A clock that is wrong for a while (set ahead, an empty battery) must not let go of anything: it is looked at twice, a day apart. */
async function surelyOutdated({ ports: { files }, vcs }: FolderContext, outdated: readonly { readonly name: string }[], nowMs: number): Promise<(one: { readonly name: string }) => boolean> {
  const record = `${vcs.ownDirectory}/outdated.json`;
  const before = readSince(await files.readIfThere(record));
  if (outdated.length === 0 && Object.keys(before).length === 0) return () => false;
  // Seen in a future that has not come: that look does not count.
  const since = Object.fromEntries(outdated.map(({ name }) => [name, Math.min(before[name] ?? nowMs, nowMs)]));
  await files.writeAtomically(record, JSON.stringify(since), 0o600);
  return ({ name }) => nowMs - (since[name] ?? nowMs) >= SURE_AFTER_MS;
}

function readSince(bytes: Buffer | null): Readonly<Record<string, number>> {
  try {
    return sinceSchema.parse(JSON.parse(bytes?.toString('utf8') ?? '{}'));
  } catch {
    return {};
  }
}
