import { mkdir, open, rename, rm, unlink, utimes, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ApplyWorld, type Described } from '../testing/apply/apply-world.ts';
import { filesInterruptedAt } from '../testing/apply/watched-files.ts';

const BASE: Described = { edit: 'v1', gone: 'v1', 'd/inner': 'v1', mode: 'v1', flat: 'v1' };
const TARGET: Described = { edit: 'v2', d: 'v2', mode: 'x:v1', 'flat/below': 'v2', fresh: 'v2', 'n/fresh': 'v2' };
/** As long as the versions: only the time of writing, or the content, gives it away. */
const TOKEN = 'my';

type Save = (world: ApplyWorld, path: string) => Promise<void>;

const inPlace: Save = async (world, path) => writeFile(world.file(path), TOKEN).catch(ifNoWay);
const byRename: Save = async (world, path) => {
  await writeFile(`${world.workTree}/.swp`, TOKEN);
  await rename(`${world.workTree}/.swp`, world.file(path)).catch(ifNoWay);
  await rm(`${world.workTree}/.swp`, { force: true });
};
const afterDeleting: Save = async (world, path) => {
  await unlink(world.file(path)).catch(() => undefined);
  await inPlace(world, path);
};
const asDirectory: Save = async (world, path) => {
  await rm(world.file(path), { recursive: true, force: true });
  await mkdir(world.file(path));
  await writeFile(`${world.file(path)}/inside`, TOKEN).catch(ifNoWay);
};

/** Where the target's file stands in place of a directory, or the other way round, an editor cannot save either. */
function ifNoWay(error: unknown): void {
  const code = (error as { code?: string }).code ?? '';
  if (!['ENOENT', 'ENOTDIR', 'EISDIR', 'EEXIST', 'ENOTEMPTY'].includes(code)) throw error;
}

const isThere = async (world: ApplyWorld) => [...Object.values(await world.read()), ...(await world.rescued())].some((described) => described.replace('x:', '') === TOKEN);

interface Sweep {
  points: number;
  /** Saves of which nothing was left, although the save itself had gone well. */
  lost: string[];
  /** Found only by the second look. */
  late: number;
  copies: number;
}

/** One save at every point of an apply: before its first file operation, before its second, and so on. */
async function sweep(path: string, save: (world: ApplyWorld, saved: () => void) => Promise<void>, prepare: (world: ApplyWorld) => Promise<void> = async () => undefined): Promise<Sweep> {
  const result: Sweep = { points: 0, lost: [], late: 0, copies: 0 };
  for (let reached = true; reached; result.points++) {
    const world = await ApplyWorld.open(BASE);
    await prepare(world);
    let saved = false;
    const run = filesInterruptedAt(result.points, () => save(world, () => (saved = true)));
    const outcome = await world.apply(BASE, TARGET, { applier: world.applier(run.files) });
    reached = run.reached;
    if (outcome.outcome === 'applied') result.copies += outcome.copies.length;
    if (saved && !(await isThere(world))) {
      result.late++;
      await world.applier().recheckAsides();
      if (!(await isThere(world))) result.lost.push(`${path}, point ${result.points}: ${outcome.outcome}`);
    }
    await world.applier().recheckAsides();
    expect(await world.leftOver()).toEqual([]);
    await world.close();
  }
  return result;
}

const savedAs = (save: Save, path: string) => async (world: ApplyWorld, saved: () => void) => {
  await save(world, path);
  if (await isThere(world)) saved();
};

describe('a save at any point of an apply', () => {
  it.each([
    ['in place', inPlace, 'edit'],
    ['by renaming', byRename, 'edit'],
    ['after deleting', afterDeleting, 'edit'],
    ['in place, of a file that goes', inPlace, 'gone'],
    ['by renaming, of a file that goes', byRename, 'gone'],
    ['in place, in a directory that becomes a file', inPlace, 'd/inner'],
    ['of a file that becomes a directory', byRename, 'flat'],
    ['of a new file that comes in, too', inPlace, 'fresh'],
    ['of a new directory where a file comes in', asDirectory, 'fresh'],
    ['of a file where a directory comes in', inPlace, 'n'],
    ['in place, of a file whose mode changes', inPlace, 'mode'],
  ] as const)('%s is never lost, and shows at once', async (_, save, path) => {
    const { points, lost, late } = await sweep(path, savedAs(save, path));
    expect({ lost, late }).toEqual({ lost: [], late: 0 });
    expect(points).toBeGreaterThan(40);
  });

  it('of a file written only a moment ago, to the same length, is never lost', async () => {
    const justNow = async (world: ApplyWorld) => utimes(world.file('edit'), new Date(), new Date());
    const keepingTime = async (world: ApplyWorld, saved: () => void) => {
      await savedAs(inPlace, 'edit')(world, saved);
      await justNow(world).catch(() => undefined);
    };
    expect((await sweep('edit', keepingTime, justNow)).lost).toEqual([]);
  });

  it.each(['edit', 'gone', 'd/inner', 'flat'])('through a file held open since before (%s) is never lost, and shows by the second look', async (path) => {
    let editor = await open('/dev/null');
    const { lost, late, copies } = await sweep(
      path,
      async (_, saved) => {
        await editor.write(TOKEN, 0);
        saved();
      },
      async (world) => {
        await editor.close();
        editor = await open(world.file(path), 'r+');
      },
    );
    await editor.close();
    expect(lost).toEqual([]);
    // Both ways of catching it were needed: what was moved differs, and what was moved is written to later.
    expect(late).toBeGreaterThan(0);
    expect(copies).toBeGreaterThan(0);
  });
});
