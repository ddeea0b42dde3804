import { chmodSync, lstatSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFiles } from '../ports/node-files.ts';
import { commitAll, TempRepos, write, type Clone, type Files } from '../testing/temp-repos.ts';
import type { Vcs } from '../vcs/vcs.ts';
import type { Applier, ApplyOutcome } from './applier.ts';
import { createApplier } from './work-tree-applier.ts';

const signal = new AbortController().signal;
let repos: TempRepos;
beforeEach(() => {
  repos = new TempRepos();
});
afterEach(() => repos.dispose());

/** Two clones; what `ada` pushes is fetched by `grace`, ready to be applied. */
async function incoming(base: Files, change: (ada: Clone) => void | Promise<void>): Promise<{ grace: Clone; vcs: Vcs; applier: Applier; pull: () => Promise<ApplyOutcome> }> {
  const { ada, grace } = await repos.twoClones(base);
  await change(ada);
  const to = await commitAll(ada.machine, ada.path, 'incoming');
  await ada.machine.git(ada.path, 'push', '-q', 'origin', 'main');
  const vcs = await grace.machine.vcs(grace.path);
  await vcs.fetch('origin', 'main', signal);
  const applier = createApplier({ ports: grace.machine.ports, vcs });
  const pull = async () => {
    const head = await vcs.head();
    const from = head.state === 'branch' ? head.commit : null;
    const changes = await vcs.diff(from, to, signal);
    const outcome = await applier.apply({ from, to, changes, machine: 'grace' }, signal);
    if (outcome.outcome === 'applied') expect(await vcs.advance({ branch: 'main', from, to, changes, why: 'pull' })).toBe(true);
    return outcome;
  };
  return { grace, vcs, applier, pull };
}

describe('with real git', () => {
  it('writes what git would have written: line endings, modes, links, odd names', async () => {
    const base = { '.gitattributes': '*.bat text eol=crlf\n', 'run.bat': 'one\r\n', 'old/a': 'a', 'kind': 'file', 'plain.txt': '1\n' };
    const { grace, applier, pull } = await incoming(base, ({ path }) => {
      write(path, { 'run.bat': 'two\r\n', 'old/a': null, 'kind': null, 'new/x': 'y' });
      write(path, { 'kind/inside': 'dir', 'new/deep/ü (1).txt': 'x', 'tool.sh': '#!/bin/sh\n', 'plain.txt': '2\n' });
      chmodSync(join(path, 'tool.sh'), 0o755);
      symlinkSync('../nowhere', join(path, 'new/link'));
    });
    expect(await pull()).toMatchObject({ outcome: 'applied', copies: [], rescued: [] });
    expect(await grace.machine.git(grace.path, 'status', '--porcelain', '--ignored')).toBe('');
    expect(readFileSync(join(grace.path, 'run.bat'), 'utf8')).toBe('two\r\n');
    expect(lstatSync(join(grace.path, 'tool.sh')).mode & 0o777).toBe(0o755);
    expect(readlinkSync(join(grace.path, 'new/link'))).toBe('../nowhere');
    expect(lstatSync(join(grace.path, 'old'), { throwIfNoEntry: false })).toBeUndefined();
    expect(await applier.recheckAsides()).toEqual({ copies: [], waiting: false });
    await grace.machine.git(grace.path, 'fsck', '--strict');
  });

  it('sets aside an ignored file that the other machine added by force (git overwrites it)', async () => {
    const { grace, vcs, pull } = await incoming({ '.gitignore': '*.env\n' }, async ({ machine, path }) => {
      write(path, { 'x.env': 'KEY=ada\n' });
      await machine.git(path, 'add', '-f', 'x.env');
    });
    write(grace.path, { 'x.env': 'KEY=grace\n' });
    expect(await pull()).toMatchObject({ outcome: 'applied', copies: [], rescued: ['x.env'] });
    expect(readFileSync(join(grace.path, 'x.env'), 'utf8')).toBe('KEY=ada\n');
    const rescued = (await nodeFiles.list(`${vcs.ownDirectory}/rescue`)).map(({ name }) => name.toString()).find((name) => !name.endsWith('.json'));
    expect(readFileSync(`${vcs.ownDirectory}/rescue/${rescued}`, 'utf8')).toBe('KEY=grace\n');
    expect(await grace.machine.git(grace.path, 'status', '--porcelain', '--ignored')).toBe('');
  });

  it('does not take modes for edits where the repository keeps none', async () => {
    const { grace, pull } = await incoming({ 'a.txt': 'base\n' }, ({ path }) => write(path, { 'a.txt': 'theirs\n' }));
    await grace.machine.git(grace.path, 'config', 'core.fileMode', 'false');
    chmodSync(join(grace.path, 'a.txt'), 0o755);
    expect(await pull()).toMatchObject({ outcome: 'applied', copies: [] });
    expect(readFileSync(join(grace.path, 'a.txt'), 'utf8')).toBe('theirs\n');
  });

  it('lets local changes be committed first', async () => {
    const { grace, pull } = await incoming({ 'a.txt': 'base\n' }, ({ path }) => write(path, { 'a.txt': 'theirs\n', 'n.txt': 'theirs\n' }));
    write(grace.path, { 'a.txt': 'mine\n', 'n.txt': 'mine\n' });
    expect(await pull()).toEqual({ outcome: 'local-changes', paths: ['a.txt', 'n.txt'] });
    expect(await grace.machine.git(grace.path, 'status', '--porcelain')).toBe(' M a.txt\n?? n.txt');
  });

  it('takes up a submodule without touching what is in it', async () => {
    const { grace, pull } = await incoming({ a: '1' }, async ({ machine, path }) => {
      await machine.git(path, 'init', '-q', 'module');
      write(path, { 'module/own': 'x' });
      await commitAll(machine, join(path, 'module'), 'in the module');
    });
    expect(await pull()).toMatchObject({ outcome: 'applied' });
    expect(lstatSync(join(grace.path, 'module')).isDirectory()).toBe(true);
    expect(await grace.machine.git(grace.path, 'status', '--porcelain')).toBe('');
  });
});
