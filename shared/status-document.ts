import type { AppState, FolderState } from './app-state.ts';
import { optionsDocument } from './folder-options.ts';
import { mirrorDocument } from './mirror-document.ts';
import type { Mirror } from './mirror.ts';
import type { Problem } from './problem.ts';
import { serverName } from './text/folder-text.ts';
import { nextStep } from './text/next-step.ts';
import { heldSentence, problemSentence } from './text/problem-text.ts';
import type { Text } from './text/text.ts';

/** What `status --json` prints, as INTERFACE.md has it. Scripts rely on it: add, never rename. */
export function statusDocument(text: Text, state: AppState, nowMs: number, mirrors: readonly Mirror[] = []) {
  return {
    version: state.version,
    home: state.home,
    pid: state.pid === 0 ? null : state.pid,
    folders: state.folders.map((folder) => folderDocument(text, folder, nowMs)),
    mirrors: mirrors.map((mirror) => mirrorDocument(text, mirror, nowMs)),
    exports: [],
    signal: state.signal,
    problems: state.problems.map((problem) => problemDocument(text, problem, null, nowMs)),
  };
}

/** The folder F of INTERFACE.md: the state's own fields, the problem with its sentence, the options under their long names. */
export function folderDocument(text: Text, folder: FolderState, nowMs: number) {
  return {
    id: folder.id,
    name: folder.name,
    path: folder.path,
    vcs: folder.vcs,
    branch: folder.branch,
    remote: folder.remote,
    head: folder.head,
    phase: folder.phase,
    since: folder.since,
    paused: folder.paused,
    pausedUntil: folder.pausedUntil,
    dirty: folder.dirty,
    ahead: folder.ahead,
    behind: folder.behind,
    conflicts: folder.conflicts,
    held: folder.held.map((held) => ({ ...held, message: heldSentence(text, held), next: nextStep(text, held, folder) })),
    problem: folder.problem && problemDocument(text, folder.problem, folder, nowMs),
    notes: folder.notes.map((note) => problemDocument(text, note, folder, nowMs)),
    lastCommit: folder.lastCommit,
    lastPush: folder.lastPush,
    lastPull: folder.lastPull,
    settings: optionsDocument(folder.options),
  };
}

/**
 * `{code, message, next, path?, retryAt?, action?}`. The message holds no countdown: the time of the next try stands beside
 * it. `next` is what the person does about it, as a line for a terminal. `folder` is null for a problem of the program itself.
 */
function problemDocument(text: Text, problem: Problem, folder: FolderState | null, nowMs: number) {
  const { code, path, since, retryAt, action } = problem;
  const around = { nowMs, folder: folder?.name, server: serverName(folder?.remote ?? null) };
  const message = problemSentence(text, { ...problem, retryAt: undefined }, around);
  const more = { ...(path === undefined ? {} : { path }), ...(retryAt === undefined ? {} : { retryAt }), ...(action === undefined ? {} : { action }) };
  return { code, message, next: nextStep(text, problem, folder), since, ...more };
}
