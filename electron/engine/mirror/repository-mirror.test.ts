import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MirrorPair } from '../testing/mirror-pair.ts';

const signal = new AbortController().signal;
let pair: MirrorPair;
beforeEach(async () => {
  pair = await MirrorPair.open();
});
afterEach(() => pair.dispose());

const ask = { options: { lfs: false, deletions: 'ask', rewrites: 'ask', keepDays: 90 } } as const;

describe('a local mirror', () => {
  it('is a whole copy, and says so', async () => {
    const standing = await pair.run();
    expect(standing).toMatchObject({ state: 'in-sync', refs: 2, problem: null, defaultBranch: 'main' });
    expect(await pair.refsOf(pair.store)).toEqual(await pair.refsOf(pair.source));
    expect(await pair.check()).toMatchObject({ state: 'in-sync', refs: 2 });
    await pair.ada.git(pair.repos.root, 'clone', '-q', pair.store, 'from-mirror');
    expect(await pair.tip('HEAD', pair.repos.path('from-mirror'))).toBe(await pair.tip('main'));
    expect(readdirSync(pair.repos.path('mirrors'))).toEqual(['source.git']);
  });

  it('shows nobody what is its own', async () => {
    await pair.run();
    expect(await pair.ada.git(pair.repos.root, 'ls-remote', pair.store)).not.toContain('lockstep');
  });

  it('takes what comes, grows and goes, and keeps what it replaces', async () => {
    await pair.push('HEAD:refs/heads/old', 'HEAD:refs/heads/re');
    await pair.run();
    const [old, v1] = [await pair.tip('main'), await pair.tip('v1')];
    await pair.ada.git(pair.work, 'commit', '-q', '--allow-empty', '--amend', '-m', 'again');
    await pair.push('HEAD:refs/heads/re', ':refs/heads/old', 'HEAD:refs/heads/new', '+HEAD:refs/tags/v1');
    const standing = await pair.run();
    expect(standing.moved.map(({ ref, action, leave, come }) => [action, ref, leave, come])).toEqual([
      ['create', 'refs/heads/new', null, null],
      ['delete', 'refs/heads/old', null, null],
      ['rewrite', 'refs/heads/re', 1, 1],
      ['rewrite', 'refs/tags/v1', null, null],
    ]);
    expect(await pair.refsOf(pair.store)).toEqual(await pair.refsOf(pair.source));
    const backups = await pair.mirror().backups();
    expect(backups.map(({ ref, why, commit }) => [ref, why, commit]).sort()).toEqual([['refs/heads/old', 'deleted', old], ['refs/heads/re', 'rewritten', old], ['refs/tags/v1', 'moved', v1]]);
  });

  it('puts a branch where a folder of branches was, and back', async () => {
    await pair.push('HEAD:refs/heads/a');
    await pair.run();
    await pair.push(':refs/heads/a');
    await pair.push('HEAD:refs/heads/a/b');
    expect(await pair.run()).toMatchObject({ state: 'in-sync' });
    expect(Object.keys(await pair.refsOf(pair.store))).toEqual(['heads/a/b', 'heads/main', 'tags/v1']);
    await pair.push(':refs/heads/a/b');
    await pair.push('HEAD:refs/heads/a');
    expect(await pair.run()).toMatchObject({ state: 'in-sync' });
    expect((await pair.mirror().backups()).map(({ ref }) => ref).sort()).toEqual(['refs/heads/a', 'refs/heads/a/b']);
  });

  it('follows the default branch', async () => {
    await pair.push('HEAD:refs/heads/next');
    await pair.run();
    await pair.ada.git(pair.source, '--git-dir=.', 'symbolic-ref', 'HEAD', 'refs/heads/next');
    await pair.push(':refs/heads/main');
    expect(await pair.run()).toMatchObject({ state: 'in-sync', defaultBranch: 'next' });
    expect(await pair.ada.git(pair.store, '--git-dir=.', 'symbolic-ref', 'HEAD')).toBe('refs/heads/next');
  });

  it('refuses pushes, also where the person has hooks of their own, until it is given back', async () => {
    await pair.run();
    pair.ada.configure(`[user]\nname=ada\nemail=a@a\n[core]\nhooksPath=${pair.repos.path('no-hooks')}\n`);
    await pair.commit('three');
    const push = (): Promise<string> => pair.ada.git(pair.work, 'push', pair.store, 'HEAD:refs/heads/main');
    await expect(push()).rejects.toThrow(/This repository is a mirror: push to its source/);
    // Somebody took it away.
    writeFileSync(join(pair.store, 'hooks/pre-receive'), '#!/bin/sh\nexit 0\n');
    await pair.run();
    await expect(push()).rejects.toThrow(/This repository is a mirror/);
    await pair.mirror().release();
    await push();
    expect((await pair.refsOf(pair.store))['heads/main']).toBe(await pair.tip('main'));
  });

  it('is put right where somebody moved its refs by hand, and keeps what they had', async () => {
    await pair.run();
    const theirs = await pair.tip('v1');
    await pair.ada.git(pair.store, '--git-dir=.', 'update-ref', 'refs/heads/main', theirs);
    await pair.ada.git(pair.store, '--git-dir=.', 'update-ref', 'refs/heads/own', theirs);
    expect(await pair.check()).toMatchObject({ state: 'ahead' });
    expect(await pair.run()).toMatchObject({ state: 'in-sync', refs: 3 });
    expect(await pair.refsOf(pair.store)).toEqual({ ...(await pair.refsOf(pair.source)), 'heads/own': theirs });
  });

  it('makes a branch of a backup, and no run takes it away', async () => {
    await pair.run();
    const lost = await pair.tip('main');
    await pair.push(`${await pair.tip('v1')}:refs/heads/main`);
    await pair.run();
    const [backup] = await pair.mirror().backups();
    expect(backup).toMatchObject({ ref: 'refs/heads/main', why: 'rewritten', commit: lost });
    const { name = '' } = backup ?? {};
    expect(await pair.mirror().restore(name, 'main', signal)).toEqual({ outcome: 'name-taken' });
    expect(await pair.mirror().restore(name, '-x', signal)).toEqual({ outcome: 'bad-name' });
    expect(await pair.mirror().restore(`${name}x`, 'saved', signal)).toEqual({ outcome: 'no-such-backup' });
    expect(await pair.mirror().restore(name, 'saved', signal)).toEqual({ outcome: 'restored', commit: lost });
    await pair.push('HEAD:refs/heads/more');
    expect(await pair.run()).toMatchObject({ state: 'in-sync' });
    expect((await pair.refsOf(pair.store))['heads/saved']).toBe(lost);
  });
});

describe('what waits for a yes', () => {
  it('is an emptied source, until exactly that is agreed to', async () => {
    await pair.run();
    const tips = await pair.refsOf(pair.store);
    await pair.push(':refs/tags/v1');
    await pair.ada.git(pair.source, '--git-dir=.', 'update-ref', '-d', 'refs/heads/main');
    const held = await pair.run();
    expect(held).toMatchObject({ state: 'needs-approval', refs: 2, moved: [], problem: { code: 'source-emptied', params: { refs: 2 } } });
    expect(await pair.check()).toMatchObject({ state: 'needs-approval', heldDigest: held.heldDigest });
    expect(await pair.run({}, { approved: 'f'.repeat(64) })).toMatchObject({ state: 'needs-approval' });
    expect(await pair.refsOf(pair.store)).toEqual(tips);
    expect(await pair.run({}, { approved: held.heldDigest })).toMatchObject({ state: 'empty', refs: 0 });
    expect((await pair.mirror().backups()).map(({ commit }) => commit).sort()).toEqual(Object.values(tips).sort());
  });

  it('is a rewritten branch where that is asked for; others go on', async () => {
    await pair.run(ask);
    const before = await pair.tip('main');
    await pair.push('v1^{commit}:refs/heads/main', 'HEAD:refs/heads/new');
    const held = await pair.run(ask);
    expect(held).toMatchObject({ state: 'needs-approval', problem: { code: 'remote-rewritten', params: { branch: 'main', count: 1 } } });
    expect(await pair.refsOf(pair.store)).toMatchObject({ 'heads/main': before, 'heads/new': before });
    expect(await pair.mirror(ask).preview(signal)).toMatchObject({ action: 'skip', why: 'needs-approval', refs: [{ ref: 'refs/heads/main', action: 'rewrite', leave: 1, come: 0 }] });
    expect(await pair.run(ask, { approved: held.heldDigest })).toMatchObject({ state: 'in-sync' });
    expect(await pair.refsOf(pair.store)).toEqual(await pair.refsOf(pair.source));
  });
});

describe('a preview', () => {
  it('tells growth from rewriting before anything is fetched, and writes nothing', async () => {
    expect(await pair.mirror().preview(signal)).toMatchObject({ action: 'create', refs: [{ ref: 'refs/heads/main', action: 'create' }, { ref: 'refs/tags/v1' }] });
    expect(existsSync(pair.store)).toBe(false);
    await pair.push('HEAD:refs/heads/re');
    await pair.run();
    expect(await pair.mirror().preview(signal)).toEqual({ action: 'exists', refs: [], problem: null });
    await pair.commit('three');
    await pair.push('main');
    await pair.ada.git(pair.work, 'commit', '-q', '--allow-empty', '--amend', '-m', 'other three');
    await pair.push('HEAD~1:refs/heads/x', 'HEAD:refs/heads/re');
    await pair.ada.git(pair.work, 'checkout', '-q', '--orphan', 'o');
    await pair.commit('without a parent');
    await pair.push('HEAD:refs/heads/re');
    const before = readdirSync(pair.store, { recursive: true }).sort();
    expect((await pair.mirror().preview(signal)).refs.map(({ ref, action, leave, come }) => [action, ref, leave, come])).toEqual([['fast-forward', 'refs/heads/main', 0, 1], ['rewrite', 'refs/heads/re', 2, 1], ['create', 'refs/heads/x', null, null]]);
    expect(readdirSync(pair.store, { recursive: true }).sort()).toEqual(before);
    expect(readdirSync(pair.repos.path('scratch'))).toEqual([]);
  });
});

describe('what is not ours', () => {
  it.each(['a folder', 'a file', 'a repository', 'another mirror'])('%s at the place of the store is left alone', async (what) => {
    if (what === 'a file') writeFileSync(pair.store, 'x');
    else if (what === 'a repository') await pair.ada.git(pair.repos.root, 'init', '-q', '--bare', pair.store);
    else if (what === 'another mirror') await pair.run({ identity: 'somebody/else' });
    else await pair.ada.git(pair.repos.root, 'init', '-q', pair.store);
    const before = what === 'a file' ? [] : readdirSync(pair.store, { recursive: true }).sort();
    expect(await pair.run()).toMatchObject({ state: 'never-synced', problem: { code: 'target-taken', action: 'open-folder' } });
    if (what !== 'a file') expect(readdirSync(pair.store, { recursive: true }).sort()).toEqual(before);
  });
});

describe('sources that cannot be had', () => {
  it('tells an empty one from one that is gone', async () => {
    await pair.ada.git(pair.repos.root, 'init', '-q', '--bare', 'empty.git');
    expect(await pair.run({ source: { url: pair.repos.path('empty.git'), credential: null } })).toMatchObject({ state: 'empty', problem: null });
    expect(await pair.run({ source: { url: pair.repos.path('nowhere.git'), credential: null } })).toMatchObject({ state: 'unavailable', problem: { code: 'remote-gone' } });
    expect(existsSync(pair.store)).toBe(false);
  });

  it('keeps what it has when the source goes', async () => {
    await pair.run();
    const gone = { source: { url: pair.repos.path('nowhere.git'), credential: null } };
    expect(await pair.run(gone)).toMatchObject({ state: 'unavailable', refs: 2 });
    expect(await pair.check(gone)).toMatchObject({ state: 'unavailable', refs: 2 });
    expect(Object.keys(await pair.refsOf(pair.store))).toHaveLength(2);
  });

  it('asks for room before the first copy', async () => {
    expect(await pair.run({ expectedBytes: 1e18 })).toMatchObject({ state: 'never-synced', problem: { code: 'disk-full', params: { bytes: 2e18 + 1e9 } } });
  });
});
