import type { MirrorCode, MirrorProblem } from '../mirror-problem.ts';
import { mirrorOptionsSchema, type Account, type Mirror, type MirroredRepository, type MirrorState, type MirrorSummary, type RepositoryDetail } from '../mirror.ts';
import { ago } from './sample-state.ts';

export const sampleMirrorProblem = (code: MirrorCode, over: Partial<MirrorProblem> = {}): MirrorProblem => ({ code, params: {}, since: ago(60), ...over });

/** A repository in step, less what is given. */
export const sampleRepository = (over: Partial<MirroredRepository> = {}): MirroredRepository => ({
  name: 'lib-storage',
  state: 'in-sync',
  refs: 50,
  lastSync: ago(120),
  lastMoved: ago(86_400),
  archived: false,
  path: `/srv/mirrors/tidepool/${over.name ?? 'lib-storage'}.git`,
  problem: null,
  ...over,
});

/** A mirror without repositories, less what is given. */
export const sampleMirror = (over: Partial<MirrorSummary> = {}): MirrorSummary => ({
  id: 'tidepool',
  name: 'tidepool on GitHub',
  source: 'work/tidepool',
  target: '/srv/mirrors/tidepool',
  how: 'poll',
  every: 300,
  state: 'in-sync',
  problem: null,
  counts: {},
  total: 0,
  running: null,
  lastRunAt: ago(120),
  nextRunAt: ago(-180),
  waiting: { total: 0, first: [] },
  lastHook: null,
  revision: 1,
  options: mirrorOptionsSchema.parse({}),
  ...over,
});

/** The mirror of these repositories: its counts and what waits follow from them. */
export function sampleMirrorOf(repos: readonly MirroredRepository[], over: Partial<MirrorSummary> = {}): Mirror {
  const counts: Partial<Record<MirrorState, number>> = {};
  for (const { state } of repos) counts[state] = (counts[state] ?? 0) + 1;
  const waiting = repos.filter(({ problem, state }) => problem !== null || state === 'ahead');
  return { ...sampleMirror({ counts, total: repos.length, state: waiting[0]?.state ?? 'in-sync', waiting: { total: waiting.length, first: waiting.slice(0, 20) }, ...over }), repos: [...repos] };
}

/** What is known of a repository in step, less what is given. */
export const sampleRepositoryDetail = (over: Partial<RepositoryDetail> = {}): RepositoryDetail => ({
  ...sampleRepository(over),
  source: `https://github.com/tidepool/${over.name ?? 'lib-storage'}`,
  target: null,
  defaultBranch: 'main',
  heads: 9,
  tags: 41,
  bytes: 86_000_000,
  plan: [],
  backups: [],
  ...over,
});

/** An account that may list and not install hooks, less what is given. */
export const sampleAccount = (over: Partial<Account> = {}): Account => ({
  name: 'work',
  forge: 'github',
  api: 'https://api.github.com',
  user: null,
  check: { at: ago(3600), login: 'me', canList: true, canHook: false, canCreate: true, expiresAt: ago(-40 * 86_400) },
  problem: null,
  ...over,
});
