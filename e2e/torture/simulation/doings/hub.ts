import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { World } from '../world.ts';

/** What happens to the hub, and what strangers do there. */
type HubDoing = (world: World, which: number) => Promise<unknown> | void;

const IDENTITY = ['-c', 'user.name=Stranger', '-c', 'user.email=stranger@example.org'];
const BRANCH = 'refs/heads/main';

const git = async (world: World, ...args: readonly string[]): Promise<string> => (await world.gitAtHub(...args)).trim();

/** A commit of somebody who is not one of the machines; gives its id. */
async function strangersCommit(world: World, base: string, path: string): Promise<string> {
  const blob = await world.blobAtHub(world.token());
  const index = { GIT_INDEX_FILE: `${world.hub}/strangers-index` };
  await world.gitAtHubWith(index, 'read-tree', base);
  await world.gitAtHubWith(index, 'update-index', '--add', '--cacheinfo', `100644,${blob},${path}`);
  const tree = (await world.gitAtHubWith(index, 'write-tree')).trim();
  return git(world, ...IDENTITY, 'commit-tree', tree, '-p', base, '-m', 'From elsewhere');
}

const moveBranch = (world: World, to: string): Promise<string> => world.strangers(() => git(world, 'update-ref', BRANCH, to));

export const hubDoings = {
  gone: (world) => {
    if (existsSync(world.hub)) renameSync(world.hub, `${world.hub}.away`);
  },
  rejecting: (world) => {
    if (!existsSync(world.hub)) return;
    mkdirSync(`${world.hub}/hooks`, { recursive: true });
    writeFileSync(`${world.hub}/hooks/pre-receive`, '#!/bin/sh\necho "not today" >&2\nexit 1\n');
    chmodSync(`${world.hub}/hooks/pre-receive`, 0o755);
  },
  /** Back, and friendly. */
  healed: (world) => {
    if (existsSync(`${world.hub}.away`)) renameSync(`${world.hub}.away`, world.hub);
    rmSync(`${world.hub}/hooks/pre-receive`, { force: true });
  },
  stranger: async (world, which) => {
    const tip = world.hubTip();
    if (tip) await moveBranch(world, await strangersCommit(world, tip, ['a.txt', 'strange.txt', 'kept/01.md', 'notes/b.md'][which % 4] ?? ''));
  },
  /** History is written anew: what was pushed last is gone from there. */
  forced: async (world, which) => {
    const tip = world.hubTip();
    if (!tip) return;
    const older = await git(world, 'rev-parse', '--verify', '-q', `${tip}~${1 + (which % 3)}`);
    if (older !== '') await moveBranch(world, await strangersCommit(world, older, 'strange.txt'));
  },
  emptied: async (world) => {
    if (world.hubTip()) await world.strangers(() => git(world, 'update-ref', '-d', BRANCH));
  },
} satisfies Record<string, HubDoing>;
