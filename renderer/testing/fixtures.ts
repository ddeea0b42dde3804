import type { Activity } from '../../shared/activity.ts';
import type { AppState, Conflict, FolderState, Machine } from '../../shared/app-state.ts';
import { folderOptionsSchema } from '../../shared/folder-options.ts';
import type { Problem } from '../../shared/problem.ts';
import { sampleFolder } from '../../shared/testing/sample-state.ts';
import { accountsFixture, manyFixture, mirrorsFixture } from './mirror-fixtures.ts';
import { ago, ahead, DAY_S, NOW_MS } from './times.ts';

export { ago, NOW_MS };

const commitId = (start: string): string => start.padEnd(40, '0');
const head = commitId('8f2c1d0');
const quiet = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/** A folder in step at that time; `part` says what is different. */
export const folderFixture = (id: string, part: Partial<FolderState> = {}): FolderState =>
  sampleFolder({
    id,
    name: id,
    path: `/home/me/${id}`,
    remote: `git@attic-server:${id}.git`,
    head,
    since: ago(60),
    lastCommit: { id: head, at: ago(120), message: 'nvim: keys, init; gitconfig', machine: 'thinkpad' },
    lastPush: ago(118),
    lastPull: ago(300),
    watching: { directories: 96, polled: 0 },
    days: { mine: quiet, others: quiet },
    ...part,
  });

export const conflictFixture = (id: string, folder: string, path: string, part: Partial<Conflict> = {}): Conflict => ({
  id,
  folder,
  path,
  copy: path.replace(/(\.\w+)?$/, ' (conflict attic-server 3fa91c0)$1'),
  at: ago(18 * 60),
  base: 'b'.repeat(40),
  mine: { blob: 'a'.repeat(40), machine: 'thinkpad' },
  theirs: { blob: 'c'.repeat(40), machine: 'attic-server' },
  copySide: 'theirs',
  ...part,
});

const changed = (machine: string, seconds: number) => ({ id: head, at: ago(seconds), message: 'Edit', machine });

const folders: FolderState[] = [
  folderFixture('photos-index', {
    path: '/home/me/pictures/index',
    phase: 'pushing',
    ahead: 3,
    lastCommit: changed('thinkpad', 3),
    days: { mine: [0, 0, 3, 0, 0, 0, 1, 3, 3, 2, 0, 2, 5, 6], others: [0, 1, 0, 0, 0, 0, 1, 2, 1, 0, 0, 0, 1, 1] },
  }),
  folderFixture('notes', {
    lastCommit: changed('studio-desktop', 12),
    lastPull: ago(12),
    days: { mine: [1, 3, 1, 2, 4, 2, 0, 3, 2, 1, 3, 4, 2, 3], others: [2, 2, 2, 3, 3, 2, 1, 1, 4, 4, 2, 3, 1, 5] },
  }),
  folderFixture('thesis', {
    path: '/home/me/work/thesis',
    phase: 'conflicted',
    conflicts: [conflictFixture('c1', 'thesis', 'chapter-3.tex'), conflictFixture('c2', 'thesis', 'figures/setup.png')],
    lastCommit: changed('attic-server', 18 * 60),
    days: { mine: [0, 0, 1, 2, 1, 0, 0, 4, 5, 6, 4, 1, 2, 2], others: [0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 1, 2, 3, 3] },
  }),
  folderFixture('field-guide', {
    path: '/home/me/work/field-guide',
    phase: 'awaiting-message',
    dirty: true,
    messageRequest: {
      changes: [
        { path: 'birds/wren.md', change: 'modified' },
        { path: 'birds/index.md', change: 'modified' },
        { path: 'photos/wren-nest.jpg', change: 'added' },
        { path: 'drafts/wren-old.md', change: 'deleted' },
      ],
      total: 4,
      proposal: 'Wren: nest sites, new photo; old draft removed',
      draft: null,
      deadline: ahead(41),
    },
    options: folderOptionsSchema.parse({ message: 'popup' }),
    lastCommit: changed('thinkpad', 4),
    days: { mine: [1, 0, 0, 3, 2, 0, 0, 1, 4, 0, 2, 5, 0, 4], others: quiet },
  }),
  folderFixture('dotfiles', {
    path: '/home/me/.dotfiles',
    held: [
      { path: 'env.local', code: 'secret-found', params: { line: 4, what: 'an access key' } },
      { path: 'fonts/archive.tar', code: 'file-too-large', params: { bytes: 312_000_000, limitBytes: 100_000_000 } },
    ],
    days: { mine: [0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0], others: [0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 2, 0, 0] },
  }),
  folderFixture('lab-protocols', {
    path: '/home/me/lab/protocols',
    vcs: 'hg',
    branch: 'default',
    phase: 'conflicted',
    conflicts: [conflictFixture('c3', 'lab-protocols', 'buffers/tris-hcl.csv', { at: ago(2 * DAY_S) })],
    lastCommit: changed('studio-desktop', 2 * DAY_S),
    days: { mine: quiet, others: [0, 0, 0, 1, 0, 0, 0, 2, 0, 4, 0, 0, 1, 0] },
  }),
  folderFixture('site', {
    path: '/home/me/src/site',
    phase: 'halted',
    problem: { code: 'rebase-in-progress', params: {}, since: ago(540), action: 'wait' },
    lastCommit: changed('thinkpad', 540),
    days: { mine: [0, 0, 2, 0, 0, 0, 0, 0, 3, 4, 0, 0, 1, 0], others: quiet },
  }),
  folderFixture('scores', {
    path: '/home/me/music/scores',
    phase: 'paused',
    paused: true,
    pausedUntil: ahead(2 * 3600),
    ahead: 1,
    lastCommit: changed('studio-desktop', 3 * DAY_S),
    days: { mine: [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0], others: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0] },
  }),
];

const allAt = (tip: string): Record<string, string> => Object.fromEntries(folders.map(({ id }) => [id, tip]));
const machines: Machine[] = [
  { id: '0a1b2c3d', name: 'thinkpad', self: true, lastHeardAt: null, via: null, tips: {} },
  { id: '1a1b2c3d', name: 'studio-desktop', self: false, lastHeardAt: ago(12), via: 'xmpp', tips: { ...allAt(head), 'photos-index': commitId('77aa01') } },
  { id: '2a1b2c3d', name: 'attic-server', self: false, lastHeardAt: ago(180), via: 'fanout', tips: { notes: head, thesis: head, dotfiles: head, 'photos-index': commitId('77aa01') } },
  { id: '3a1b2c3d', name: 'travel-book', self: false, lastHeardAt: ago(4 * DAY_S), via: 'xmpp', tips: { ...allAt(commitId('51')), site: head, scores: head } },
];

export const activityFixture: Activity[] = [
  { at: ago(12), folder: 'notes', what: 'pulled', why: 'xmpp', params: { count: 2 }, paths: ['garden/plan.md'], machine: 'studio-desktop' },
  { at: ago(70), folder: 'thesis', what: 'pushed', why: 'quiet', params: { count: 3 }, paths: [] },
  { at: ago(82), folder: 'dotfiles', what: 'pushed', why: 'quiet', params: { count: 1, seconds: 1 }, paths: [] },
  { at: ago(83), folder: 'dotfiles', what: 'held', why: 'rule', params: { line: 4, what: 'an access key' }, paths: ['env.local'], code: 'secret-found' },
  { at: ago(84), folder: 'dotfiles', what: 'committed', why: 'quiet', params: { seconds: 2 }, paths: ['nvim/init.lua', 'nvim/keys.lua', 'gitconfig'], commit: head },
  { at: ago(1086), folder: 'thesis', what: 'conflict', why: 'two-versions', params: {}, paths: ['chapter-3.tex'], machine: 'attic-server' },
  { at: ago(1170), folder: 'dotfiles', what: 'scanned', why: 'safety-scan', params: { count: 412 }, paths: [] },
  { at: ago(1940), folder: 'dotfiles', what: 'mended', why: 'retry', params: { waitedMs: 48_000 }, paths: [] },
  { at: ago(1990), folder: 'dotfiles', what: 'problem', why: 'retry', params: { seconds: 48, server: 'attic-server' }, paths: [], code: 'timeout' },
  { at: ago(2630), folder: 'dotfiles', what: 'held', why: 'rule', params: { bytes: 312_000_000, limitBytes: 100_000_000 }, paths: ['fonts/archive.tar'], code: 'file-too-large' },
  { at: ago(4280), folder: 'dotfiles', what: 'waited', why: 'by-hand', params: { waitedMs: 360_000 }, paths: [] },
];

export const fullState: AppState = {
  revision: 41,
  version: '0.1.0',
  home: '/home/me/.local/share/lockstep',
  pid: 4711,
  startedAt: ago(8 * 3600),
  ready: true,
  folders,
  signal: { xmpp: { state: 'online', jid: 'me@example.org' }, fanout: { state: 'off', url: null, serving: null } },
  mirrors: mirrorsFixture.map(({ repos: _repositories, ...summary }) => summary),
  accounts: accountsFixture,
  webhook: { state: 'listening', url: 'http://127.0.0.1:9419/hooks', publicUrl: 'https://hooks.example.org/hooks', hasSecret: true },
  machines,
  recent: activityFixture,
  problems: [],
  appearance: { theme: 'system' },
  startAtLogin: true,
};

const broken = (code: Problem['code'], params: Problem['params'] = {}, action: Problem['action'] = 'approve'): Partial<FolderState> => ({
  phase: 'halted',
  problem: { code, params, since: ago(300), action },
  conflicts: [],
  held: [],
  messageRequest: null,
});

const { repos: _many, ...manyMirror } = manyFixture;
const noMirrors = { mirrors: [], accounts: [], webhook: { state: 'off' as const, url: null, publicUrl: null, hasSecret: false } };

/** The states that every view has to look right in. */
export const states = {
  full: fullState,
  empty: { ...fullState, ...noMirrors, folders: [], machines: machines.slice(0, 1), recent: [], signal: { xmpp: { state: 'off', jid: null }, fanout: { state: 'off', url: null, serving: null } } },
  calm: { ...fullState, mirrors: fullState.mirrors.slice(2), folders: ['notes', 'dotfiles', 'thesis'].map((id) => folderFixture(id, { days: folders[1]?.days ?? { mine: [], others: [] } })) },
  many: { ...fullState, mirrors: [manyMirror] },
  halted: {
    ...fullState,
    folders: folders.map((folder) => {
      if (folder.id === 'thesis') return { ...folder, ...broken('root-missing', {}, 'locate') };
      if (folder.id === 'site') return { ...folder, ...broken('mass-change', { count: 212, total: 240 }) };
      if (folder.id === 'photos-index') return { ...folder, ...broken('auth-failed', {}, 'sign-in') };
      return folder.id === 'scores' ? { ...folder, ...broken('remote-rewritten', { count: 14 }), paused: false } : folder;
    }),
  },
  offline: {
    ...fullState,
    folders: folders.map((folder) => ({ ...folder, ...broken('offline', {}, 'retry'), phase: 'retrying' as const, paused: false, problem: { code: 'offline' as const, params: {}, since: ago(400), retryAt: ahead(24) } })),
    signal: { ...fullState.signal, xmpp: { state: 'offline', jid: 'me@example.org' } },
  },
} satisfies Record<string, AppState>;

export type Scenario = keyof typeof states | 'loading' | 'stale';
