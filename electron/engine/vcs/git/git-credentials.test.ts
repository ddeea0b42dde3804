import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ports, ProcessRequest } from '../../ports.ts';
import { GitHttpsServer } from '../../testing/hostile/git-https-server.ts';
import { MemoryLog } from '../../testing/memory-log.ts';
import { TempRepos, type TestMachine } from '../../testing/temp-repos.ts';
import { clone } from '../clone.ts';
import { parseRemoteUrl } from '../remote-url.ts';

const signal = new AbortController().signal;
const PASSWORD = 'canary+pass/word%1';
let repos: TempRepos;
let server: GitHttpsServer;
let seen: ProcessRequest[];
let ada: TestMachine;
beforeEach(async () => {
  repos = new TempRepos();
  await repos.withRemote(undefined, repos.machine('setup'));
  await repos.machine('setup').git(repos.path('remote.git'), 'config', 'http.receivepack', 'true');
  server = await GitHttpsServer.start(repos.root, { user: 'ada', password: PASSWORD });
  seen = [];
  ada = repos.machine('ada', (ports) => trusting(recording(ports)));
});
afterEach(async () => {
  await server.close();
  await repos.dispose();
});

const recording = (ports: Ports): Ports => ({
  ...ports,
  processes: {
    ...ports.processes,
    start: (request) => {
      seen.push(request);
      // With it git tells what it starts itself.
      return ports.processes.start({ ...request, env: { ...request.env, GIT_TRACE: repos.path('trace') } });
    },
  },
});
const trusting = (ports: Ports): Ports => ({ ...ports, host: { ...ports.host, env: { ...ports.host.env, GIT_SSL_CAINFO: server.certFile } } });

/** What anybody can see of the processes that were started: arguments and environment, in any spelling. */
const visible = (): string => decodeURIComponent(JSON.stringify(seen.map(({ args, env, command }) => [command, args, env])).replaceAll('%', '%25')) + JSON.stringify(seen.map(({ args, env }) => [args, env]));
const spellings = [PASSWORD, encodeURIComponent(PASSWORD), Buffer.from(PASSWORD).toString('base64'), Buffer.from(`ada:${PASSWORD}`).toString('base64')];
const leaks = (text: string): string[] => spellings.filter((spelling) => text.includes(spelling));

async function cloned(): Promise<string> {
  const parsed = parseRemoteUrl(server.url('remote.git'));
  if (!parsed.ok) throw new Error(parsed.reason);
  await clone({ ports: ada.ports, runner: ada.runner }, { url: parsed.url, path: repos.path('cloned'), branch: 'main' }, signal);
  return repos.path('cloned');
}

describe('a password in an address', () => {
  it('reaches the server, and nobody sees it on the way', async () => {
    const path = await cloned();
    const vcs = await ada.vcs(path);
    const tip = await ada.git(path, 'commit-tree', '-p', 'HEAD', '-m', 'x', 'HEAD^{tree}');
    expect(await vcs.push({ remote: 'origin', branch: 'main', tip, since: null }, signal)).toMatchObject({ outcome: 'pushed' });
    expect(await vcs.remoteTip('origin', 'main', signal)).toMatchObject({ outcome: 'fetched', tip });
    expect(await vcs.fetch('origin', 'main', signal)).toMatchObject({ outcome: 'fetched', tip });
    expect(seen.length).toBeGreaterThan(5);
    expect(leaks(visible())).toEqual([]);
    expect(seen.some(({ secret }) => secret?.includes(PASSWORD))).toBe(true);
  });

  it('stands in no file of a clone, and is known again all the same', async () => {
    const path = await cloned();
    const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    for (const file of files) expect(leaks(readFileSync(file, 'latin1')), file).toEqual([]);
    expect(await (await ada.vcs(path)).fetch('origin', 'main', signal)).toMatchObject({ outcome: 'fetched' });
  });

  it('is used where the person wrote it into the configuration', async () => {
    const path = await repos.committed(undefined, ada, 'by-hand');
    await ada.git(path, 'remote', 'add', 'origin', server.url('remote.git'));
    expect(await (await ada.vcs(path)).remoteTip('origin', 'main', signal)).toMatchObject({ outcome: 'fetched' });
    expect(leaks(visible())).toEqual([]);
  });

  it('is taken out of what the server says', async () => {
    const vcs = await ada.vcs(await cloned());
    // A server that says what it was told.
    writeFileSync(repos.path('remote.git/hooks/pre-receive'), `#!/bin/sh\necho 'error: the password ${PASSWORD} (${encodeURIComponent(PASSWORD)}) is too old'\nexit 1\n`, { mode: 0o755 });
    const tip = await ada.git(repos.path('cloned'), 'commit-tree', '-p', 'HEAD', '-m', 'x', 'HEAD^{tree}');
    expect(await vcs.push({ remote: 'origin', branch: 'main', tip, since: null }, signal)).toMatchObject({ code: 'remote-rejected', params: { detail: 'the password [password] ([password]) is too old' } });
    const { log } = ada.ports;
    if (log instanceof MemoryLog) expect(leaks(JSON.stringify(log.lines))).toEqual([]);
  });

  it('is left out of an ssh address, which could not use it', async () => {
    const path = await repos.committed(undefined, ada, 'by-ssh');
    await ada.git(path, 'remote', 'add', 'origin', `ssh://ada:${encodeURIComponent(PASSWORD)}@127.0.0.1:1/remote.git`);
    expect(await (await ada.vcs(path)).remoteTip('origin', 'main', signal)).toMatchObject({ outcome: 'trouble' });
    expect(leaks(visible())).toEqual([]);
    expect(visible()).toContain('ssh://ada@127.0.0.1:1/remote.git');
  });
});

it('a password in the person’s own credential helper goes through no environment', async () => {
  const path = await repos.committed(undefined, ada, 'with-helper');
  ada.configure(`[user]\nname=ada\nemail=a@a\n[credential]\nhelper = "!f() { echo username=ada; echo 'password=${PASSWORD}'; }; f"\n`);
  await ada.git(path, 'remote', 'add', 'origin', server.url('remote.git').replace(/ada:[^@]*@/, ''));
  expect(await (await ada.vcs(path)).remoteTip('origin', 'main', signal)).toMatchObject({ outcome: 'fetched' });
  expect(leaks(visible())).toEqual([]);
});

it.each(['work:', 'https://localhost:PORT/'])('a token that the person’s own configuration puts into addresses (%s) is no argument', async (instead) => {
  const path = await repos.committed(undefined, ada, 'rewritten');
  const address = server.url('remote.git');
  const [, port = ''] = /:(\d+)\//.exec(address) ?? [];
  const [base, rule] = [address.replace(/remote\.git$/, ''), instead.replace('PORT', port)];
  ada.configure(`[user]\nname=ada\nemail=a@a\n[url "${base}"]\ninsteadOf = ${rule}\n`);
  await ada.git(path, 'remote', 'add', 'origin', `${rule}remote.git`);
  const vcs = await ada.vcs(path);
  expect(await vcs.remoteTip('origin', 'main', signal)).toMatchObject({ outcome: 'fetched' });
  const tip = await ada.git(path, 'commit-tree', '-p', 'HEAD', '-m', 'x', 'HEAD^{tree}');
  expect(await vcs.push({ remote: 'origin', branch: 'other', tip, since: null }, signal)).toMatchObject({ outcome: 'pushed' });
  const traced = readFileSync(repos.path('trace'), 'utf8');
  expect(traced).toContain('git-remote-https');
  expect(leaks(traced + visible())).toEqual([]);
});

