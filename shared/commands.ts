import { z } from 'zod';
import { activitySchema } from './activity.ts';
import { appStateSchema, conflictSchema, folderStateSchema, heldSchema, signalSchema, changeSchema } from './app-state.ts';
import { folderOptionChangesSchema } from './folder-options.ts';
import {
  accountSchema,
  FORGES,
  mirrorOptionChangesSchema,
  mirrorPlanSchema,
  mirrorSchema,
  refBackupSchema,
  repositoryDetailSchema,
  SKIP_REASONS,
  webhookStatusSchema,
} from './mirror.ts';
import type { SHELL_COMMANDS } from './shell-commands.ts';

const id = z.string().min(1).max(200);
const at = z.iso.datetime();
/** A path inside a folder, as shown to people (see `displayPath`). */
const path = z.string().min(1).max(8192);
const message = z.string().max(20_000);
/** A hundred years: what lies beyond is no date that everybody can read. */
const pauseS = z.number().positive().max(100 * 31_557_600);
const waitS = z.number().positive().max(31_557_600);
const options = folderOptionChangesSchema;
const done = z.object({});
const repo = z.string().min(1).max(1000);
const address = z.string().min(1).max(2000);
const mirrorFrom = z.union([
  z.object({ account: z.string(), owner: z.string().min(1).max(500), match: z.string().max(1000).optional(), syncNew: z.boolean().default(false), forks: z.boolean().default(false), archived: z.boolean().default(false) }),
  z.object({ url: address }),
  z.object({ hg: address }),
]);
const mirrorTo = z.union([z.object({ directory: z.string().min(1).max(8192) }), z.object({ url: address }), z.object({ account: z.string(), owner: z.string().min(1).max(500) })]);

export const commitEntrySchema = z.object({
  id: z.string(),
  parents: z.array(z.string()),
  author: z.string(),
  at,
  machine: z.string().nullable(),
  message: z.string(),
  files: z.array(changeSchema),
});
export type CommitEntry = z.infer<typeof commitEntrySchema>;

/** States of the whole folder (`path` is `.`), not of one file. */
export const WHOLE_FOLDER = ['snapshot', 'remote-history', 'mass-change'] as const;

export const rescuedSchema = z.object({
  name: z.string(),
  at,
  /** Why it was set aside: a reason code with words in `text/`. */
  why: z.enum(['ignored-here', 'changed-meanwhile', 'restored-over', 'left-behind', ...WHOLE_FOLDER]),
  path: z.string(),
  bytes: z.number(),
  /** When it is let go of; null: never by us. */
  keptUntil: at.nullable(),
});
export type Rescued = z.infer<typeof rescuedSchema>;

export const isWholeFolder = ({ why }: Rescued): boolean => WHOLE_FOLDER.some((whole) => whole === why);

/** One side of a comparison: text, or only its size where it is binary or above the limit for showing. */
const versionSchema = z.object({ blob: z.string().nullable(), machine: z.string().nullable(), text: z.string().nullable(), bytes: z.number() });
export const comparisonSchema = z.object({ conflict: conflictSchema, base: versionSchema.nullable(), mine: versionSchema, theirs: versionSchema });
export type Comparison = z.infer<typeof comparisonSchema>;

export const checkSchema = z.object({ check: z.string(), ok: z.boolean(), detail: z.string(), fix: z.string().nullable() });
export type Check = z.infer<typeof checkSchema>;

/**
 * Where a command runs. `offline`: also when no program runs on the home (it only reads or changes settings);
 * `engine`: only in the running program; `stream`: like `engine`, and answers more than once until cancelled.
 */
export type CommandKind = 'offline' | 'engine' | 'stream';

const define = <K extends CommandKind, I extends z.ZodType, O extends z.ZodType>(kind: K, input: I, output: O) => ({ kind, input, output });

/**
 * THE table of commands. The command line, the control socket and the window all speak it;
 * both ends parse what they send and what they get with these schemas.
 */
export const ENGINE_COMMANDS = {
  'state.get': define('offline', z.object({}), appStateSchema),
  'state.watch': define('stream', z.object({}), appStateSchema),
  'folder.add': define(
    'offline',
    z.object({
      path: z.string().min(1),
      clone: z.string().optional(),
      name: z.string().min(1).max(100).optional(),
      remote: z.string().min(1).optional(),
      branch: z.string().min(1).optional(),
      paused: z.boolean().default(false),
      options: options.default({}),
    }),
    folderStateSchema,
  ),
  /** Ends adding a folder (its clone) that is under way at this path, as it was given; nothing of it stays. */
  'folder.cancel-add': define('engine', z.object({ path: z.string().min(1) }), done),
  'folder.list': define('offline', z.object({}), z.array(folderStateSchema)),
  'folder.set': define(
    'offline',
    z.object({ id, name: z.string().min(1).max(100).optional(), remote: z.string().min(1).optional(), branch: z.string().min(1).optional(), options: options.default({}) }),
    folderStateSchema,
  ),
  /** The folder lies elsewhere now: it goes on there under its id, with all its settings. Only where its own history is. */
  'folder.locate': define('offline', z.object({ id, path: z.string().min(1).max(8192) }), folderStateSchema),
  /** Gives the folder's remote another address, or the folder its first remote (`origin`); thereby agreed to. */
  'folder.address': define('offline', z.object({ id, url: z.string().min(1).max(2000) }), folderStateSchema),
  'folder.remove': define('offline', z.object({ id }), done),
  /** No id: every folder. */
  'folder.pause': define('offline', z.object({ id: id.optional(), forS: pauseS.optional() }), done),
  'folder.resume': define('offline', z.object({ id: id.optional() }), done),
  /** Of a `path`: lets the secret in it be committed and pushed; `always`: whatever is found in that file from now on. */
  'folder.approve': define('engine', z.object({ id, path: path.optional(), always: z.boolean().optional() }), done),
  /** Takes secrets (of a path, or all) out of commits made by hand that were never pushed; the files stay as they are. */
  'folder.take-out': define('engine', z.object({ id, path: path.optional() }), z.object({ commits: z.number(), paths: z.array(z.string()) })),
  /** The other answer to a held mass change: the files of the newest commit come back; gives how many did. */
  'folder.bring-back': define('engine', z.object({ id }), z.object({ files: z.number() })),
  sync: define('engine', z.object({ id: id.optional(), timeoutS: waitS.default(120) }), z.object({ folders: z.array(folderStateSchema) })),
  history: define('offline', z.object({ id, path: path.optional(), limit: z.number().int().positive().max(10_000).default(50), before: z.string().optional() }), z.array(commitEntrySchema)),
  /** The bytes, base64. */
  show: define('offline', z.object({ id, commit: z.string().min(1), path }), z.object({ bytes: z.base64() })),
  restore: define('engine', z.object({ id, commit: z.string().min(1), path, to: path.optional() }), z.object({ path: z.string() })),
  conflicts: define('offline', z.object({ id: id.optional() }), z.array(conflictSchema)),
  'conflict.compare': define('offline', z.object({ conflict: id }), comparisonSchema),
  /** `file`: absolute path of a file with the result; `text`: the result itself. */
  resolve: define(
    'engine',
    z.object({ conflict: id, keep: z.union([z.enum(['mine', 'theirs', 'both']), z.object({ file: z.string() }), z.object({ text: z.string() })]) }),
    done,
  ),
  rescue: define('offline', z.object({ id }), z.array(rescuedSchema)),
  'rescue.restore': define('engine', z.object({ id, name: z.string(), path: path.optional(), to: z.string().optional() }), z.object({ path: z.string() })),
  held: define('offline', z.object({ id }), z.array(heldSchema)),
  activity: define('offline', z.object({ id: id.optional(), limit: z.number().int().positive().max(10_000).default(50) }), z.array(activitySchema)),
  'activity.follow': define('stream', z.object({ id: id.optional() }), activitySchema),
  'message.submit': define('engine', z.object({ id, message }), done),
  /** Not now: the question comes back with the next saved change, at the latest after the popup's time. */
  'message.postpone': define('engine', z.object({ id }), done),
  /** The person is typing: the clock begins anew, at most until `max-wait`. `draft`: the words so far (null: the proposal again); they are kept until a commit has them. */
  'message.typing': define('engine', z.object({ id, draft: message.nullable().optional() }), done),
  'signal.xmpp': define('offline', z.object({ jid: z.string(), password: z.string().min(1), service: z.string().optional(), ca: z.string().optional() }), signalSchema),
  'signal.fanout': define('offline', z.object({ url: z.string().optional(), serve: z.string().optional() }), signalSchema),
  'signal.off': define('offline', z.object({ which: z.enum(['xmpp', 'fanout']) }), signalSchema),
  'signal.status': define('offline', z.object({}), signalSchema),
  'signal.pair': define('offline', z.object({}), z.object({ code: z.string() })),
  'signal.join': define('offline', z.object({ code: z.string().min(1) }), done),
  /** The same name again: another token (or address) for it; its mirrors stay. The token is tried before it is kept. */
  'account.add': define('offline', z.object({ name: z.string(), forge: z.enum(FORGES), api: z.string().optional(), user: z.string().optional(), token: z.string().min(1) }), accountSchema),
  'account.list': define('offline', z.object({}), z.array(accountSchema)),
  /** Asks the forge again what the account may do. */
  'account.check': define('offline', z.object({ name: z.string() }), accountSchema),
  /** What a mirror of this owner would copy, and why it would leave out the rest; for a pattern while it is typed. */
  'account.repositories': define(
    'engine',
    z.object({ name: z.string(), owner: z.string().min(1).max(500), match: z.string().max(1000).optional(), forks: z.boolean().default(false), archived: z.boolean().default(false) }),
    z.object({ taken: z.array(z.string()), left: z.array(z.object({ name: z.string(), why: z.enum(SKIP_REASONS) })) }),
  ),
  'account.remove': define('offline', z.object({ name: z.string() }), done),
  'mirror.add': define('offline', z.object({ name: z.string().min(1).max(100).optional(), source: mirrorFrom, target: mirrorTo, options: mirrorOptionChangesSchema.default({}) }), mirrorSchema),
  'mirror.list': define('offline', z.object({ id: id.optional() }), z.array(mirrorSchema)),
  'mirror.preview': define('engine', z.object({ id }), mirrorPlanSchema),
  /** No id: every mirror. `repo`: only this one of its repositories. Answers when the run is over. */
  'mirror.run': define('engine', z.object({ id: id.optional(), repo: repo.optional() }), z.array(mirrorSchema)),
  /** Compares both sides and writes nothing. */
  'mirror.check': define('engine', z.object({ id: id.optional(), repo: repo.optional() }), z.array(mirrorSchema)),
  /** Lets through what waits in one repository, exactly as it was shown; `rename`: what another hand pushed stays at the target under this name. */
  'mirror.approve': define('engine', z.object({ id, repo, rename: z.string().min(1).max(200).optional() }), mirrorSchema),
  'mirror.repository': define('engine', z.object({ id, repo }), repositoryDetailSchema),
  'mirror.backups': define('offline', z.object({ id, repo }), z.array(refBackupSchema)),
  /** `ref`: the name of a backup, or a ref (its newest backup then). */
  'mirror.restore': define('engine', z.object({ id, repo, ref: z.string().min(1).max(1000), as: z.string().min(1).max(200) }), z.object({ branch: z.string(), commit: z.string() })),
  'mirror.set': define('offline', z.object({ id, name: z.string().min(1).max(100).optional(), options: mirrorOptionChangesSchema.default({}) }), mirrorSchema),
  /** `kept`: where old states are kept that nobody else may have. */
  'mirror.remove': define('offline', z.object({ id }), z.object({ kept: z.string().nullable() })),
  /** `secret`: what senders sign with; `new`: one is made and told once. */
  'webhook.listen': define('offline', z.object({ listen: z.string(), publicUrl: z.string().optional(), secret: z.string().min(1).optional(), newSecret: z.boolean().default(false) }), webhookStatusSchema.extend({ secret: z.string().nullable() })),
  'webhook.off': define('offline', z.object({}), webhookStatusSchema),
  'webhook.status': define('offline', z.object({}), webhookStatusSchema),
  'settings.set': define('offline', z.object({ theme: z.enum(['system', 'light', 'dark']).optional(), startAtLogin: z.boolean().optional() }), done),
  doctor: define('offline', z.object({ bundle: z.string().optional() }), z.array(checkSchema)),
  import: define('offline', z.object({ file: z.string() }), z.object({ folders: z.array(z.string()), signals: z.array(z.enum(['xmpp', 'fanout'])), skipped: z.array(z.string()) })),
  stop: define('engine', z.object({}), done),
} as const;

export type EngineCommand = keyof typeof ENGINE_COMMANDS;
type Table = typeof ENGINE_COMMANDS & typeof SHELL_COMMANDS;
/** What a caller gives: defaults may be left out. */
export type CommandArguments<C extends keyof Table> = z.input<Table[C]['input']>;
/** What a handler gets: parsed, with defaults. */
export type CommandInput<C extends keyof Table> = z.output<Table[C]['input']>;
export type CommandOutput<C extends keyof Table> = z.output<Table[C]['output']>;
