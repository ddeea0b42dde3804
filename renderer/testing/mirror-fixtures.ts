import type { Account, Mirror, MirroredRepository, MirrorPlan, MirrorState, PlannedRef, RefBackup, RepositoryDetail } from '../../shared/mirror.ts';
import type { MirrorCode } from '../../shared/mirror-problem.ts';
import type { Params } from '../../shared/problem.ts';
import { sampleAccount, sampleMirrorOf, sampleRepository, sampleRepositoryDetail } from '../../shared/testing/sample-mirror.ts';
import { ago, ahead, DAY_S } from './times.ts';

const STEMS = ['api', 'atlas', 'backup', 'charts', 'client', 'core', 'deploy', 'docs', 'events', 'fetcher', 'forms', 'gateway', 'images', 'index', 'ingest', 'lab', 'ledger', 'lib', 'maps', 'notes', 'parser', 'queue', 'search', 'site', 'tools'];
/** How long ago each one moved, over and over: most are quiet, as with real owners. */
const MOVED_S = [3 * 3600, 400 * DAY_S, 90 * DAY_S, 4 * DAY_S, 60 * DAY_S, 200 * DAY_S, 20 * DAY_S, 700 * DAY_S, 5 * 3600, 45 * DAY_S, 120 * DAY_S];

const quietOnes = (count: number, folder: string): MirroredRepository[] =>
  Array.from({ length: count }, (_, at) => {
    const name = `${STEMS[at % STEMS.length]}${at < STEMS.length ? '' : `-${Math.floor(at / STEMS.length) + 1}`}`;
    return sampleRepository({ name, lastSync: ago(150), lastMoved: ago(MOVED_S[(at * 7) % MOVED_S.length] ?? 0), path: `${folder}/${name}.git` });
  });

const odd = (name: string, state: MirrorState, over: Partial<MirroredRepository> = {}): MirroredRepository => sampleRepository({ name, state, lastSync: ago(3600), lastMoved: ago(50 * DAY_S), path: `/srv/mirrors/tidepool/${name}.git`, ...over });
const held = (code: MirrorCode, params: Params) => ({ problem: { code, params, since: ago(3600) } });

const byName = (repos: readonly MirroredRepository[]): MirroredRepository[] => [...repos].sort((a, b) => (a.name < b.name ? -1 : 1));

const tidepool = sampleMirrorOf(
  byName([
    ...quietOnes(36, '/srv/mirrors/tidepool'),
    odd('lib-storage', 'needs-approval', held('remote-rewritten', { branch: 'main', count: 14 })),
    odd('old-wiki', 'unavailable', held('remote-gone', { server: 'github.com', repository: 'old-wiki' })),
    odd('datasets', 'behind', held('disk-full', { freeBytes: 3_000_000_000, path: '/srv', repository: 'datasets', bytes: 6_100_000_000 })),
    odd('billing', 'syncing'),
    odd('bus', 'syncing'),
    odd('new-site', 'never-synced', { lastSync: null, lastMoved: null, refs: 0 }),
    odd('new-tools', 'never-synced', { lastSync: null, lastMoved: null, refs: 0 }),
    odd('scratch', 'empty', { refs: 0, lastMoved: null }),
    odd('sandbox', 'empty', { refs: 0, lastMoved: null }),
    odd('vendored', 'paused', { archived: true }),
  ]),
  { name: 'tidepool on GitHub', how: 'hook', state: 'syncing', running: { done: 31, total: 46, now: ['billing', 'bus'] }, lastRunAt: ago(130), nextRunAt: ahead(170), lastHook: { at: ago(660), verdict: 'right' } },
);

const home = sampleMirrorOf(
  byName([
    ...quietOnes(21, '/var/lib/home'),
    odd('zine', 'diverged', { ...held('target-diverged', { branch: 'main', count: 1 }), path: '/var/lib/home/zine.git' }),
    odd('hardware', 'ahead', { path: '/var/lib/home/hardware.git' }),
  ]),
  { id: 'home', name: 'home on Gitea', source: 'attic/home', target: 'copies/tidepool-copy', every: 900, state: 'diverged', lastRunAt: ago(240), nextRunAt: ahead(660) },
);

const protocols = sampleMirrorOf([odd('lab-protocols', 'in-sync', { lastMoved: ago(40 * DAY_S), path: '/var/lib/lab/lab-protocols.git' })], {
  id: 'lab-protocols',
  name: 'lab-protocols',
  source: 'ssh://attic-server/hg/lab-protocols',
  target: 'git@attic-server:lab-protocols',
  lastRunAt: ago(7200),
  nextRunAt: null,
  how: 'none',
});

export const mirrorsFixture: readonly Mirror[] = [tidepool, home, protocols];

/** As many as an owner of a whole company has. */
export const manyFixture: Mirror = sampleMirrorOf(
  Array.from({ length: 5000 }, (_, at) => {
    const state: MirrorState = at % 400 === 7 ? 'behind' : at % 90 === 3 ? 'empty' : 'in-sync';
    return sampleRepository({ name: `repository-${String(at).padStart(4, '0')}`, state, lastSync: ago(150), lastMoved: ago(MOVED_S[at % MOVED_S.length] ?? 0) });
  }),
  { lastRunAt: ago(130), nextRunAt: ahead(170) },
);

export const accountsFixture: Account[] = [
  sampleAccount({ check: { at: ago(3600), login: 'me', canList: true, canHook: false, canCreate: true, expiresAt: ahead(12 * DAY_S) } }),
  sampleAccount({ name: 'attic', forge: 'gitea', api: 'https://git.attic.example/api/v1', check: { at: ago(7200), login: 'me', canList: true, canHook: true, canCreate: true, expiresAt: null } }),
  sampleAccount({ name: 'copies', forge: 'gitlab', api: 'https://gitlab.com/api/v4', check: null, problem: { code: 'auth-failed', params: { server: 'gitlab.com', account: 'copies' }, since: ago(900) } }),
];

const id = (start: string) => start.padEnd(40, '0');
const ref = (name: string, action: PlannedRef['action'], from: string | null, to: string | null, over: Partial<PlannedRef> = {}): PlannedRef => ({ ref: `refs/${name}`, action, from: from && id(from), to: to && id(to), leave: null, come: null, ...over });

const rewritten: PlannedRef[] = [
  ref('heads/main', 'rewrite', '3f1a09c', '9c0d7e2', { leave: 14, come: 11 }),
  ref('heads/dev', 'delete', '71be220', null),
  ref('heads/release-2', 'fast-forward', 'c04f1aa', 'e8819d3', { come: 6 }),
  ref('tags/v2.4.0', 'create', null, '0b67c11'),
];

const backup = (day: number, name: string, commit: string, why: RefBackup['why']): RefBackup => ({ name: `refs/lockstep/backup/${day}/${name}`, ref: `refs/${name}`, commit: id(commit), at: ago(day * DAY_S + 7200), why });
const backups = [
  backup(0, 'heads/main', '88d1f02', 'rewritten'),
  backup(3, 'tags/v2.3.1', '1c9ae40', 'moved'),
  backup(9, 'heads/spike', '5510ab3', 'deleted'),
  ...[9, 9, 9, 16, 22, 22].map((day, at) => backup(day, `heads/try-${at + 1}`, `77c0${at}e1`, 'deleted')),
];

/** What `mirror.repository` says of one of them. */
export function repositoryFixture(mirror: string, name: string): RepositoryDetail {
  const row = mirrorsFixture.find((each) => each.id === mirror)?.repos.find((repo) => repo.name === name) ?? sampleRepository({ name });
  const plan = row.state === 'needs-approval' ? rewritten : row.state === 'diverged' ? [ref('heads/main', 'rewrite', 'aa10b2c', '4be0d91', { leave: 2, come: 3 })] : [];
  return sampleRepositoryDetail({ ...row, target: mirror === 'home' ? `https://gitlab.com/tidepool-copy/${name}` : null, plan, backups: row.state === 'never-synced' ? [] : backups });
}

export const planFixture: MirrorPlan = {
  repos: [
    { name: 'lib-storage', action: 'update', refs: rewritten, problem: null },
    ...['api', 'atlas', 'backup', 'charts', 'client'].map((name) => ({ name, action: 'exists' as const, refs: [], problem: null })),
    ...['new-site', 'new-tools'].map((name) => ({ name, action: 'create' as const, refs: [ref('heads/main', 'create', null, 'd41f00a'), ref('tags/v1', 'create', null, 'd41f00a')], problem: null })),
    { name: 'archive-2019', action: 'skip', why: 'archived', refs: [], problem: null },
    { name: 'fork-of-parser', action: 'skip', why: 'fork', refs: [], problem: null },
  ],
};
