import type { AppState, FolderState } from '../app-state.ts';
import { folderOptionsSchema, type FolderOptions } from '../folder-options.ts';
import type { Problem, ProblemCode } from '../problem.ts';

/** A moment that samples and tests share. */
export const SAMPLE_NOW = '2026-11-21T16:42:00.000Z';
export const SAMPLE_NOW_MS = Date.parse(SAMPLE_NOW);
export const SAMPLE_MACHINE = 'thinkpad';

/** ISO time so many seconds before (after, when negative) the sample moment. */
export const ago = (seconds: number): string => new Date(SAMPLE_NOW_MS - seconds * 1000).toISOString();

/** A folder in step, less what is given. */
export const sampleFolder = (over: Partial<Omit<FolderState, 'options'>> & { options?: Partial<FolderOptions> } = {}): FolderState => ({
  id: 'notes',
  name: 'notes',
  path: '/home/me/notes',
  vcs: 'git',
  branch: 'main',
  remote: 'git@attic-server:notes',
  remoteName: 'origin',
  head: '5d0be77c0ffee5d0be77c0ffee5d0be77c0ffee0',
  phase: 'watching',
  since: ago(60),
  paused: false,
  pausedUntil: null,
  dirty: false,
  ahead: 0,
  behind: 0,
  conflicts: [],
  held: [],
  problem: null,
  notes: [],
  lastCommit: { id: '5d0be77c0ffee5d0be77c0ffee5d0be77c0ffee0', at: ago(12), message: 'garden: beds', machine: SAMPLE_MACHINE },
  lastPush: ago(12),
  lastPull: null,
  settlesAt: null,
  messageRequest: null,
  watching: { directories: 12, polled: 0 },
  days: { mine: [], others: [] },
  ...over,
  options: folderOptionsSchema.parse(over.options ?? {}),
});

export const sampleProblem = (code: ProblemCode, over: Partial<Problem> = {}): Problem => ({ code, params: {}, since: ago(60), ...over });

/** A running program with no folders, less what is given. */
export const sampleState = (over: Partial<AppState> = {}): AppState => ({
  revision: 1,
  version: '0.1.0',
  home: '/home/me/.config/lockstep',
  pid: 4711,
  startedAt: ago(3600),
  ready: true,
  folders: [],
  signal: { xmpp: { state: 'off', jid: null }, fanout: { state: 'off', url: null, serving: null } },
  mirrors: [],
  accounts: [],
  webhook: { state: 'off', url: null, publicUrl: null, hasSecret: false },
  machines: [{ id: '0a1b2c3d', name: SAMPLE_MACHINE, self: true, lastHeardAt: null, via: null, tips: {} }],
  recent: [],
  problems: [],
  appearance: { theme: 'system' },
  startAtLogin: false,
  ...over,
});
