import { appendFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TempRepos } from '../../testing/temp-repos.ts';
import type { Vcs } from '../vcs.ts';

const signal = new AbortController().signal;
let repos: TempRepos;
beforeEach(() => {
  repos = new TempRepos();
});
afterEach(() => repos.dispose());

/** What fetching, asking and pushing come to; one and the same. */
async function outcomes(vcs: Vcs): Promise<string[]> {
  const head = await vcs.head();
  const tip = head.state === 'branch' ? head.commit : '';
  const met = [await vcs.fetch('origin', 'main', signal), await vcs.remoteTip('origin', 'main', signal), await vcs.push({ remote: 'origin', branch: 'main', tip, since: null }, signal)];
  return met.map((one) => (one.outcome === 'trouble' ? `${one.code} ${one.params['reason']}` : one.outcome));
}

async function elsewhere(address: (hub: string) => string): Promise<{ path: string; evil: string; vcs: Vcs; git: (...args: string[]) => Promise<string> }> {
  const { path, remote } = await repos.withRemote();
  const ada = repos.machine('ada');
  const evil = repos.path('evil.git');
  await ada.git(repos.root, 'init', '-q', '--bare', 'evil.git');
  await ada.git(path, 'remote', 'set-url', 'origin', address(remote));
  return { path, evil, vcs: await ada.vcs(path), git: (...args) => ada.git(...(args as [string])) };
}

describe('an address that was agreed to', () => {
  it('is not exchanged by a remote that is called like it', async () => {
    const { path, evil, vcs, git } = await elsewhere((hub) => `file://${hub}`);
    const address = await vcs.remoteUrl('origin');
    appendFileSync(join(path, '.git/config'), `[remote "${address}"]\n\turl = ${evil}\n`);
    expect(await outcomes(vcs)).toEqual(Array(3).fill('remote-changed shadowed'));
    expect(await git(evil, 'for-each-ref')).toBe('');
  });

  it('is not exchanged by a remote that is called like it without the password', async () => {
    const { path, evil, vcs } = await elsewhere(() => 'https://ada:hunter22@host.invalid/x.git');
    appendFileSync(join(path, '.git/config'), `[remote "https://host.invalid/x.git"]\n\turl = ${evil}\n`);
    expect(await outcomes(vcs)).toEqual(Array(3).fill('remote-changed shadowed'));
  });

  it.each(['remotes', 'branches'])('is not exchanged by a file in .git/%s', async (folder) => {
    const { path, evil, vcs } = await elsewhere(() => 'host.invalid:x.git');
    mkdirSync(join(path, '.git', folder), { recursive: true });
    writeFileSync(join(path, '.git', folder, 'host.invalid:x.git'), folder === 'remotes' ? `URL: ${evil}\n` : `${evil}\n`);
    expect(await outcomes(vcs)).toEqual(Array(3).fill('remote-changed shadowed'));
  });

  it.each([
    ['by its path', (path: string) => join(path, '.git/evil.git')],
    ['by its path without the ending', (path: string) => join(path, '.git/evil')],
    ['by a file address', (path: string) => `file://${path}/.git/evil.git`],
    ['by a way round', (path: string) => `${path}/../work/.git/evil.git`],
    ['through a link', () => repos.path('link/evil.git')],
    ['through a link, without the ending', () => repos.path('link/evil')],
  ])('is no repository in the folder itself, which would bring its hooks along: %s', async (_, address) => {
    const { path, vcs, git } = await elsewhere((hub) => hub);
    const canary = repos.path('canary');
    symlinkSync(join(path, '.git'), repos.path('link'));
    await git(path, 'clone', '-q', '--bare', path, '.git/evil.git');
    writeFileSync(join(path, '.git/evil.git/hooks/pre-receive'), `#!/bin/sh\ntouch ${canary}\n`, { mode: 0o755 });
    await git(path, 'remote', 'set-url', 'origin', address(path));
    expect(await outcomes(vcs)).toEqual(Array(3).fill('remote-changed inside-itself'));
    expect(existsSync(canary)).toBe(false);
  });
});
