import { z } from 'zod';
import { mirrorProblemSchema } from './mirror-problem.ts';

const at = z.iso.datetime();
const objectId = z.string().regex(/^[0-9a-f]{40,64}$/);

export const FORGES = ['github', 'gitlab', 'bitbucket', 'bitbucket-server', 'gitea'] as const;
export type ForgeKind = (typeof FORGES)[number];

/** How a repository stands, in the words of INTERFACE.md; of a whole mirror the one that needs most attention. */
export const MIRROR_STATES = ['never-synced', 'syncing', 'in-sync', 'behind', 'ahead', 'diverged', 'empty', 'unavailable', 'needs-approval', 'paused'] as const;
export type MirrorState = (typeof MIRROR_STATES)[number];

/** Where repositories come from: all of an owner that match, one address, one Mercurial repository. */
export const mirrorSourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('owner'),
    account: z.string(),
    /** User, organisation, group (its subgroups too), workspace, project; as the forge writes it in addresses. */
    owner: z.string(),
    /** Linear-time regular expression (RE2) on the name; null: all. */
    match: z.string().nullable(),
    forks: z.boolean(),
    archived: z.boolean(),
    /** Takes in repositories that appear later. */
    syncNew: z.boolean(),
  }),
  z.object({ kind: z.literal('url'), url: z.string() }),
  z.object({ kind: z.literal('hg'), url: z.string() }),
]);
export type MirrorSource = z.infer<typeof mirrorSourceSchema>;

/** Where they go: bare repositories below a folder, one remote, an owner at another account. */
export const mirrorTargetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('directory'), path: z.string().startsWith('/') }),
  z.object({ kind: z.literal('remote'), url: z.string() }),
  z.object({ kind: z.literal('account'), account: z.string(), owner: z.string() }),
]);
export type MirrorTarget = z.infer<typeof mirrorTargetSchema>;

const seconds = (min: number, max: number) => z.coerce.number().min(min).max(max);
const flag = z.union([z.boolean(), z.stringbool()]);

/** What can be changed of a mirror later, under the long option names (`mirror set ID KEY=VALUE`). */
export const mirrorOptionsSchema = z.object({
  how: z.enum(['poll', 'hook', 'none']).default('poll'),
  /** Between two polls. */
  every: seconds(1, 2_000_000).default(300),
  lfs: flag.default(false),
  /** What becomes of a ref that is deleted at the source: gone here too (its tip kept as a backup), kept, or asked about. */
  deletions: z.enum(['follow', 'keep', 'ask']).default('follow'),
  /** Whether rewritten history waits for a yes, or is followed at once (the old tip kept as a backup either way). */
  rewrites: z.enum(['follow', 'ask']).default('follow'),
  /** Backups of refs are let go after so many days, the newest of each ref never. */
  keepDays: seconds(1, 36_500).default(90),
  paused: flag.default(false),
});
const { shape } = mirrorOptionsSchema;
/** Some of them; not `partial()` alone, which would fill in the defaults. */
export const mirrorOptionChangesSchema = z
  .object({ how: shape.how.unwrap(), every: shape.every.unwrap(), lfs: shape.lfs.unwrap(), deletions: shape.deletions.unwrap(), rewrites: shape.rewrites.unwrap(), keepDays: shape.keepDays.unwrap(), paused: shape.paused.unwrap() })
  .partial();
export type MirrorOptions = z.infer<typeof mirrorOptionsSchema>;

export const mirrorSettingsSchema = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  name: z.string().min(1),
  source: mirrorSourceSchema,
  target: mirrorTargetSchema,
  addedAt: at,
  options: mirrorOptionsSchema,
});
export type MirrorSettings = z.infer<typeof mirrorSettingsSchema>;

/** What an account may do, as found when it was added or last looked at; null: could not be told. */
export const accountCheckSchema = z.object({ at, login: z.string().nullable(), canList: z.boolean().nullable(), canHook: z.boolean().nullable(), canCreate: z.boolean().nullable(), expiresAt: at.nullable() });
export type AccountCheck = z.infer<typeof accountCheckSchema>;

/** An account at a forge; its token is in the secret store. */
export const accountSettingsSchema = z.object({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
  forge: z.enum(FORGES),
  /** Base address of the API. */
  api: z.string(),
  user: z.string().nullable(),
  check: accountCheckSchema.nullable().default(null),
});
export type AccountSettings = z.infer<typeof accountSettingsSchema>;

export const accountSchema = accountSettingsSchema.extend({ problem: mirrorProblemSchema.nullable() });
export type Account = z.infer<typeof accountSchema>;

/** Who may ring, and where: the secret that senders sign with is in the secret store. */
export const webhookSettingsSchema = z.object({ host: z.string(), port: z.number().int().min(0).max(65_535), publicUrl: z.string().nullable() });
export type WebhookSettings = z.infer<typeof webhookSettingsSchema>;
export const webhookStatusSchema = z.object({
  state: z.enum(['off', 'listening', 'port-taken']),
  /** `http://HOST:PORT/hooks`; null when off. */
  url: z.string().nullable(),
  publicUrl: z.string().nullable(),
  hasSecret: z.boolean(),
});
export type WebhookStatus = z.infer<typeof webhookStatusSchema>;

export const mirroredRepositorySchema = z.object({
  /** Name as the person knows it (with the group's path where there are subgroups). */
  name: z.string(),
  state: z.enum(MIRROR_STATES),
  /** Heads and tags that the mirror has. */
  refs: z.number(),
  lastSync: at.nullable(),
  /** When a ref last moved. */
  lastMoved: at.nullable().default(null),
  archived: z.boolean().default(false),
  /** The bare repository on this disk. */
  path: z.string(),
  problem: mirrorProblemSchema.nullable(),
});
export type MirroredRepository = z.infer<typeof mirroredRepositorySchema>;

/** A mirror without its repositories: there may be thousands, and the state is sent on each change (`mirror.list` has them). */
export const mirrorStateSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** As shown: `work/tidepool`, `https://host/path`; without a secret. */
  source: z.string(),
  target: z.string(),
  how: z.enum(['poll', 'hook', 'none']),
  every: z.number(),
  options: mirrorOptionsSchema,
  state: z.enum(MIRROR_STATES),
  problem: mirrorProblemSchema.nullable(),
  counts: z.partialRecord(z.enum(MIRROR_STATES), z.number()),
  total: z.number(),
  /** While a run is on: how many repositories are done. */
  running: z.object({ done: z.number(), total: z.number(), now: z.array(z.string()) }).nullable(),
  lastRunAt: at.nullable(),
  nextRunAt: at.nullable(),
  /** The first few that need a person, and how many there are. */
  waiting: z.object({ total: z.number(), first: z.array(mirroredRepositorySchema) }),
  /** Last delivery of a webhook, and what was made of it. */
  lastHook: z.object({ at, verdict: z.enum(['right', 'wrong-signature', 'no-signature', 'unreadable', 'repeated', 'not-ours']) }).nullable(),
  /** Counts up when anything about its repositories changes. */
  revision: z.number(),
});
export type MirrorSummary = z.infer<typeof mirrorStateSchema>;

/** The mirror M of INTERFACE.md, repositories and all. */
export const mirrorSchema = mirrorStateSchema.extend({ repos: z.array(mirroredRepositorySchema) });
export type Mirror = z.infer<typeof mirrorSchema>;

export const plannedRefSchema = z.object({
  ref: z.string(),
  action: z.enum(['create', 'fast-forward', 'rewrite', 'delete']),
  from: objectId.nullable(),
  to: objectId.nullable(),
  /** Of a rewrite: how many commits leave, how many come; null where that is not known without fetching. */
  leave: z.number().nullable().default(null),
  come: z.number().nullable().default(null),
});
export type PlannedRef = z.infer<typeof plannedRefSchema>;

/** Why a repository is left out of a run. */
export const SKIP_REASONS = ['not-matching', 'fork', 'archived', 'empty', 'unavailable', 'gone', 'case-twin', 'unsafe-name', 'needs-approval', 'diverged', 'not-new', 'mercurial'] as const;
export const plannedRepositorySchema = z.object({ name: z.string(), action: z.enum(['create', 'update', 'exists', 'skip']), why: z.enum(SKIP_REASONS).optional(), refs: z.array(plannedRefSchema), problem: mirrorProblemSchema.nullable().default(null) });
export type PlannedRepository = z.infer<typeof plannedRepositorySchema>;
export const mirrorPlanSchema = z.object({ repos: z.array(plannedRepositorySchema) });
export type MirrorPlan = z.infer<typeof mirrorPlanSchema>;

/** A repository in detail: what it holds, what waits, what was kept. */
export const repositoryDetailSchema = mirroredRepositorySchema.extend({
  source: z.string(),
  target: z.string().nullable(),
  defaultBranch: z.string().nullable(),
  heads: z.number(),
  tags: z.number(),
  bytes: z.number().nullable(),
  /** What the next run would do or what waits for a yes; nothing was written. */
  plan: z.array(plannedRefSchema),
  backups: z.lazy(() => z.array(refBackupSchema)),
});
export type RepositoryDetail = z.infer<typeof repositoryDetailSchema>;

/** One value that a ref had before it was moved or deleted. `name` restores it: `refs/lockstep/backup/STAMP/heads/main`. */
export const refBackupSchema = z.object({ name: z.string(), ref: z.string(), commit: objectId, at, why: z.enum(['rewritten', 'moved', 'deleted', 'target-overwritten']) });
export type RefBackup = z.infer<typeof refBackupSchema>;
