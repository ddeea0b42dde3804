import { describe, expect, it } from 'vitest';
import { ApplyWorld, type Described } from '../testing/apply/apply-world.ts';
import { Crash, filesFailingAt, filesThatCrashAt } from '../testing/apply/watched-files.ts';

const BASE: Described = { kept: 'k', edit: 'e1', mode: 'm1', gone: 'g1', 'dir/inner': 'i1', 'dir/other': 'o1', flat: 'f1', link: '-> kept', 'old/deep/x': 'x1' };
const TARGET: Described = { kept: 'k', edit: 'e2', mode: 'x:m1', dir: 'd2', 'flat/below': 'b2', link: '-> edit', fresh: 'n2', 'own.env': 'theirs' };
const IGNORED: Described = { 'own.env': 'mine' };
const isVersion = (path: string, described: string | undefined) => [BASE[path], TARGET[path], IGNORED[path], undefined].includes(described);

async function openWorld(): Promise<ApplyWorld> {
  const world = await ApplyWorld.open(BASE);
  await world.lay(IGNORED);
  world.vcs.ignores = (path) => path.endsWith('.env');
  return world;
}

/** After the next run of the program: whole versions only, and nothing missing that the target has not removed. */
async function expectInOrder(world: ApplyWorld): Promise<void> {
  await world.applier().recover();
  const tree = await world.read();
  for (const [path, described] of Object.entries(tree)) if (!path.endsWith('/')) expect([path, isVersion(path, described)]).toEqual([path, true]);
  for (const path of Object.keys(BASE)) if (path in TARGET) expect(tree).toHaveProperty([path]);
  expect([...Object.values(tree), ...(await world.rescued())]).toContain('mine');
}

async function expectConverges(world: ApplyWorld): Promise<void> {
  expect(await world.apply(BASE, TARGET)).toMatchObject({ outcome: 'applied', copies: [] });
  expect(await world.read()).toEqual(TARGET);
  await world.applier().recheckAsides();
  expect(await world.leftOver()).toEqual([]);
  expect(await world.rescued()).toEqual(['mine']);
}

describe('killed at any changing call', () => {
  it('comes back to order at the next start, and converges', async () => {
    let points = 0;
    for (let crashed = true; crashed; points++) {
      const world = await openWorld();
      const run = filesThatCrashAt(points);
      const applied = world.apply(BASE, TARGET, { applier: world.applier(run.files) });
      if (run.crashed) await expect(applied).rejects.toThrow(Crash);
      else await applied.catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
      crashed = run.crashed;
      await expectInOrder(world);
      await expectConverges(world);
      await world.close();
    }
    expect(points).toBeGreaterThan(30);
  });

  it('comes back to order when it is killed while coming back', async () => {
    for (const first of [14, 19, 23, 27, 32]) {
      let crashed = true;
      for (let second = 0; crashed; second++) {
        const world = await openWorld();
        await world.apply(BASE, TARGET, { applier: world.applier(filesThatCrashAt(first).files) }).catch(() => undefined);
        const run = filesThatCrashAt(second);
        await world.applier(run.files).recover();
        crashed = run.crashed;
        await expectInOrder(world);
        await expectConverges(world);
        await world.close();
      }
    }
  });
});

describe('failing at any changing call', () => {
  it.each([
    ['ENOSPC', 'disk-full', true],
    ['ENOSPC', 'disk-full', false],
    ['EROFS', 'read-only', true],
  ] as const)('with %s, says %s and leaves everything in order (once: %s)', async (code, expected, onlyOnce) => {
    let troubles = 0;
    for (let n = 0, outcome = 'trouble'; outcome === 'trouble'; n++) {
      const world = await openWorld();
      const result = await world.apply(BASE, TARGET, { applier: world.applier(filesFailingAt(n, code, onlyOnce)) });
      outcome = result.outcome;
      if (result.outcome === 'trouble') {
        troubles++;
        expect(result.code).toBe(expected);
      }
      await expectInOrder(world);
      await expectConverges(world);
      await world.close();
    }
    expect(troubles).toBeGreaterThan(25);
  });
});
