import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApplyWorld } from '../testing/apply/apply-world.ts';
import { TempRepos } from '../testing/temp-repos.ts';

/** Whoever hands somebody a repository may have put into it what only Lockstep writes: records of what is still to be done. */
describe('a record that is not ours', () => {
  let world: ApplyWorld;
  beforeEach(async () => {
    world = await ApplyWorld.open({ a: 'a' });
  });
  afterEach(() => world.close());

  const RUN = 'apply/20260101T000000000Z-1';
  function plant(files: Readonly<Record<string, string>>): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(world.ownDirectory, name)), { recursive: true });
      writeFileSync(join(world.ownDirectory, name), content);
    }
  }
  const journal = (path: string, machine = 'm'): string => JSON.stringify({ version: 1, machine, entries: [{ path, before: null, after: null, rescue: false }] });

  it.each(['../outside', '../../outside', '/tmp/outside', 'sub/../../../outside', '.git/hooks/post-checkout', '.git/config', '.GIT/x', '', 'a\0b', '.hg/hgrc'])('puts nothing out of the folder, nor into the repository: %j', async (path) => {
    plant({ [`${RUN}/journal.json`]: journal(path), [`${RUN}/aside/0`]: 'planted' });
    await world.applier().recover();
    expect(readdirSync(world.directory)).toEqual(['tree']);
    expect(readdirSync(world.workTree).sort()).toEqual(['.git', 'a']);
    expect(readdirSync(join(world.workTree, '.git'))).toEqual(['lockstep']);
    // Not understood, so nothing of it is lost either.
    expect(await world.rescued()).toEqual(['planted']);
  });

  it('names no copy by a path', async () => {
    plant({ [`${RUN}/applied.json`]: journal('a', '../../x/y'), [`${RUN}/aside/0`]: 'planted' });
    await world.applier().recheckAsides();
    expect(readdirSync(world.directory)).toEqual(['tree']);
    expect(readdirSync(world.workTree).every((name) => !name.includes('/'))).toBe(true);
  });
});

describe('locks that are not ours', () => {
  let repos: TempRepos;
  beforeEach(() => {
    repos = new TempRepos();
  });
  afterEach(() => repos.dispose());

  it('stay, wherever a record says that they are', async () => {
    const { path, remote } = await repos.withRemote();
    const other = await repos.committed({ x: 'x' }, repos.machine('ada'), 'other');
    const named = [repos.path('precious'), repos.path('yarn.lock'), join(path, 'Cargo.lock'), join(other, '.git/index.lock'), join(path, '.git/../../yarn.lock'), join(path, '.git/config')];
    for (const file of named.slice(0, 4)) writeFileSync(file, 'precious');
    const ours = [join(path, '.git/refs/heads/main.lock'), join(remote, 'refs/heads/main.lock')];
    for (const file of ours) writeFileSync(file, '');
    const config = readFileSync(join(path, '.git/config'), 'utf8');
    mkdirSync(join(path, '.git/lockstep'));
    writeFileSync(join(path, '.git/lockstep/locks.json'), JSON.stringify({ pid: 999_999, startTime: 'long ago', locks: [...named, ...ours], index: null }));
    expect(await (await repos.machine('ada').vcs(path)).recover()).toEqual(ours);
    for (const file of named.slice(0, 4)) expect(existsSync(file), file).toBe(true);
    expect(readFileSync(join(path, '.git/config'), 'utf8')).toBe(config);
  });
});
