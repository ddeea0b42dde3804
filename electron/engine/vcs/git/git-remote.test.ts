import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../testing/certificate.ts';
import { commitAll, TempRepos, write, type TestMachine } from '../../testing/temp-repos.ts';
import type { Vcs } from '../vcs.ts';

const signal = new AbortController().signal;

let repos: TempRepos;
const closing: (Server | TlsServer)[] = [];
beforeEach(() => {
  repos = new TempRepos();
});
afterEach(async () => {
  for (const server of closing.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  await repos.dispose();
});

async function listening(server: Server | TlsServer): Promise<number> {
  closing.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A repository whose `origin` is the given address. */
async function at(url: string): Promise<{ vcs: Vcs; path: string; tip: string; ada: TestMachine }> {
  const ada = repos.machine('ada');
  const path = await repos.committed();
  await ada.git(path, 'remote', 'add', 'origin', url);
  const vcs = await ada.vcs(path);
  return { vcs, path, ada, tip: await ada.git(path, 'rev-parse', 'HEAD') };
}

describe('a remote that cannot be reached', () => {
  /** What fetch, push and ls-remote say, which is the same. */
  async function trouble(url: string): Promise<string> {
    const { vcs, tip } = await at(url);
    const outcomes = [await vcs.remoteTip('origin', 'main', signal), await vcs.fetch('origin', 'main', signal), await vcs.push({ remote: 'origin', branch: 'main', tip, since: null }, signal)];
    const codes = new Set(outcomes.map((outcome) => (outcome.outcome === 'trouble' ? outcome.code : outcome.outcome)));
    return [...codes].join(' ');
  }

  it('is gone when its folder is', async () => {
    expect(await trouble(repos.path('nowhere.git'))).toBe('remote-gone');
  });
  it('is gone by file address too', async () => {
    expect(await trouble(`file://${repos.path('nowhere.git')}`)).toBe('remote-gone');
  });
  it.each([
    [401, 'auth-failed'],
    [403, 'auth-failed'],
    [404, 'remote-gone'],
    [429, 'rate-limited'],
    [500, 'offline'],
    [503, 'offline'],
  ])('answers %i over http: %s', async (status, code) => {
    const port = await listening(createServer((_, response) => response.writeHead(status, status === 401 ? { 'www-authenticate': 'Basic realm="x"' } : {}).end()));
    expect(await trouble(`http://127.0.0.1:${port}/r.git`)).toBe(code);
  });
  it('refuses the connection', async () => {
    const port = await listening(createServer());
    closing.pop()?.close();
    expect(await trouble(`http://127.0.0.1:${port}/r.git`)).toBe('offline');
  });
  it('has a name that nobody knows', async () => {
    expect(await trouble('http://no-such-host.invalid/r.git')).toBe('offline');
  });
  it('shows a certificate that nobody vouches for', async () => {
    const { certFile, keyFile } = await makeCertificate(repos.root);
    const port = await listening(createTlsServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) }, (_, response) => response.end()));
    expect(await trouble(`https://127.0.0.1:${port}/r.git`)).toBe('tls-failed');
  });
  it('hangs up in the middle', async () => {
    const server = createTcpServer((socket) => socket.on('error', () => undefined).once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/x-git-upload-pack-advertisement\r\ncontent-length: 99999\r\n\r\n001e# service=git-upload-pack\n')));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    expect(await trouble(`http://127.0.0.1:${(server.address() as AddressInfo).port}/r.git`)).toBe('offline');
    server.close();
  });
  it('has an address of a kind that is never followed', async () => {
    expect(await trouble(`ext::sh -c "touch ${repos.path('canary')}"`)).toBe('remote-changed');
  });
});

describe('a remote that answers', () => {
  it('tells a branch that it has not from one that it lost, and from losing everything', async () => {
    const { path, remote } = await repos.withRemote();
    const ada = repos.machine('ada');
    const vcs = await ada.vcs(path);
    expect(await vcs.fetch('origin', 'other', signal)).toEqual({ outcome: 'fetched', tip: null, emptied: false });
    await ada.git(path, 'push', '-q', 'origin', 'main:other');
    await ada.git(remote, 'update-ref', '-d', 'refs/heads/main');
    for (const verb of ['fetch', 'remoteTip'] as const) expect(await vcs[verb]('origin', 'main', signal)).toEqual({ outcome: 'fetched', tip: null, emptied: false });
    await ada.git(remote, 'update-ref', '-d', 'refs/heads/other');
    for (const verb of ['fetch', 'remoteTip'] as const) expect(await vcs[verb]('origin', 'main', signal)).toEqual({ outcome: 'fetched', tip: null, emptied: true });
    expect(await vcs.trackedTip('origin', 'main')).not.toBeNull();
  });

  it('was reached first by another machine', async () => {
    const { ada, grace } = await repos.twoClones();
    write(grace.path, { g: 'g' });
    await commitAll(grace.machine, grace.path, 'first');
    await grace.machine.git(grace.path, 'push', '-q');
    write(ada.path, { a: 'a' });
    const tip = await commitAll(ada.machine, ada.path, 'second');
    expect(await (await ada.machine.vcs(ada.path)).push({ remote: 'origin', branch: 'main', tip, since: null }, signal)).toMatchObject({ outcome: 'remote-moved' });
  });

  it('refuses by a hook, and its words are given', async () => {
    const { path, remote } = await repos.withRemote();
    writeFileSync(join(remote, 'hooks/pre-receive'), '#!/bin/sh\necho "error: not on a Friday"\nexit 1\n');
    chmodSync(join(remote, 'hooks/pre-receive'), 0o755);
    write(path, { a: 'a' });
    const tip = await commitAll(repos.machine('ada'), path, 'x');
    expect(await (await repos.machine('ada').vcs(path)).push({ remote: 'origin', branch: 'main', tip, since: null }, signal)).toEqual({
      outcome: 'trouble',
      code: 'remote-rejected',
      params: { reason: 'pre-receive hook declined', detail: 'not on a Friday' },
    });
  });

  it('lost a process in the middle of a push: it is not the remote that refuses', async () => {
    const { path, remote } = await repos.withRemote();
    writeFileSync(join(remote, 'hooks/pre-receive'), '#!/bin/sh\nkill -9 $$\n');
    chmodSync(join(remote, 'hooks/pre-receive'), 0o755);
    write(path, { a: 'a' });
    const tip = await commitAll(repos.machine('ada'), path, 'x');
    expect(await (await repos.machine('ada').vcs(path)).push({ remote: 'origin', branch: 'main', tip, since: null }, signal)).toMatchObject({ outcome: 'trouble', code: 'offline' });
  });

  it('is locked by a push that died there', async () => {
    const { path, remote } = await repos.withRemote();
    writeFileSync(join(remote, 'refs/heads/main.lock'), '');
    write(path, { a: 'a' });
    const tip = await commitAll(repos.machine('ada'), path, 'x');
    expect(await (await repos.machine('ada').vcs(path)).push({ remote: 'origin', branch: 'main', tip, since: null }, signal)).toEqual({
      outcome: 'trouble',
      code: 'locked',
      params: { file: join(remote, 'refs/heads/main.lock'), how: 'remote' },
    });
  });

  it('lost an object: damaged, not offline', async () => {
    const { path, remote } = await repos.withRemote();
    const ada = repos.machine('ada');
    write(path, { b: 'only here' });
    await commitAll(ada, path, 'two');
    await ada.git(path, 'push', '-q', 'origin', 'main');
    await ada.git(path, 'reset', '-q', '--hard', 'HEAD~1');
    await ada.git(path, 'update-ref', '-d', 'refs/remotes/origin/main');
    const blob = await ada.git(remote, 'rev-parse', 'main:b');
    await ada.git(path, 'reflog', 'expire', '--expire=now', '--all');
    await ada.git(path, 'gc', '-q', '--prune=now');
    rmSync(join(remote, 'objects', blob.slice(0, 2), blob.slice(2)));
    expect(await (await ada.vcs(path)).fetch('origin', 'main', signal)).toMatchObject({ outcome: 'trouble', code: 'remote-damaged' });
  });

  it('is not the one that was agreed to, when only pushing goes elsewhere', async () => {
    const { path } = await repos.withRemote();
    const ada = repos.machine('ada');
    await ada.git(path, 'config', `url.${repos.path('stolen.git')}.pushInsteadOf`, repos.path('remote.git'));
    expect(await (await ada.vcs(path)).push({ remote: 'origin', branch: 'main', tip: await ada.git(path, 'rev-parse', 'HEAD'), since: null }, signal)).toMatchObject({ outcome: 'trouble', code: 'remote-changed' });
  });

  it('knows no option or pattern by the name of a branch', async () => {
    const { path } = await repos.withRemote();
    const vcs = await repos.machine('ada').vcs(path);
    for (const branch of ['*', 'a:b', '../x', 'x\ny', 'a..b']) expect(await vcs.fetch('origin', branch, signal)).toMatchObject({ outcome: 'trouble', code: 'no-branch' });
    expect(await vcs.fetch('origin', '--upload-pack=x', signal)).toEqual({ outcome: 'fetched', tip: null, emptied: false });
    expect(await vcs.fetch('none', 'main', signal)).toMatchObject({ outcome: 'trouble', code: 'no-remote' });
  });

  it('is given the password of its address, and nobody else can read it', async () => {
    const heard: string[] = [];
    const port = await listening(
      createServer((request, response) => {
        heard.push(request.headers.authorization ?? 'none');
        response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
      }),
    );
    const args: string[] = [];
    repos.machine('ada', (ports) => ({
      ...ports,
      processes: {
        ...ports.processes,
        start: (request) => {
          args.push(...request.args);
          return ports.processes.start(request);
        },
      },
    }));
    const { vcs } = await at(`http://ada:top%20secret@127.0.0.1:${port}/r.git`);
    expect(await vcs.fetch('origin', 'main', signal)).toMatchObject({ outcome: 'trouble', code: 'auth-failed' });
    expect(heard).toContain(`Basic ${Buffer.from('ada:top secret').toString('base64')}`);
    expect(args.filter((argument) => argument.includes('secret'))).toEqual([]);
  });

  it('stops when asked to, with everything that git started', async () => {
    const server = createTcpServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { vcs } = await at(`http://127.0.0.1:${(server.address() as AddressInfo).port}/r.git`);
    const stop = new AbortController();
    server.once('connection', () => stop.abort());
    await expect(vcs.fetch('origin', 'main', stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
    server.close();
  });
});
