import { z } from 'zod';
import { activitySchema } from './activity.ts';
import { folderOptionsSchema } from './folder-options.ts';
import { accountSchema, mirrorStateSchema, webhookStatusSchema } from './mirror.ts';
import { FOLDER_PHASES } from './phase.ts';
import { problemSchema, PROBLEM_CODES, paramsSchema } from './problem.ts';
import { settingsSchema } from './settings.ts';

const at = z.iso.datetime();

export const conflictSchema = z.object({
  id: z.string(),
  folder: z.string(),
  /** The path whose name was kept, and the copy beside it with the other version. */
  path: z.string(),
  copy: z.string(),
  at,
  base: z.string().nullable(),
  mine: z.object({ blob: z.string(), machine: z.string() }),
  theirs: z.object({ blob: z.string(), machine: z.string() }),
  /** Which of the two the copy is; the other stands under the name. */
  copySide: z.enum(['mine', 'theirs']),
});
export type Conflict = z.infer<typeof conflictSchema>;

export const heldSchema = z.object({ path: z.string(), code: z.enum(PROBLEM_CODES), params: paramsSchema.default({}) });
export type Held = z.infer<typeof heldSchema>;

export const changeSchema = z.object({
  path: z.string(),
  change: z.enum(['added', 'modified', 'deleted', 'renamed', 'type-changed']),
  from: z.string().optional(),
});
export type Change = z.infer<typeof changeSchema>;

/**
 * What the commit popup shows: what would be committed, the proposed message, and until when it waits. `draft`: what was
 * typed so far, in whichever window; it is the message when the time is over.
 */
export const messageRequestSchema = z.object({ changes: z.array(changeSchema), total: z.number(), proposal: z.string(), draft: z.string().nullable().default(null), deadline: at });
export type MessageRequest = z.infer<typeof messageRequestSchema>;

export const folderStateSchema = z.object({
  id: z.string(),
  name: z.string(),
  path: z.string(),
  vcs: z.enum(['git', 'hg']),
  branch: z.string().nullable(),
  /** Address of the remote as shown: without any secret. */
  remote: z.string().nullable(),
  remoteName: z.string().nullable(),
  head: z.string().nullable(),
  phase: z.enum(FOLDER_PHASES),
  since: at,
  paused: z.boolean(),
  pausedUntil: at.nullable(),
  dirty: z.boolean(),
  ahead: z.number(),
  behind: z.number(),
  conflicts: z.array(conflictSchema),
  held: z.array(heldSchema),
  problem: problemSchema.nullable(),
  /** Lesser things to know that hold nothing back (`watch-limit`, `no-remote`, `untrusted-config`). */
  notes: z.array(problemSchema),
  lastCommit: z.object({ id: z.string(), at, message: z.string(), machine: z.string().nullable() }).nullable(),
  lastPush: at.nullable(),
  lastPull: at.nullable(),
  /** Settling: when the quiet period ends if nothing more is saved. */
  settlesAt: at.nullable(),
  messageRequest: messageRequestSchema.nullable(),
  watching: z.object({ directories: z.number(), polled: z.number() }),
  /** Changes per day of the last 14 days, oldest first: by this machine, by others. */
  days: z.object({ mine: z.array(z.number()), others: z.array(z.number()) }),
  options: folderOptionsSchema,
});
export type FolderState = z.infer<typeof folderStateSchema>;

export const SIGNAL_STATES = ['off', 'connecting', 'online', 'offline', 'auth-failed', 'tls-failed'] as const;
export type SignalState = (typeof SIGNAL_STATES)[number];
const signalState = z.enum(SIGNAL_STATES);

export const signalSchema = z.object({
  xmpp: z.object({ state: signalState, jid: z.string().nullable() }),
  /** `portTaken`: the address that was to be served, while another program listens there. */
  fanout: z.object({ state: signalState, url: z.string().nullable(), serving: z.string().nullable(), portTaken: z.string().optional() }),
});
export type SignalStatus = z.infer<typeof signalSchema>;

export const machineSchema = z.object({
  id: z.string(),
  name: z.string(),
  self: z.boolean(),
  lastHeardAt: at.nullable(),
  via: z.enum(['xmpp', 'fanout']).nullable(),
  /** Folder id -> the tip it last announced. */
  tips: z.record(z.string(), z.string()),
});
export type Machine = z.infer<typeof machineSchema>;

/** All that hosts ever see of the engine. Replaced as a whole on each change, with a higher revision. */
export const appStateSchema = z.object({
  revision: z.number(),
  version: z.string(),
  home: z.string(),
  pid: z.number(),
  startedAt: at,
  ready: z.boolean(),
  folders: z.array(folderStateSchema),
  signal: signalSchema,
  mirrors: z.array(mirrorStateSchema),
  accounts: z.array(accountSchema),
  webhook: webhookStatusSchema,
  machines: z.array(machineSchema),
  /** The newest first, at most 50; the whole log is behind the `activity` command. */
  recent: z.array(activitySchema),
  /** Problems of the program itself (`settings-damaged`, `disk-full` for its own folder). */
  problems: z.array(problemSchema),
  appearance: settingsSchema.shape.appearance,
  startAtLogin: z.boolean(),
});
export type AppState = z.infer<typeof appStateSchema>;
