import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../testing/certificate.ts';
import { GitServer, type Behaviour } from '../testing/git-server.ts';
import { ProblemStage, type Expected } from '../testing/problem-stage.ts';

let stage: ProblemStage;
let server: GitServer | null = null;
beforeEach(() => {
  stage = new ProblemStage();
});
afterEach(async () => {
  await stage.close();
  await server?.close();
  server = null;
});

async function serve(certificate?: Parameters<typeof GitServer.open>[2]): Promise<GitServer> {
  server = await GitServer.open(stage.machines.directory, stage.machines.env, certificate);
  return server;
}

interface Misbehaviour extends Expected {
  readonly name: string;
  readonly behaviour: Behaviour;
}

const status = (code: number, headers: Readonly<Record<string, string>> = {}): Behaviour => ({ as: 'status', status: code, headers });

const MISBEHAVIOURS: readonly Misbehaviour[] = [
  {
    name: 'says nothing',
    behaviour: { as: 'silent' },
    code: 'timeout',
    says: /^127\.0\.0\.1 did not answer for \d+ s\. Nothing is lost; it is tried again/,
    action: 'retry',
  },
  {
    name: 'asks for a password',
    behaviour: status(401, { 'www-authenticate': 'Basic realm="notes"' }),
    code: 'auth-failed',
    says: /^127\.0\.0\.1 refused the password or key for desk/,
    action: 'sign-in',
  },
  { name: 'forbids', behaviour: status(403), code: 'auth-failed', says: /^127\.0\.0\.1 refused the password or key for desk/, action: 'sign-in' },
  { name: 'knows no such repository', behaviour: status(404), code: 'remote-gone', says: /^127\.0\.0\.1 has no repository at this address/, action: 'retry' },
  { name: 'asks to come back later', behaviour: status(429, { 'retry-after': '120' }), code: 'rate-limited', says: /server asks us to wait; it goes on by itself/, action: 'retry' },
  { name: 'has an error of its own', behaviour: status(500), code: 'offline', says: /server answers with an error \(500\)\. Changes are saved here/, action: 'retry' },
  { name: 'is overloaded', behaviour: status(503, { 'retry-after': '120' }), code: 'offline', says: /server answers with an error \(503\)/, action: 'retry' },
];

describe('a server that', () => {
  it.each(MISBEHAVIOURS)('$name: changes are committed here, and go out by themselves when it is well again', async ({ behaviour, ...expected }) => {
    const http = await serve();
    await stage.open({}, { remote: http.address('hub.git') });
    const hub = stage.hubTip();
    http.behaviour = behaviour;
    stage.save('mine.txt');
    await stage.desk.until(({ lastCommit }) => lastCommit?.message === 'Add mine.txt');
    await stage.meets(expected);
    expect(stage.hubTip()).toBe(hub);
    stage.save('more.txt');
    await stage.desk.until(({ lastCommit }) => lastCommit?.message === 'Add more.txt');
    http.behaviour = { as: 'serving' };
    await stage.mended('more.txt');
    // Only once is said what lasted for several tries.
    const said = stage.desk.engine.store.get().recent.filter(({ what }) => what === 'problem' || what === 'mended');
    expect(said.map(({ what, code }) => [what, code])).toEqual([['mended', expected.code], ['problem', expected.code]]);
  });

  it('refuses a password or a request is not asked more than once a minute', async () => {
    const http = await serve();
    await stage.open({}, { remote: http.address('hub.git') });
    for (const [code, behaviour] of [['rate-limited', status(429)], ['auth-failed', status(401, { 'www-authenticate': 'Basic' })]] as const) {
      http.behaviour = behaviour;
      const before = Date.now();
      stage.save(`${code}.txt`);
      const { problem } = await stage.desk.until((folder) => folder.problem?.code === code);
      expect(Date.parse(problem?.retryAt ?? '') - before).toBeGreaterThanOrEqual(60_000);
      http.behaviour = { as: 'serving' };
      await stage.desk.sync();
      await stage.mended(`${code}.txt`);
    }
  });

  it('stops in the middle of a transfer is given up, and the rest comes when it goes on', async () => {
    const http = await serve();
    await stage.open({}, { remote: http.address('hub.git') });
    stage.theySave({ 'theirs.txt': 'theirs\n'.repeat(10_000) });
    http.behaviour = { as: 'stalling', afterBytes: 300 };
    await stage.meets({ code: 'timeout', says: /did not answer for \d+ s/, action: 'retry' });
    expect(existsSync(stage.desk.path('theirs.txt'))).toBe(false);
    http.behaviour = { as: 'serving' };
    await stage.desk.until(({ head, problem }) => head === stage.hubTip() && problem === null);
    expect(existsSync(stage.desk.path('theirs.txt'))).toBe(true);
  });

  it('is slow is not cut while bytes come, however long it takes', async () => {
    const http = await serve();
    await stage.open({}, { remote: http.address('hub.git') });
    stage.theySave({ 'theirs.bin': randomBytes(6_000).toString('latin1') });
    // By the engine's clock 50 bytes a second: two minutes for the file alone.
    http.behaviour = { as: 'trickling', bytes: 100, everyMs: 100 };
    await stage.desk.until(({ head }) => head === stage.hubTip());
    expect(stage.desk.engine.store.get().recent.filter(({ what }) => what === 'problem')).toEqual([]);
  });

  it('shows a certificate that nobody vouches for is sent nothing', async () => {
    const https = await serve(await makeCertificate(stage.machines.directory));
    await stage.open({}, { remote: https.address('hub.git'), expectTrouble: true });
    stage.save('mine.txt');
    await stage.meets({ code: 'tls-failed', says: /^The connection to 127\.0\.0\.1 is not secure, so nothing was sent: “.*certificate/, action: 'retry' });
    expect(https.heard).toEqual([]);
    stage.git('config', '--global', 'http.sslVerify', 'false');
    await stage.desk.sync();
    await stage.mended('mine.txt');
  });

  it('nobody listens at is no network, until somebody does', async () => {
    const http = await serve();
    await stage.open({}, { remote: http.address('hub.git') });
    const { port } = http;
    await http.close();
    stage.save('mine.txt');
    await stage.meets({ code: 'offline', says: /^No network/, action: 'retry' });
    await http.listen(port);
    await stage.mended('mine.txt');
  });
});

it('one server that says nothing keeps no other folder waiting', async () => {
  const http = await serve();
  http.behaviour = { as: 'silent' };
  const desk = await stage.open();
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    const path = `${desk.folder}-${name}`;
    stage.machines.git(stage.machines.directory, 'clone', '-q', stage.machines.hub, path);
    stage.machines.git(path, 'remote', 'set-url', 'origin', http.address('hub.git'));
    await desk.engine.handlers['folder.add']({ path, name, paused: false, options: {} }, AbortSignal.timeout(5_000));
  }
  await expect.poll(() => http.heard.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(4);
  stage.save('mine.txt');
  await stage.mended('mine.txt');
  expect(desk.engine.store.get().folders.filter(({ problem }) => problem?.code === 'timeout').length).toBeLessThan(5);
});
