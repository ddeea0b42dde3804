import { systemCode } from '../errors.ts';
import type { Files } from '../ports.ts';
import { repoPathFromText, type RepoPath } from '../repo-path.ts';
import type { ApplySpace, RunPlace } from './apply-space.ts';
import { listAsides, type AsideKeeper, type Settled } from './aside.ts';
import { markApplied, readJournal, type Journal } from './journal.ts';
import type { Rescue } from './rescue.ts';

export interface FinishedRun extends Settled {
  readonly putBack: readonly RepoPath[];
  /** No aside is left. */
  readonly closed: boolean;
}

interface RecoverContext {
  readonly files: Files;
  readonly space: ApplySpace;
  readonly keeper: AsideKeeper;
  readonly rescue: Rescue;
}

/**
 * Brings a run to its end, wherever it stopped: every byte is in its place, beside it or in rescue, or an aside of known
 * content that `letGo` decides about. Can be stopped and done again anywhere.
 */
export async function finishRun(context: RecoverContext, place: RunPlace, letGo: boolean, signal: AbortSignal): Promise<FinishedRun> {
  const journal = await readJournal(context.files, place);
  if (!journal) return { putBack: [], copies: [], rescued: await rescueUnknown(context, place), closed: true };
  const putBack = journal.applied ? [] : await undoHalfDone(context, place, journal);
  const settled = await context.keeper.settle(await listAsides(context.files, place, journal), journal.machine, letGo, signal);
  return { putBack, ...settled, closed: await closeIfEmpty(context, place) };
}

/** Removes the place of a run when no aside is left; false: one is. */
export async function closeIfEmpty({ files, space }: Pick<RecoverContext, 'files' | 'space'>, place: RunPlace): Promise<boolean> {
  await files.removeTree(place.stage);
  if ((await files.stat(place.aside)) && (await files.list(place.aside)).length > 0) return false;
  await space.close(place);
  return true;
}

/**
 * Whose path has nothing goes back to it: the work tree must not look as if the person had deleted what we had only
 * begun to replace. What was placed already equals the target, and may stay: the branch has not moved.
 */
async function undoHalfDone({ files, keeper }: RecoverContext, place: RunPlace, journal: Journal): Promise<RepoPath[]> {
  const putBack: RepoPath[] = [];
  const asides = await listAsides(files, place, journal);
  // Of several of one path the latest first: `7.1` is what the person put where `7` had been.
  asides.sort((a, b) => Number.parseInt(a.name, 10) - Number.parseInt(b.name, 10) || (a.name < b.name ? 1 : -1));
  for (const aside of asides) {
    if (await keeper.putBack(aside)) putBack.push(aside.entry.path);
  }
  await markApplied(files, place);
  return putBack;
}

/** Without a journal nothing had been touched; if there are asides all the same, their bytes are kept. */
async function rescueUnknown({ files, space, rescue }: RecoverContext, place: RunPlace): Promise<RepoPath[]> {
  const rescued: RepoPath[] = [];
  const asides = (await files.stat(place.aside)) ? await files.list(place.aside) : [];
  for (const { name } of asides) {
    const file = Buffer.concat([Buffer.from(`${place.aside}/`), name]);
    const path = repoPathFromText(`aside-${name.toString('latin1')}`);
    await rescue.put(file, path, 'left-behind');
    await files.remove(file);
    rescued.push(path);
  }
  await removeQuietly(() => space.close(place));
  return rescued;
}

async function removeQuietly(remove: () => Promise<void>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (systemCode(error) !== 'ENOTEMPTY') throw error;
  }
}
