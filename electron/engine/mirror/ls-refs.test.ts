import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GitServer } from '../testing/git-server.ts';
import { MirrorPair } from '../testing/mirror-pair.ts';
import { LsRefs, readListing } from './ls-refs.ts';
import { pktLine } from './pkt-lines.ts';

const signal = new AbortController().signal;
const ID = 'a'.repeat(40);

describe('the answer of a server', () => {
  const answer = (...lines: string[]): Buffer => Buffer.from(lines.map((line) => (line === '0000' || line === '0001' ? line : pktLine(line))).join(''));

  it('is read as git reads it', () => {
    const listed = readListing(answer(`${ID} HEAD symref-target:refs/heads/main\n`, `${ID} refs/heads/main\n`, `${ID} refs/heads/ä\n`, `${ID} refs/tags/v1 peeled:${ID}\n`, `${ID} refs/pull/1/head\n`, '0000'));
    expect(listed).toEqual({ head: 'refs/heads/main', refs: new Map([['refs/heads/main', ID], ['refs/heads/ä', ID], ['refs/tags/v1', ID]]) });
    expect(readListing(answer('0000'))).toEqual({ head: null, refs: new Map() });
    expect(readListing(answer(`${ID} HEAD\n`, '0000'))?.head).toBeNull();
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['one that broke off between lines', answer(`${ID} refs/heads/main\n`)],
    ['one that broke off in a line', answer(`${ID} refs/heads/main\n`, '0000').subarray(0, 20)],
    ['an error', answer('ERR access denied\n', '0000')],
    ['HTML', Buffer.from('<!doctype html><p>log in</p>')],
    ['no object ids', answer('main refs/heads/main\n', '0000')],
    ['something between', answer(`${ID} refs/heads/main\n`, '0001', '0000')],
  ])('is not believed when it is %s', (_what, content) => expect(readListing(content)).toBeNull());
});

describe('asking a server', () => {
  let pair: MirrorPair;
  let server: GitServer;
  beforeEach(async () => {
    pair = await MirrorPair.open();
    server = await GitServer.open(pair.repos.root, pair.ada.env);
  });
  afterEach(async () => {
    await server.close();
    await pair.ada.ports.http.close();
    await pair.dispose();
  });
  const list = (lsRefs = new LsRefs(pair.ada.ports), address = server.address('source.git')) => lsRefs.list(address, { username: 'ada', password: 'secret' }, signal);

  it('tells what git would tell, with one question once the host is known', async () => {
    const lsRefs = new LsRefs(pair.ada.ports);
    const listed = await list(lsRefs);
    expect(listed?.head).toBe('refs/heads/main');
    expect(Object.fromEntries(listed?.refs ?? [])).toEqual(Object.fromEntries(Object.entries(await pair.refsOf(pair.source)).map(([name, id]) => [`refs/${name}`, id])));
    await pair.ada.git(pair.repos.root, 'init', '-q', '--bare', 'empty.git');
    server.heard.length = 0;
    expect(await list(lsRefs, server.address('empty.git/'))).toEqual({ refs: new Map(), head: null });
    expect(server.heard.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /empty.git/git-upload-pack']);
    expect(server.heard[0]?.authorization).toBe(`Basic ${Buffer.from('ada:secret').toString('base64')}`);
  });

  it.each([
    ['one that wants a password', { as: 'status', status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } }],
    ['one that sends us elsewhere', { as: 'status', status: 302, headers: { location: 'http://127.0.0.1:1/x' } }],
    ['one that is unwell', { as: 'status', status: 503 }],
    ['a page', { as: 'status', status: 200, headers: { 'content-type': 'text/html' } }],
    ['one that breaks off', { as: 'stalling', afterBytes: 10 }],
  ] as const)('leaves %s to git', async (_what, behaviour) => {
    server.behaviour = behaviour;
    const giveUp = AbortSignal.timeout(1_000);
    expect(await new LsRefs(pair.ada.ports).list(server.address('source.git'), null, behaviour.as === 'stalling' ? giveUp : signal)).toBeNull();
  });

  it('leaves a server of an older kind, and one that is not there, to git', async () => {
    await pair.ada.git(pair.source, '--git-dir=.', 'config', 'uploadpack.allowFilter', 'true');
    await server.close();
    expect(await list(undefined, 'http://127.0.0.1:1/x.git')).toBeNull();
    expect(await list(undefined, pair.source)).toBeNull();
    expect(await list(undefined, 'https://ada:secret@127.0.0.1:1/x.git')).toBeNull();
  });
});
