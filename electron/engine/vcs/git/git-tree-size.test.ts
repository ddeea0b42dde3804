import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inOrder, RawObjects, type RawEntry } from '../../testing/hostile/raw-objects.ts';
import { TempRepos, type TestMachine } from '../../testing/temp-repos.ts';
import { clone } from '../clone.ts';
import { parseRemoteUrl } from '../remote-url.ts';

const signal = new AbortController().signal;
let repos: TempRepos;
let ada: TestMachine;
let path: string;
let remote: string;
beforeEach(async () => {
  repos = new TempRepos();
  // Should the guard fail, git dies of this and not the machine.
  mkdirSync(repos.path('bin'));
  writeFileSync(repos.path('bin/git'), '#!/bin/sh\nulimit -v 4000000\nPATH=${PATH#*:}\nexec git "$@"\n');
  chmodSync(repos.path('bin/git'), 0o755);
  ada = repos.machine('ada', (ports) => ({ ...ports, host: { ...ports.host, env: { ...ports.host.env, PATH: `${repos.path('bin')}:${ports.host.env['PATH'] ?? ''}` } } }));
  ({ path, remote } = await repos.withRemote(undefined, ada));
});
afterEach(() => repos.dispose());

/** Trees that hold each other: `width` to the power of `levels` files. */
function bomb(levels: number, width = 10): RawEntry {
  const objects = new RawObjects(remote);
  let id = objects.blob('x');
  for (let level = 0; level < levels; level++) id = objects.tree(inOrder(Array.from({ length: width }, (_, number): RawEntry => ({ mode: level === 0 ? '100644' : '40000', name: `n${number}`, is: { id } }))));
  return { mode: '40000', name: 'bomb', is: { id } };
}

async function push(entry: RawEntry): Promise<string> {
  const objects = new RawObjects(remote);
  const commit = objects.commit(objects.tree([entry]), [await ada.git(path, 'rev-parse', 'HEAD')]);
  writeFileSync(join(remote, 'refs/heads/main'), `${commit}\n`);
  return commit;
}

describe('trees without end', () => {
  it.each([
    ['ten billion files', 10, 10],
    ['folders in folders', 5000, 1],
  ])('are not taken in: %s', async (_, levels, width) => {
    await push(bomb(levels, width));
    const vcs = await ada.vcs(path);
    for (let round = 0; round < 2; round++) expect(await vcs.fetch('origin', 'main', signal)).toMatchObject({ outcome: 'trouble', code: 'remote-damaged' });
  });

  it('are not cloned', async () => {
    await push(bomb(10));
    const url = parseRemoteUrl(remote);
    if (!url.ok) throw new Error(url.reason);
    await expect(clone({ ports: ada.ports, runner: ada.runner }, { url: url.url, path: repos.path('cloned'), branch: undefined }, signal)).rejects.toMatchObject({ code: 'remote-damaged' });
  });

  it('are taken in when there is an end', async () => {
    const tip = await push(bomb(4));
    const vcs = await ada.vcs(path);
    expect(await vcs.fetch('origin', 'main', signal)).toMatchObject({ outcome: 'fetched', tip });
    expect(await vcs.diff(null, tip, signal)).toHaveLength(10_000);
  });
});
