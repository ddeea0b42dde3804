import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderOptionsSchema } from '../../../shared/folder-options.ts';
import type { FolderSettings, Settings } from '../../../shared/settings.ts';
import { SAMPLE_NOW, SAMPLE_NOW_MS, sampleFolder, sampleProblem, sampleState } from '../../../shared/testing/sample-state.ts';
import { createText } from '../../../shared/text/text.ts';
import { resolveHome } from '../home.ts';
import { LockstepError } from '../errors.ts';
import { Redactor } from '../log/redact.ts';
import { rememberingSecrets } from '../log/remembering-secrets.ts';
import { nodeClock } from '../ports/node-clock.ts';
import { nodeFiles } from '../ports/node-files.ts';
import { nodeHost } from '../ports/node-host.ts';
import { MemorySecrets } from '../testing/memory-secrets.ts';
import { quickClock } from '../testing/quick-clock.ts';
import type { Vcs } from '../vcs/vcs.ts';
import { writeBundle } from './bundle.ts';
import type { DoctorContext } from './doctor-context.ts';
import { examine } from './doctor.ts';
import { isAtLeast } from './machine-checks.ts';

const never = new AbortController().signal;
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lockstep-doctor-'));
});
afterEach(() => rm(directory, { recursive: true }));

const healthy: Partial<Vcs> = {
  head: async () => ({ state: 'branch', branch: 'main', commit: 'a' }),
  guard: async () => null,
  executingConfig: async () => null,
  remoteTip: async () => ({ outcome: 'fetched', tip: 'a', emptied: false }),
};

function context(over: Partial<DoctorContext> & { vcs?: Partial<Vcs>; folders?: FolderSettings[] } = {}): DoctorContext {
  const host = nodeHost(process.env);
  const home = resolveHome(host, directory);
  const redactor = new Redactor();
  const settings: Settings = { version: 1, machine: { id: '0a1b2c3d', name: 'x' }, folders: over.folders ?? [], signal: { xmpp: null, fanout: null }, appearance: { theme: 'system' }, accounts: [], mirrors: [], webhook: null, startAtLogin: false };
  return {
    ports: { clock: nodeClock, files: nodeFiles, host, secrets: rememberingSecrets(new MemorySecrets(), redactor), redactor },
    home,
    settings,
    state: sampleState(),
    running: true,
    text: createText(),
    nowMs: SAMPLE_NOW_MS,
    nodeVersion: '20.19.0',
    toolVersion: async (tool) => (tool === 'git' ? 'git version 2.39.5' : null),
    // Only the verbs that the checks use.
    reading: (_folder, work) => work({ ...healthy, ...over.vcs } as Vcs),
    activity: async () => [],
    ...over,
  };
}

const folder = (over: Partial<FolderSettings> = {}): FolderSettings => ({
  id: 'notes',
  name: 'notes',
  path: directory,
  vcs: 'git',
  remote: { name: 'origin', url: 'https://me:hunter22@example.org/x' },
  branch: 'main',
  addedAt: SAMPLE_NOW,
  paused: null,
  rootCommit: null,
  trustedConfig: null,
  letThrough: [],
  options: folderOptionsSchema.parse({}),
  ...over,
});

const containing = (part: string): unknown => expect.stringContaining(part);

const failing = async (over: Parameters<typeof context>[0]) => (await examine(context(over), never)).filter(({ ok }) => !ok);

describe('the checks', () => {
  it('are all well on a healthy machine, each with a detail and no fix', async () => {
    const checks = await examine(context({ folders: [folder()] }), never);
    expect(checks.filter(({ ok, fix }) => !ok || fix !== null)).toEqual([]);
    expect(checks.map(({ check }) => check)).toEqual(['node', 'git', 'hg', 'home', 'secrets', 'disk-space', 'watch-limit', 'settings', 'socket', 'signal', 'folder-path', 'folder-repository', 'folder-branch', 'folder-state', 'folder-trust', 'folder-remote']);
    for (const { detail } of checks) expect(detail).not.toBe('');
    expect(JSON.stringify(checks)).not.toContain('hunter22');
  });

  it('do not wait for a server that says nothing, and say so', async () => {
    const remoteTip: Vcs['remoteTip'] = (_remote, _branch, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new LockstepError('cancelled'))));
    const at = context({ folders: [folder()], vcs: { remoteTip } });
    const checks = await examine({ ...at, ports: { ...at.ports, clock: quickClock(nodeClock, 1_000) } }, never);
    expect(checks.filter(({ ok }) => !ok)).toMatchObject([{ check: 'folder-remote', detail: containing('did not answer in time'), fix: containing('ls-remote') }]);
  });

  it.each([
    ['node', { nodeVersion: '18.2.0' }, 'Node 18.2.0 is too old', 'Install Node 20.19 or newer.'],
    ['git', { toolVersion: async () => null }, 'git was not found', 'Install git 2.38 or newer.'],
    ['git', { toolVersion: async () => 'git version 2.30.2' }, 'git 2.30.2 is too old', 'Install git 2.38 or newer.'],
    ['settings', { state: sampleState({ problems: [sampleProblem('settings-damaged')] }) }, 'settings could not be read', containing('settings.json')],
    ['watch-limit', { state: sampleState({ folders: [sampleFolder({ watching: { directories: 5, polled: 3 } })] }) }, containing('8 directories to watch'), containing('sysctl')],
  ])('%s can be unwell', async (check, over, detail, fix) => {
    expect(await failing(over)).toEqual([{ check, ok: false, detail, fix }]);
  });

  it('say when others can read the home or the secrets', async () => {
    await chmod(directory, 0o755);
    await writeFile(join(directory, 'secrets.json'), '{}', { mode: 0o644 });
    expect((await failing({})).map(({ check, fix }) => [check, fix])).toEqual([
      ['home', `chmod 700 ${directory}`],
      ['secrets', `chmod 600 ${directory}/secrets.json`],
    ]);
  });

  it.each<[string, Partial<Vcs>, Partial<FolderSettings>]>([
    ['folder-path', {}, { path: '/nowhere/notes' }],
    ['folder-branch', { head: async () => ({ state: 'branch', branch: 'topic', commit: 'a' }) }, {}],
    ['folder-state', { guard: async () => ({ code: 'rebase-in-progress', params: {} }) }, {}],
    ['folder-remote', { remoteTip: async () => ({ outcome: 'trouble', code: 'auth-failed', params: {} }) }, {}],
    ['folder-repository', { head: () => Promise.reject(new LockstepError('damaged-repository')) }, {}],
  ])('%s can be unwell', async (check, vcs, over) => {
    const found = await failing({ vcs, folders: [folder(over)] });
    expect(found).toMatchObject([{ check, ok: false }]);
    expect(found[0]?.detail).toContain('notes');
  });

  it('remark on what a repository would run', async () => {
    const checks = await examine(context({ folders: [folder()], vcs: { executingConfig: async () => ({ digest: 'x', keys: ['filter.lfs.clean'] }) } }), never);
    expect(checks.find(({ check }) => check === 'folder-trust')).toMatchObject({ ok: true, detail: 'notes: would run filter.lfs.clean; switched off' });
  });
});

it.each([
  ['20.19.0', '20.19', true],
  ['2.38', '2.38.1', false],
  ['2.100', '2.38', true],
  ['1.9', '2.0', false],
])('%s is at least %s: %s', (version, needed, answer) => {
  expect(isAtLeast(version, needed)).toBe(answer);
});

describe('the bundle', () => {
  it('holds what helps and no secret, wherever that stood', async () => {
    const state = sampleState({ folders: [sampleFolder({ lastCommit: { id: 'a', at: SAMPLE_NOW, message: 'canary of a person', machine: null } })] });
    const asked = context({ folders: [folder()], state });
    await asked.ports.secrets.set('xmpp-password', 'canary-xmpp-pw');
    await asked.ports.secrets.set('mesh-key', 'agreed YN6B-VH6G-1B8F-271Y');
    const leaking = { ...asked, activity: async () => [{ at: SAMPLE_NOW, folder: 'notes', what: 'problem' as const, why: 'poll' as const, params: { detail: 'refused canary-xmpp-pw' }, paths: [] }] };
    await writeFile(asked.home.logFile, '{"msg":"key YN6BVH6G1B8F271Y and YN6B-VH6G-1B8F-271Y, token ghp_0123456789abcdefghij01234"}\n');
    const file = join(directory, 'bundle.json');
    await writeBundle(leaking, await examine(asked, never), file);
    const bundle = await readFile(file, 'utf8');
    for (const canary of ['canary-xmpp-pw', 'canary of a person', 'YN6B', 'ghp_0123', 'hunter22']) expect(bundle).not.toContain(canary);
    expect(Object.keys(JSON.parse(bundle) as object)).toEqual(['at', 'version', 'platform', 'node', 'checks', 'settings', 'status', 'signalsHeard', 'activity', 'log']);
    expect(bundle).toContain('example.org/x');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('does not take the place of what is there, nor appear in no folder', async () => {
    const precious = join(directory, 'precious.txt');
    await writeFile(precious, 'mine\n');
    await symlink(join(directory, 'elsewhere'), join(directory, 'link'));
    for (const taken of [directory, precious, join(directory, 'link')]) await expect(writeBundle(context(), [], taken)).rejects.toMatchObject({ code: 'path-taken' });
    expect(await readFile(precious, 'utf8')).toBe('mine\n');
    await expect(writeBundle(context(), [], join(directory, 'no', 'bundle.json'))).rejects.toMatchObject({ code: 'no-such-path' });
  });
});
