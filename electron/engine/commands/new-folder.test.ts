import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandInput } from '../../../shared/commands.ts';
import { openEngine } from '../engine.ts';
import type { Engine } from '../engine-face.ts';
import { resolveHome } from '../home.ts';
import { Machines } from '../testing/machines.ts';
import { nodePorts } from '../ports/node-ports.ts';

let machines: Machines;
let engine: Engine;
let work: string;
beforeEach(async () => {
  machines = new Machines();
  const home = resolveHome({ env: {}, homeDirectory: '/', hostName: 'desk', platform: 'linux', pid: 0, uid: 0 }, join(machines.directory, 'home'));
  engine = await openEngine({ ports: nodePorts({ home, processEnv: machines.env }), home, version: '0.0.0', mode: 'offline' });
  work = join(machines.directory, 'work');
});
afterEach(async () => {
  await engine.stop();
  await machines.close();
});

const add = (input: Partial<CommandInput<'folder.add'>>) => engine.handlers['folder.add']({ path: work, paused: false, options: {}, ...input }, new AbortController().signal);
const refusal = (code: string, params: object) => expect.objectContaining({ code, params: expect.objectContaining(params) as unknown }) as unknown;

describe('a branch that is named', () => {
  it('is the one checked out, or the folder is not added', async () => {
    machines.git(machines.directory, 'clone', '-q', machines.hub, work);
    await expect(add({ branch: 'nope' })).rejects.toEqual(refusal('no-branch', { branch: 'nope', present: 'main' }));
    machines.git(work, 'checkout', '-q', '--detach');
    await expect(add({ branch: 'main' })).rejects.toEqual(refusal('no-branch', { branch: 'main' }));
    machines.git(work, 'checkout', '-q', 'main');
    expect((await add({ branch: 'main' })).branch).toBe('main');
  });

  it('is checked out by a clone', async () => {
    machines.git(machines.hub, 'branch', 'drafts', 'main');
    expect((await add({ clone: machines.hub, branch: 'drafts' })).branch).toBe('drafts');
    expect(readFileSync(join(work, '.git/HEAD'), 'utf8')).toBe('ref: refs/heads/drafts\n');
  });

  it.each(['nope', 'a-tag', '-q', '--upload-pack=touch x', 'a*'])('%j, which the remote has not, is not cloned', async (branch) => {
    machines.git(machines.hub, 'tag', 'a-tag', 'main');
    await expect(add({ clone: machines.hub, branch })).rejects.toEqual(refusal('no-branch', { branch }));
    expect(existsSync(work)).toBe(false);
  });
});

it('a work tree of Mercurial is refused by its name, and not touched', async () => {
  mkdirSync(join(work, '.hg'), { recursive: true });
  await expect(add({})).rejects.toEqual(refusal('not-a-repository', { path: work, reason: 'mercurial' }));
  expect(readdirSync(join(work, '.hg'))).toEqual([]);
});

describe('a secret that would travel in clear', () => {
  const address = 'http://ada:hunter22@127.0.0.1:1/notes.git';

  it('is not cloned from', async () => {
    await expect(add({ clone: address })).rejects.toEqual(refusal('address-refused', { url: 'http://127.0.0.1:1/notes.git', reason: 'secret-in-clear' }));
    expect(existsSync(work)).toBe(false);
  });

  it('is not agreed to as a remote; the same host without it is', async () => {
    machines.git(machines.directory, 'clone', '-q', machines.hub, work);
    machines.git(work, 'remote', 'set-url', 'origin', address);
    await expect(add({})).rejects.toEqual(refusal('address-refused', { reason: 'secret-in-clear' }));
    machines.git(work, 'remote', 'set-url', 'origin', 'http://127.0.0.1:1/notes.git');
    expect((await add({})).remote).toBe('http://127.0.0.1:1/notes.git');
  });
});

describe('a clone', () => {
  const git = 'git://127.0.0.1:1/notes.git';

  it('that cannot be made says so in words of its own', async () => {
    await expect(add({ clone: join(machines.directory, 'nowhere.git') })).rejects.toEqual(refusal('remote-gone', { how: 'clone' }));
    await expect(add({ clone: git })).rejects.toEqual(refusal('offline', { how: 'clone' }));
  });

  it('ends when it is called off, and leaves nothing', async () => {
    const silent = createServer();
    const connected = once(silent, 'connection');
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const { port } = silent.address() as AddressInfo;
    const adding = add({ clone: `git://127.0.0.1:${port}/notes.git` });
    const [socket] = (await connected) as [Socket];
    await engine.handlers['folder.cancel-add']({ path: work }, new AbortController().signal);
    await expect(adding).rejects.toMatchObject({ code: 'cancelled' });
    expect(existsSync(work)).toBe(false);
    socket.destroy();
    silent.close();
  });
});
