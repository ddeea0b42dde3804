import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LockstepError } from '../errors.ts';
import { MirrorPair } from '../testing/mirror-pair.ts';
import type { RepositoryPair } from './repository-pair.ts';

const signal = new AbortController().signal;
let pair: MirrorPair;
let target: string;
let there: Partial<RepositoryPair>;
beforeEach(async () => {
  pair = await MirrorPair.open();
  target = await pair.target();
  there = { isLocalMirror: false, target: { url: target, credential: null } };
});
afterEach(() => pair.dispose());

/** Somebody else pushes to the target. */
async function byAnotherHand(spec: string, message = 'by another hand'): Promise<string> {
  await pair.ada.git(pair.work, 'checkout', '-q', '--detach', 'main');
  const commit = await pair.commit(message);
  await pair.ada.git(pair.work, 'push', '-q', '--force', target, spec);
  await pair.ada.git(pair.work, 'checkout', '-q', 'main');
  return commit;
}

describe('a mirror at another remote', () => {
  it('gets what the source has, follows it, and keeps what is its own', async () => {
    await pair.ada.git(pair.work, 'push', '-q', target, 'v1^{commit}:refs/heads/theirs', 'HEAD:refs/pull/1/head');
    await pair.push('HEAD:refs/heads/old', 'HEAD:refs/pull/7/head');
    expect(await pair.run(there)).toMatchObject({ state: 'in-sync', problem: null });
    expect(await pair.refsOf(target)).toEqual({ ...(await pair.refsOf(pair.source)), 'heads/theirs': await pair.tip('v1') });
    await pair.ada.git(pair.work, 'commit', '-q', '--allow-empty', '--amend', '-m', 'again');
    await pair.push('main', ':refs/heads/old', 'HEAD:refs/heads/new', '+HEAD:refs/tags/v1');
    expect(await pair.check(there)).toMatchObject({ state: 'behind' });
    const theirs = (await pair.refsOf(target))['heads/theirs'];
    expect(await pair.run(there)).toMatchObject({ state: 'in-sync', problem: null });
    expect(await pair.refsOf(target)).toEqual({ ...(await pair.refsOf(pair.source)), 'heads/theirs': theirs });
    expect(await pair.ada.git(target, '--git-dir=.', 'for-each-ref', '--format=%(refname)', 'refs/pull', 'refs/lockstep')).toBe('refs/pull/1/head');
    expect(await pair.check(there)).toMatchObject({ state: 'in-sync' });
  });

  it('is shown in a preview as it would change there', async () => {
    const refs = async (): Promise<unknown[]> => (await pair.mirror(there).preview(signal)).refs.map(({ ref, action, leave, come }) => [action, ref, leave, come]);
    expect(await refs()).toEqual([['create', 'refs/heads/main', null, null], ['create', 'refs/tags/v1', null, null]]);
    await pair.push('HEAD:refs/heads/old');
    await pair.run(there);
    expect(await pair.mirror(there).preview(signal)).toEqual({ action: 'exists', refs: [], problem: null });
    await pair.ada.git(pair.work, 'commit', '-q', '--allow-empty', '--amend', '-m', 'again');
    await pair.push('main', 'HEAD:refs/heads/new', ':refs/heads/old');
    const expected = [['rewrite', 'refs/heads/main', 1, 1], ['create', 'refs/heads/new', null, null], ['delete', 'refs/heads/old', null, null]];
    expect(await refs()).toEqual(expect.arrayContaining(expected));
    // The store has followed already, the target could not.
    await pair.run({ ...there, target: null });
    expect(await refs()).toEqual(expect.arrayContaining([['rewrite', 'refs/heads/main', 1, 1], ['create', 'refs/heads/new', null, null], ['delete', 'refs/heads/old', null, null]]));
    await byAnotherHand('HEAD:refs/heads/main');
    expect(await pair.mirror(there).preview(signal)).toMatchObject({ action: 'update', problem: { code: 'target-diverged', action: 'decide' } });
  });

  it('is not emptied with its source', async () => {
    await pair.run(there);
    const before = await pair.refsOf(target);
    for (const ref of ['refs/heads/main', 'refs/tags/v1']) await pair.ada.git(pair.source, '--git-dir=.', 'update-ref', '-d', ref);
    expect(await pair.run(there)).toMatchObject({ state: 'needs-approval', problem: { code: 'source-emptied' } });
    expect(await pair.refsOf(target)).toEqual(before);
  });

  it('changes its default branch before the old one is deleted', async () => {
    await pair.run(there);
    await pair.push('HEAD:refs/heads/next');
    await pair.ada.git(pair.source, '--git-dir=.', 'symbolic-ref', 'HEAD', 'refs/heads/next');
    await pair.push(':refs/heads/main');
    expect(await pair.run(there)).toMatchObject({ state: 'in-sync', problem: null });
    expect(Object.keys(await pair.refsOf(target))).toEqual(['heads/next', 'tags/v1']);
    expect(await pair.ada.git(target, '--git-dir=.', 'symbolic-ref', 'HEAD')).toBe('refs/heads/next');
  });

  it('says so, and does all else, where the default branch cannot be changed', async () => {
    const asked: string[] = [];
    const refusing = {
      isLocalMirror: false,
      target: {
        url: target,
        credential: null,
        setDefaultBranch: async (branch: string) => {
          asked.push(branch);
          throw new LockstepError('not-allowed');
        },
      },
    };
    await pair.ada.git(target, '--git-dir=.', 'symbolic-ref', 'HEAD', 'refs/heads/main');
    await pair.push('HEAD:refs/heads/old');
    await pair.run(refusing);
    await pair.push('HEAD:refs/heads/next');
    await pair.ada.git(pair.source, '--git-dir=.', 'symbolic-ref', 'HEAD', 'refs/heads/next');
    await pair.push(':refs/heads/main', ':refs/heads/old');
    expect(await pair.run(refusing)).toMatchObject({ state: 'in-sync', problem: { code: 'default-branch-kept', params: { branch: 'main' } } });
    expect(asked.at(-1)).toBe('next');
    expect(Object.keys(await pair.refsOf(target))).toEqual(['heads/main', 'heads/next', 'tags/v1']);
  });

  it('puts a branch where a folder of branches was', async () => {
    await pair.push('HEAD:refs/heads/a');
    await pair.run(there);
    await pair.push(':refs/heads/a');
    await pair.push('HEAD:refs/heads/a/b');
    expect(await pair.run(there)).toMatchObject({ state: 'in-sync', problem: null });
    expect(Object.keys(await pair.refsOf(target))).toEqual(['heads/a/b', 'heads/main', 'tags/v1']);
  });

  it('says which ref the target does not take; others go', async () => {
    writeFileSync(join(target, 'hooks/update'), '#!/bin/sh\ncase $1 in refs/heads/secret) echo "not here" >&2; exit 1;; esac\n', { mode: 0o755 });
    await pair.push('HEAD:refs/heads/secret');
    expect(await pair.run(there)).toMatchObject({ state: 'behind', problem: { code: 'remote-rejected', params: { branch: 'secret' } } });
    expect(Object.keys(await pair.refsOf(target))).toEqual(['heads/main', 'tags/v1']);
  });

  it('tells a target that is gone, and goes on when it is back', async () => {
    expect(await pair.run({ ...there, target: { url: pair.repos.path('nowhere.git'), credential: null } })).toMatchObject({ state: 'unavailable', problem: { code: 'remote-gone' } });
    expect(await pair.run(there)).toMatchObject({ state: 'in-sync' });
  });
});

describe('what another hand changed at the target', () => {
  it('is left alone, and listed; other refs go', async () => {
    await pair.run(there);
    const theirs = await byAnotherHand('HEAD:refs/heads/main');
    expect(await pair.check(there)).toMatchObject({ state: 'ahead' });
    await pair.commit('three');
    await pair.push('main', 'HEAD:refs/heads/new');
    expect(await pair.check(there)).toMatchObject({ state: 'diverged' });
    const standing = await pair.run(there);
    expect(standing).toMatchObject({ state: 'diverged', problem: { code: 'target-diverged', action: 'decide', params: { branch: 'main', count: 1 } }, held: [{ ref: 'refs/heads/main', from: theirs, leave: 1, come: 1 }] });
    expect(await pair.refsOf(target)).toMatchObject({ 'heads/main': theirs, 'heads/new': await pair.tip('main') });
    expect(await pair.check(there)).toMatchObject({ state: 'diverged' });
    expect(await pair.mirror(there).targetCommits(signal)).toMatchObject([{ ref: 'refs/heads/main', commit: theirs, author: 'ada', subject: 'by another hand' }]);
  });

  it('is kept here when it is pushed over with a yes', async () => {
    await pair.run(there);
    const theirs = await byAnotherHand('HEAD:refs/heads/main');
    const { heldDigest } = await pair.run(there);
    expect(await pair.run(there, { approved: heldDigest })).toMatchObject({ state: 'in-sync', problem: null });
    expect(await pair.refsOf(target)).toEqual(await pair.refsOf(pair.source));
    expect(await pair.mirror(there).backups()).toMatchObject([{ ref: 'refs/heads/main', commit: theirs, why: 'target-overwritten' }]);
    await pair.ada.git(pair.store, '--git-dir=.', 'cat-file', '-e', theirs);
  });

  it('is another plan when it moved again', async () => {
    await pair.run(there);
    await byAnotherHand('HEAD:refs/heads/main');
    const { heldDigest } = await pair.run(there);
    await pair.commit('three');
    const theirs = await byAnotherHand('HEAD:refs/heads/main');
    expect(await pair.run(there, { approved: heldDigest })).toMatchObject({ state: 'diverged' });
    expect((await pair.refsOf(target))['heads/main']).toBe(theirs);
  });

  it('stays beside ours as a branch, where that is wanted', async () => {
    await pair.run(there);
    const theirs = await byAnotherHand('HEAD:refs/heads/main');
    const { heldDigest } = await pair.run(there);
    expect(await pair.run(there, { approved: heldDigest, renameTheirs: 'of-grace' })).toMatchObject({ state: 'in-sync' });
    expect(await pair.refsOf(target)).toEqual({ ...(await pair.refsOf(pair.source)), 'heads/of-grace': theirs });
    await pair.commit('three');
    await pair.push('main');
    await pair.run(there);
    expect((await pair.refsOf(target))['heads/of-grace']).toBe(theirs);
  });

  it('is not pushed over when its name for it is taken there', async () => {
    await pair.run(there);
    await byAnotherHand('HEAD:refs/heads/taken', 'there before');
    const theirs = await byAnotherHand('HEAD:refs/heads/main');
    const { heldDigest } = await pair.run(there);
    expect(await pair.run(there, { approved: heldDigest, renameTheirs: 'taken' })).toMatchObject({ state: 'diverged' });
    expect((await pair.refsOf(target))['heads/main']).toBe(theirs);
  });

  it('is asked about where it takes the place of a branch of ours', async () => {
    await pair.run(there);
    const theirs = await byAnotherHand('HEAD:refs/heads/a');
    await pair.push('HEAD:refs/heads/a/b', 'HEAD:refs/heads/c');
    const standing = await pair.run(there);
    expect(standing).toMatchObject({ state: 'diverged', problem: { params: { branch: 'a', count: 1 } } });
    expect(Object.keys(await pair.refsOf(target))).toEqual(['heads/a', 'heads/c', 'heads/main', 'tags/v1']);
    expect(await pair.run(there, { approved: standing.heldDigest, renameTheirs: 'of-grace' })).toMatchObject({ state: 'in-sync', problem: null });
    expect(await pair.refsOf(target)).toEqual({ ...(await pair.refsOf(pair.source)), 'heads/of-grace': theirs });
  });

  it('is nobody’s loss when a branch was deleted, or set back there', async () => {
    await pair.push('HEAD:refs/heads/b');
    await pair.run(there);
    await pair.ada.git(target, '--git-dir=.', 'update-ref', '-d', 'refs/heads/b');
    await pair.ada.git(target, '--git-dir=.', 'update-ref', 'refs/heads/main', await pair.tip('v1'));
    expect(await pair.run(there)).toMatchObject({ state: 'in-sync' });
    expect(await pair.refsOf(target)).toEqual(await pair.refsOf(pair.source));
  });
});
