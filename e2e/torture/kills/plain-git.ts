import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { token } from './chance.ts';
import { eachOf } from './each-of.ts';
import { GitStandIn } from './git-stand-in.ts';
import type { GitPoint } from './point.ts';
import { locksIn } from './locks.ts';
import { World, write } from './world.ts';

/** What a script does that keeps a folder in step with git alone. */
const SYNC: readonly (readonly string[])[] = [
  ['add', '-A'],
  ['commit', '-qm', 'Save'],
  ['fetch', '-q', 'origin'],
  ['merge', '-q', '--no-edit', 'origin/main'],
  ['push', '-q', 'origin', 'main'],
];
const LIMIT_MS = 30_000;

export interface PlainTally {
  readonly points: number;
  /** Left a lock that git never removes. */
  readonly locked: number;
  /** Of what was saved afterwards, nothing reached the hub. */
  readonly blocked: number;
}

/** The same work by `git add, commit, fetch, merge, push`, killed in the same way: how often it does not go on. */
export async function killPlainGit({ seed, directory, lanes }: { seed: number; directory: string; lanes: number }): Promise<PlainTally> {
  const template = await World.create(join(directory, 'plain'), { edited: token(seed, 'edited'), theirs: token(seed, 'theirs') });
  write(template.watched, { edited: token(seed, 'edited here'), fresh: token(seed, 'fresh') });
  await template.changeElsewhere({ theirs: token(seed, 'theirs there') });
  const points = await listed(template, join(directory, 'plain-list'));
  const tally = { points: 0, locked: 0, blocked: 0 };
  await eachOf(points, lanes, async (point, lane) => {
    const world = await template.copyTo(join(directory, `plain-${lane}`));
    const git = new GitStandIn(world);
    git.arm(point);
    await sync(world, git.env);
    git.rest();
    tally.points += 1;
    if (locksIn(world).length > 0) tally.locked += 1;
    const saved = token(seed, 'saved afterwards');
    write(world.watched, { later: saved });
    await sync(world, world.env);
    const sent = await world.git('hub.git', 'show', 'main:later').catch(() => '');
    if (sent !== saved.trim()) tally.blocked += 1;
    world.remove();
  });
  template.remove();
  return tally;
}

async function listed(template: World, directory: string): Promise<GitPoint[]> {
  const world = await template.copyTo(directory);
  const git = new GitStandIn(world);
  git.list();
  await sync(world, git.env);
  const points = git.points('plain').filter(({ program }) => program === 'lives');
  world.remove();
  return points;
}

/** To the end, or to the first step that fails; the commit may have nothing to do. */
async function sync(world: World, env: Readonly<Record<string, string>>): Promise<void> {
  for (const step of SYNC) {
    const done = await promisify(execFile)('git', step, { cwd: world.watched, env: { ...env }, timeout: LIMIT_MS }).then(() => true, () => false);
    if (!done && step[0] !== 'commit') return;
  }
}
