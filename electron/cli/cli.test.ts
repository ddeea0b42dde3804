import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FolderState } from '../../shared/app-state.ts';
import { sampleFolder, sampleProblem, sampleState } from '../../shared/testing/sample-state.ts';
import { createText } from '../../shared/text/text.ts';
import { serveSocket, type SocketServer } from '../control/socket-server.ts';
import type { EngineHandlers } from '../engine/engine-face.ts';
import { LockstepError } from '../engine/errors.ts';
import { MemoryLog } from '../engine/testing/memory-log.ts';
import { scriptedEngine, type ScriptedEngine } from '../engine/testing/scripted-engine.ts';
import { runCli, startCli } from './testing/run-cli.ts';

let directory: string;
let home: string;
let server: SocketServer | undefined;

beforeEach(async () => {
  directory = await realpath(await mkdtemp(join(tmpdir(), 'lockstep-cli-')));
  home = join(directory, 'home');
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await rm(directory, { recursive: true });
});

/** A program that runs on the home and answers as the script says. */
async function running(handlers: Partial<EngineHandlers>, folders: FolderState[] = [sampleFolder()]): Promise<ScriptedEngine> {
  const engine = scriptedEngine({ state: { folders }, handlers });
  server = await serveSocket({ file: join(home, 'lockstep.sock'), handlers: engine.handlers, text: createText(), log: new MemoryLog(), version: '0', pid: 4711 });
  return engine;
}

const repository = (name = 'notes'): string => {
  const path = join(directory, name);
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', path], { env: { PATH: process.env['PATH'], HOME: directory, GIT_CONFIG_NOSYSTEM: '1' } });
  return path;
};

const json = (text: string): unknown => {
  expect(text.trim().split('\n')).toHaveLength(1);
  return JSON.parse(text);
};

describe('wrong usage', () => {
  it.each([
    [[]],
    [['frobnicate']],
    [['folder']],
    [['folder', 'add']],
    [['status', '--frobnicate']],
    [['status', 'extra']],
    [['folder', 'add', '/x', '--commit-delay', 'soon']],
    [['folder', 'add', '/x', '--commit-delay', '-1']],
    [['folder', 'add', '/x', '--message', 'maybe']],
    [['folder', 'add', '/x', '/y']],
    [['folder', 'add', '']],
    [['folder', 'set', 'x', 'no-such=1']],
    [['folder', 'set', 'x', 'poll']],
    [['folder', 'set', 'x', 'poll=']],
    [['folder', 'set', 'x', 'paused=maybe']],
    [['folder', 'pause']],
    [['folder', 'pause', 'x', '--all']],
    [['folder', 'pause', 'x', '--for', '0']],
    [['sync', '--timeout', 'x']],
    [['history', 'x', '-n', '0']],
    [['resolve', 'x']],
    [['rescue', 'x', 'eat']],
    [['rescue', 'x', 'restore']],
    [['signal', 'xmpp', '--jid', 'a@b']],
    [['signal', 'xmpp', '--jid', 'a@b', '--password-stdin']],
    [['signal', 'off', 'carrier-pigeon']],
  ])('%j exits 2 with a sentence, or with one document', async (args) => {
    const plain = await runCli(home, args);
    expect(plain).toMatchObject({ code: 2, stdout: '' });
    expect(plain.stderr).not.toBe('');
    const documented = await runCli(home, [...args, '--json']);
    expect(documented).toMatchObject({ code: 2, stderr: '' });
    expect(json(documented.stdout)).toMatchObject({ error: { code: 'usage', message: expect.any(String) as unknown } });
  });

  it('says which value is wrong and why', async () => {
    expect((await runCli(home, ['folder', 'set', 'x', 'commit-delay=-1'])).stderr).toBe('commit-delay cannot be “-1”: it must be at least 0\n');
    expect((await runCli(home, ['folder', 'set', 'x', 'conflicts=shout'])).stderr).toBe('conflicts cannot be “shout”: it must be one of keep-both, ask\n');
    expect((await runCli(home, ['folder', 'set', 'x', 'push=perhaps'])).stderr).toBe('push cannot be “perhaps”: it must be one of true, false\n');
  });
});

it.each([[['--help']], [['folder', 'add', '--help']], [['help']], [['--version']]])('%j exits 0 and speaks on stdout', async (args) => {
  const run = await runCli(home, args);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  expect(run.stdout).not.toBe('');
});

describe('without a running program', () => {
  it('settings can be read and changed', async () => {
    const path = repository();
    const added = await runCli(home, ['folder', 'add', path, '--no-push', '--commit-delay', '0.5', '--json', '--ignore', '*.log', '*.tmp']);
    expect(added).toMatchObject({ code: 0, stderr: '' });
    expect(json(added.stdout)).toMatchObject({ id: 'notes', path, settings: { 'commit-delay': 0.5, push: false, pull: true, ignore: ['*.log', '*.tmp'] } });
    expect((await runCli(home, ['folder', 'set', path, 'max-wait=9', 'ignore=a', 'ignore=b', 'name=My notes', 'paused=yes'])).code).toBe(0);
    expect(json((await runCli(home, ['folder', 'list', '--json'])).stdout)).toMatchObject([{ name: 'My notes', paused: true, settings: { 'commit-delay': 0.5, 'max-wait': 9, ignore: ['a', 'b'] } }]);
    expect((await runCli(home, ['folder', 'remove', 'My notes'])).code).toBe(0);
    const status = await runCli(home, ['status', '--json']);
    expect(json(status.stdout)).toMatchObject({ pid: null, folders: [], mirrors: [], exports: [], problems: [] });
  });

  it('a remote that is not encrypted is taken with a warning, a password on the way to it is not', async () => {
    const path = repository();
    const remote = (...args: string[]) => execFileSync('git', ['-C', path, 'remote', ...args]);
    remote('add', 'origin', 'http://ada:hunter22@127.0.0.1:1/notes.git');
    const refused = await runCli(home, ['folder', 'add', path]);
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: 'The address http://127.0.0.1:1/notes.git is not used: http would carry the password in it in clear; use https, or leave the password out.\n' });
    remote('set-url', 'origin', 'http://127.0.0.1:1/notes.git');
    expect(await runCli(home, ['folder', 'add', path])).toMatchObject({ code: 0, stdout: 'notes\n', stderr: expect.stringContaining('127.0.0.1:1/notes.git is not encrypted') as unknown });
  });

  it('a switch is set by the name that adding has for it, too', async () => {
    await runCli(home, ['folder', 'add', repository()]);
    const set = (...assignments: string[]) => runCli(home, ['folder', 'set', 'notes', ...assignments, '--json']);
    expect(json((await set('no-push=true', 'no-commit=yes', 'no-pull=1')).stdout)).toMatchObject({ settings: { push: false, commit: false, pull: false } });
    expect(json((await set('no-push=false', 'commit=true')).stdout)).toMatchObject({ settings: { push: true, commit: true, pull: false } });
    expect((await set('no-push=perhaps')).code).toBe(2);
  });

  it.each([
    [['sync'], 4, 'not-running'],
    [['stop'], 4, 'not-running'],
    [['activity', '--follow'], 4, 'not-running'],
    [['restore', 'x', 'HEAD', 'a'], 4, 'not-running'],
    [['folder', 'remove', 'x'], 5, 'no-such-folder'],
    [['history', 'x'], 5, 'no-such-folder'],
    [['folder', 'add', '/no/such/place'], 5, 'no-such-path'],
    [['folder', 'add', '.'], 5, 'not-a-repository'],
    [['import', 'nothing.xml'], 5, 'no-such-path'],
    [['signal', 'join', 'abc'], 1, 'bad-code'],
    [['folder', 'add', 'x', '--clone', 'ext::sh'], 2, 'address-refused'],
    [['signal', 'fanout', '--url', 'foo'], 2, 'address-refused'],
    [['signal', 'fanout', '--serve', '99999'], 2, 'address-refused'],
    [['signal', 'fanout', '--serve', '127.0.0.1:99999'], 2, 'address-refused'],
  ] as const)('%j exits %i with %s', async (args, code, failure) => {
    const run = await runCli(home, [...args, '--json'], { cwd: directory });
    expect(run.code).toBe(code);
    expect(json(run.stdout)).toMatchObject({ error: { code: failure } });
  });

  it('a path that no file of a folder can have is none', async () => {
    const path = repository();
    const git = (...args: string[]) => execFileSync('git', ['-C', path, '-c', 'user.name=Test', '-c', 'user.email=test@localhost', ...args]);
    await mkdir(join(path, 'sub'));
    await writeFile(join(path, 'sub/a.txt'), 'a');
    git('add', '-A');
    git('commit', '-qm', 'One');
    await runCli(home, ['folder', 'add', path]);
    for (const outside of ['../../../etc/passwd', '/etc/passwd', 'sub/../../x', '.git/config']) {
      for (const args of [['history', 'notes', '--path', outside], ['show', 'notes', 'HEAD', outside]]) {
        const run = await runCli(home, [...args, '--json']);
        expect(run.code).toBe(5);
        expect(json(run.stdout)).toMatchObject({ error: { code: 'no-such-path', path: outside } });
      }
    }
    for (const inside of ['sub', 'sub/', './sub/a.txt', '.']) expect(json((await runCli(home, ['history', 'notes', '--path', inside, '--json'])).stdout)).toMatchObject([{ message: 'One' }]);
  });

  it('settings that could not be read are told of by every command, once', async () => {
    await runCli(home, ['folder', 'add', repository()]);
    await writeFile(join(home, 'settings.json'), '{');
    const told = expect.stringContaining('The settings could not be read') as unknown;
    const documented = await runCli(home, ['status', '--json']);
    expect(documented).toMatchObject({ code: 0, stderr: told });
    expect(json(documented.stdout)).toMatchObject({ problems: [{ code: 'settings-damaged', message: told, since: expect.any(String) as unknown }] });
    expect((await runCli(home, ['status'])).stdout).toEqual(told);
    await runCli(home, ['folder', 'add', repository('other')]);
    // Opens the home three times.
    expect((await runCli(home, ['folder', 'set', 'other', 'paused=yes'])).stderr.match(/could not be read/g)).toHaveLength(1);
  });

  it('many commands at once wait for one another', async () => {
    const runs = await Promise.all(Array.from({ length: 5 }, () => runCli(home, ['status', '--json'])));
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('with a running program', () => {
  it('paths are meant from here', async () => {
    const engine = await running({ 'folder.add': async () => sampleFolder(), resolve: async () => ({}), doctor: async () => [] });
    await runCli(home, ['folder', 'add', 'notes'], { cwd: directory });
    await runCli(home, ['resolve', 'c1', '--keep', 'result.md'], { cwd: directory });
    await runCli(home, ['resolve', 'c1', '--keep', 'mine'], { cwd: directory });
    await runCli(home, ['doctor', '--bundle', 'b.json'], { cwd: directory });
    expect(engine.asked).toMatchObject([
      { input: { path: join(directory, 'notes'), options: {} } },
      { input: { keep: { file: join(directory, 'result.md') } } },
      { input: { keep: 'mine' } },
      { input: { bundle: join(directory, 'b.json') } },
    ]);
  });

  it('show gives the very bytes', async () => {
    const content = Buffer.from([0, 10, 13, 255, 254, 0]);
    await running({ show: async () => ({ bytes: content.toString('base64') }) });
    expect((await runCli(home, ['show', 'notes', 'HEAD', './a'])).bytes).toEqual(content);
  });

  it('status says of each problem what to do next, and of each held file', async () => {
    const held = ['a', 'b'].map((path) => ({ path, code: 'nested-repository' as const, params: {} }));
    const folders = [sampleFolder({ held }), sampleFolder({ id: 'site', name: 'site', phase: 'halted', problem: sampleProblem('rebase-in-progress') }), sampleFolder({ id: 'lab', name: 'lab', problem: sampleProblem('mass-change') })];
    await running({ 'state.get': async () => sampleState({ folders }) });
    const lines = (await runCli(home, ['status'])).stdout.split('\n');
    const after = (start: string): string | undefined => lines[lines.findIndex((line) => line.startsWith(start)) + 1];
    expect(after('* lab: ')).toMatch(/^ {4}→ “lockstep folder approve lab” lets it through/);
    expect(after('* notes: 2 files are held back. a ')).toMatch(/^ {4}→ “lockstep folder add \/home\/me\/notes\/a”/);
    expect(after('  b is a repository')).toMatch(/^ {4}→ “lockstep folder add \/home\/me\/notes\/b”/);
    expect(after('site  ')).toMatch(/^ {4}→ Finish what you began in \/home\/me\/notes;/);
    const { folders: documents } = json((await runCli(home, ['status', '--json'])).stdout) as { folders: { problem: { next: string } | null; held: object[] }[] };
    expect(documents[1]?.problem?.next).toContain('git status');
    expect(documents[0]?.held[0]).toMatchObject({ path: 'a', code: 'nested-repository', message: 'a is a repository of its own and was left out.', next: expect.stringContaining('folder add') as unknown });
  });

  it.each([
    [{}, 0, undefined],
    [{ conflicts: [{ id: 'c', folder: 'notes', path: 'a', copy: 'b', at: '2026-11-21T16:42:00.000Z', base: null, mine: { blob: '1', machine: 'x' }, theirs: { blob: '2', machine: 'y' }, copySide: 'theirs' }] }, 0, undefined],
    [{ phase: 'retrying', ahead: 1, problem: sampleProblem('offline') }, 1, 'offline'],
    [{ phase: 'pushing', ahead: 1 }, 1, 'not-in-step'],
    [{ phase: 'halted', problem: sampleProblem('mass-change') }, 6, 'mass-change'],
    [{ phase: 'halted', problem: sampleProblem('rebase-in-progress') }, 6, 'rebase-in-progress'],
    [{ phase: 'conflicted', ahead: 1, behind: 1 }, 6, 'needs-decision'],
    [{ phase: 'paused', paused: true }, 1, 'not-in-step'],
  ] as const)('sync of %j exits %i', async (over, code, failure) => {
    // Rows are constants; nobody changes a state.
    const folder = sampleFolder(over as Partial<FolderState>);
    await running({ sync: async () => ({ folders: [folder] }) });
    const run = await runCli(home, ['sync', 'notes', '--json']);
    expect(run.code).toBe(code);
    expect(json(run.stdout)).toMatchObject(failure === undefined ? { id: 'notes', phase: folder.phase } : { error: { code: failure, folder: 'notes' } });
  });

  it('a password comes from stdin, less its line end', async () => {
    const engine = await running({ 'signal.xmpp': async () => ({ xmpp: { state: 'connecting', jid: 'a@b' }, fanout: { state: 'off', url: null, serving: null } }) });
    const run = await runCli(home, ['signal', 'xmpp', '--jid', 'a@b', '--password-stdin'], { stdin: 'p w\n' });
    expect(run).toMatchObject({ code: 0, stdout: 'XMPP    connecting  a@b\nFanout  off\n' });
    expect(engine.asked[0]?.input).toMatchObject({ password: 'p w' });
  });

  it('activity is followed until the end is asked for, one document a line', async () => {
    const entry = { at: '2026-11-21T16:42:00.000Z', folder: 'notes', what: 'pushed' as const, why: 'quiet' as const, params: {}, paths: [] };
    await running({
      activity: async () => [entry],
      'activity.follow': async function* (_input, signal) {
        yield { ...entry, what: 'pulled' as const };
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    });
    const cli = startCli(home, ['activity', '--follow', '--json']);
    let seen = '';
    await new Promise<void>((resolve) => cli.stdout.on('data', (chunk: Buffer) => (seen += chunk.toString()).split('\n').length > 2 && resolve()));
    cli.end();
    const run = await cli.done;
    expect(run.code).toBe(0);
    expect(run.stdout.trim().split('\n').map((text) => (JSON.parse(text) as { what: string }).what)).toEqual(['pushed', 'pulled']);
  });

  it('a failure it tells is shown once, in its sentence', async () => {
    await running({ 'folder.approve': () => Promise.reject(new LockstepError('no-such-folder', { folder: 'x' })) });
    expect(await runCli(home, ['folder', 'approve', 'x'])).toMatchObject({ code: 5, stdout: '', stderr: 'No watched folder is called x.\n' });
  });
});

describe('the daemon', () => {
  it('says when it is ready, is the only one, and ends in order', async () => {
    const path = repository();
    await writeFile(join(path, 'a.txt'), 'a');
    await runCli(home, ['folder', 'add', path, '--commit-delay', '0.2']);
    const daemon = startCli(home, ['daemon']);
    const line = await new Promise<string>((resolve) => daemon.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString())));
    expect(json(line)).toEqual({ event: 'ready', pid: process.pid, home, version: '0.1.0' });
    const second = await runCli(home, ['daemon', '--json']);
    expect(second.code).toBe(3);
    expect(json(second.stdout)).toMatchObject({ error: { code: 'already-running', pid: process.pid } });
    expect(json((await runCli(home, ['status', '--json'])).stdout)).toMatchObject({ pid: process.pid, folders: [{ id: 'notes' }] });
    expect(await runCli(home, ['sync', '--timeout', '20'])).toMatchObject({ code: 1, stderr: expect.stringContaining('notes: Saved here only: no server is set') as string });
    expect(json((await runCli(home, ['history', 'notes', '--json'])).stdout)).toMatchObject([{ files: [{ path: 'a.txt', change: 'added' }] }]);
    daemon.end();
    expect(await daemon.done).toMatchObject({ code: 0, stderr: '' });
    expect((await runCli(home, ['sync'])).code).toBe(4);
  });

  it('ends when it is asked to over the socket', async () => {
    const daemon = startCli(home, ['daemon']);
    await new Promise((resolve) => daemon.stdout.once('data', resolve));
    expect((await runCli(home, ['stop'])).code).toBe(0);
    expect((await daemon.done).code).toBe(0);
  });
});
