import type { AppState, Conflict, FolderState } from '../../../shared/app-state.ts';
import { folderOptionsSchema } from '../../../shared/folder-options.ts';
import type { Problem, ProblemCode } from '../../../shared/problem.ts';

export const SAMPLE_NOW = '2026-11-21T16:42:00.000Z';

/** A folder in step, but for what is given. */
export const sampleFolder = (name: string, over: Partial<FolderState> = {}): FolderState => ({
  id: name,
  name,
  path: `/home/kim/${name}`,
  vcs: 'git',
  branch: 'main',
  remote: `ssh://attic-server/${name}.git`,
  remoteName: 'origin',
  head: 'a'.repeat(40),
  phase: 'watching',
  since: SAMPLE_NOW,
  paused: false,
  pausedUntil: null,
  dirty: false,
  ahead: 0,
  behind: 0,
  conflicts: [],
  held: [],
  problem: null,
  notes: [],
  lastCommit: null,
  lastPush: null,
  lastPull: null,
  settlesAt: null,
  messageRequest: null,
  watching: { directories: 1, polled: 0 },
  days: { mine: [], others: [] },
  options: folderOptionsSchema.parse({}),
  ...over,
});

export const sampleState = (folders: readonly FolderState[], over: Partial<AppState> = {}): AppState => ({
  revision: 1,
  version: '0.1.0',
  home: '/home/kim/.config/lockstep',
  pid: 4711,
  startedAt: SAMPLE_NOW,
  ready: true,
  folders: [...folders],
  signal: { xmpp: { state: 'off', jid: null }, fanout: { state: 'off', url: null, serving: null } },
  machines: [],
  recent: [],
  problems: [],
  appearance: { theme: 'system' },
  startAtLogin: false,
  ...over,
});

export const sampleProblem = (code: ProblemCode, over: Partial<Problem> = {}): Problem => ({ code, params: {}, since: SAMPLE_NOW, ...over });

export const sampleConflict = (folder: string, path: string): Conflict => ({
  id: `${folder}:${path}`,
  folder,
  path,
  copy: `${path} (conflict)`,
  at: SAMPLE_NOW,
  base: null,
  mine: { blob: 'b'.repeat(40), machine: 'laptop' },
  theirs: { blob: 'c'.repeat(40), machine: 'desktop' },
  copySide: 'theirs',
});

export const sampleRequest = { changes: [{ path: 'wren.md', change: 'modified' as const }], total: 1, proposal: 'Change wren.md', draft: null, deadline: '2026-11-21T16:43:00.000Z' };
