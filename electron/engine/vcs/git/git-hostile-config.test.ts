import { appendFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { whatRan } from '../../testing/hostile/poison.ts';
import { commitAll, TempRepos, write } from '../../testing/temp-repos.ts';
import type { CommitOutcome, CommitRequest, Vcs } from '../vcs.ts';

const signal = new AbortController().signal;
let repos: TempRepos;
let canaries: string;
const servers: Server[] = [];
beforeEach(() => {
  repos = new TempRepos();
  canaries = repos.path('canaries');
  mkdirSync(canaries);
});
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await repos.dispose();
});

const filter = (canary: string): string => `[filter "evil"]\n\tclean = touch ${canaries}/${canary}\n`;
const configure = (path: string, text: string | Buffer): void => appendFileSync(join(path, '.git/config'), text);
const commit = async (vcs: Vcs): Promise<CommitOutcome> => vcs.commit({ head: (await vcs.head()) as CommitRequest['head'], message: 'm', held: [], expected: 1, brake: () => null }, signal);

const trust = async (vcs: Vcs): Promise<void> => vcs.trust({ digest: (await vcs.executingConfig())?.digest ?? null });

describe('configuration that comes later', () => {
  it.each([
    ['in a file that was not there', '../later', 'later'],
    ['behind a link', 'link', 'later'],
  ])('is read before anything runs by it: %s', async (_, included, file) => {
    const { path } = await repos.withRemote();
    symlinkSync(join(path, 'later'), join(path, '.git/link'));
    configure(path, `[include]\n\tpath = ${included}\n`);
    const vcs = await repos.machine('ada').vcs(path);
    await vcs.status(signal);
    write(path, { [file]: filter('included'), '.gitattributes': '* filter=evil\n', 'a.txt': 'two\n' });
    expect(await commit(vcs)).toMatchObject({ outcome: 'committed' });
    expect(whatRan(canaries)).toEqual([]);
  });

  it('is read when the branch makes it count', async () => {
    const { path } = await repos.withRemote();
    configure(path, '[includeIf "onbranch:evil"]\n\tpath = evil.inc\n');
    writeFileSync(join(path, '.git/evil.inc'), filter('on-branch'));
    const vcs = await repos.machine('ada').vcs(path);
    await vcs.status(signal);
    await repos.machine('ada').git(path, 'switch', '-q', '-c', 'evil');
    write(path, { '.gitattributes': '* filter=evil\n', 'a.txt': 'two\n' });
    expect(await commit(vcs)).toMatchObject({ outcome: 'committed' });
    expect(whatRan(canaries)).toEqual([]);
  });
});

describe('configuration that cannot be overridden', () => {
  it('stops everything: a name that is no text', async () => {
    const { path } = await repos.withRemote({ 'a.txt': 'one\n' });
    const name = Buffer.from([0xff]);
    configure(path, Buffer.concat([Buffer.from('[filter "'), name, Buffer.from(`"]\n\tclean = touch ${canaries}/no-text\n`)]));
    writeFileSync(join(path, '.gitattributes'), Buffer.concat([Buffer.from('* filter='), name, Buffer.from('\n')]));
    const vcs = await repos.machine('ada').vcs(path);
    expect(await commit(vcs)).toMatchObject({ outcome: 'trouble', code: 'damaged-repository' });
    expect(whatRan(canaries)).toEqual([]);
  });

  it('stops everything: more than a process can be told', async () => {
    const { path } = await repos.withRemote();
    configure(path, Array.from({ length: 20_000 }, (_, number) => `[filter "evil${number}"]\n\tclean = touch ${canaries}/many\n`).join(''));
    write(path, { 'a.txt': 'two\n', '.gitattributes': '* filter=evil7\n' });
    expect(await commit(await repos.machine('ada').vcs(path))).toMatchObject({ outcome: 'trouble', code: 'damaged-repository' });
    expect(whatRan(canaries)).toEqual([]);
  });

  it('stops everything: objects that are promised by a remote of its own', async () => {
    const { path } = await repos.withRemote();
    const ada = repos.machine('ada');
    const blob = await ada.git(path, 'rev-parse', 'HEAD:a.txt');
    configure(path, `[extensions]\n\tpartialClone = evil\n[core]\n\trepositoryFormatVersion = 1\n[remote "evil"]\n\tpromisor = true\n\turl = ${repos.path('remote.git')}\n\tuploadpack = touch ${canaries}/promised; git-upload-pack\n`);
    const vcs = await ada.vcs(path);
    await expect(vcs.readBlob(blob)).rejects.toMatchObject({ code: 'damaged-repository' });
    await trust(vcs);
    expect((await vcs.readBlob(blob)).toString()).toBe('one\n');
    expect(whatRan(canaries)).toEqual([]);
  });
});

it('runs nothing that is configured in a submodule, and takes nothing from there', async () => {
  const { path } = await repos.withRemote();
  const ada = repos.machine('ada');
  const source = await repos.committed({ f: '1\n' }, ada, 'source');
  await ada.git(path, '-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', source, 'sub');
  await commitAll(ada, path, 'With a submodule');
  appendFileSync(join(path, '.git/modules/sub/config'), `${filter('in-submodule')}[core]\n\tfsmonitor = touch ${canaries}/monitor\n`);
  writeFileSync(join(path, '.git/modules/sub/info/attributes'), '* filter=evil\n');
  configure(path, '[submodule "sub"]\n\tignore = none\n');
  write(path, { 'sub/f': '2\n', 'a.txt': 'two\n' });
  const vcs = await ada.vcs(path);
  expect((await vcs.status(signal)).changes.map(({ path: changed }) => changed)).toEqual(['a.txt']);
  expect(await vcs.snapshot(signal)).not.toBeNull();
  expect(await commit(vcs)).toMatchObject({ outcome: 'committed', changes: [{ path: 'a.txt' }], skipped: [] });
  expect(await vcs.changedSubmodules(signal)).toEqual(['sub']);
  expect(whatRan(canaries)).toEqual([]);
});

describe('the way to a server', () => {
  async function answering(seen: string[]): Promise<string> {
    const server = createServer(({ method, url }, response) => {
      seen.push(`${method} ${url}`);
      // A repository without a branch (git: protocol-http).
      response.writeHead(200, { 'content-type': 'application/x-git-upload-pack-advertisement', 'set-cookie': 'planted=1; Max-Age=1000' }).end('001e# service=git-upload-pack\n00000000');
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it.each(['[http]', '[http "http://host.invalid"]'])('is not led through a proxy of the repository\'s own (%s)', async (section) => {
    const { path } = await repos.withRemote();
    const ada = repos.machine('ada');
    const seen: string[] = [];
    configure(path, `${section}\n\tproxy = ${await answering(seen)}\n`);
    await ada.git(path, 'remote', 'set-url', 'origin', 'http://host.invalid/x.git');
    const vcs = await ada.vcs(path);
    expect(await vcs.fetch('origin', 'main', signal)).toMatchObject({ outcome: 'trouble', code: 'offline' });
    expect(seen).toEqual([]);
    expect((await vcs.executingConfig())?.keys).toHaveLength(1);
    await trust(vcs);
    await vcs.fetch('origin', 'main', signal);
    expect([...new Set(seen)]).toEqual(['GET http://host.invalid/x.git/info/refs?service=git-upload-pack']);
  });

  it('writes no cookies to a file that the repository names', async () => {
    const { path } = await repos.withRemote();
    const ada = repos.machine('ada');
    configure(path, `[http]\n\tcookieFile = ${repos.path('jar')}\n\tsaveCookies = true\n`);
    await ada.git(path, 'remote', 'set-url', 'origin', `${await answering([])}/x.git`);
    expect(await (await ada.vcs(path)).fetch('origin', 'main', signal)).toMatchObject({ outcome: 'fetched', tip: null });
    expect(existsSync(repos.path('jar'))).toBe(false);
    await ada.git(path, 'ls-remote');
    expect(readFileSync(repos.path('jar'), 'utf8'), 'plain git would have written it').toContain('planted');
  });

  it('goes through the person\'s own proxy all the same', async () => {
    const { path } = await repos.withRemote();
    const ada = repos.machine('ada');
    const seen: string[] = [];
    ada.configure(`[http]\n\tproxy = ${await answering(seen)}\n`);
    configure(path, '[http]\n\tproxy = http://127.0.0.1:1\n');
    await ada.git(path, 'remote', 'set-url', 'origin', 'http://host.invalid/x.git');
    await (await ada.vcs(path)).fetch('origin', 'main', signal);
    expect([...new Set(seen)]).toEqual(['GET http://host.invalid/x.git/info/refs?service=git-upload-pack']);
  });
});
