import { z } from 'zod';
import { folderOptionsSchema } from './folder-options.ts';
import { accountSettingsSchema, mirrorSettingsSchema, webhookSettingsSchema } from './mirror.ts';

export const SETTINGS_VERSION = 1;

/** A finding that the person let through: this one secret, or (digest null) whatever this rule finds in the file. */
const letThroughSchema = z.object({ path: z.string(), rule: z.string(), digest: z.string().nullable() });
export type LetThrough = z.infer<typeof letThroughSchema>;

export const folderSettingsSchema = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  name: z.string().min(1),
  /** Absolute path of the work tree, real (no symlinks). */
  path: z.string().startsWith('/'),
  vcs: z.enum(['git', 'hg']),
  /** Name of the remote and the address agreed to when the folder was added; null: none yet. */
  remote: z.object({ name: z.string(), url: z.string() }).nullable(),
  branch: z.string().nullable(),
  addedAt: z.iso.datetime(),
  paused: z.object({ until: z.iso.datetime().nullable() }).nullable().default(null),
  /** First commit of the history, by which the folder is known again; null: not known yet. */
  rootCommit: z.string().nullable().default(null),
  /** Digest of the executing configuration the person agreed to with --trust; a change asks again. */
  trustedConfig: z.string().nullable().default(null),
  letThrough: z.array(letThroughSchema).default([]),
  options: folderOptionsSchema,
});
export type FolderSettings = z.infer<typeof folderSettingsSchema>;

const xmppSettingsSchema = z.object({ jid: z.string(), service: z.string().nullable(), ca: z.string().nullable() });
const fanoutSettingsSchema = z.object({ url: z.string().nullable(), serve: z.string().nullable() });

/** What the person decided, kept in `settings.json`. Secrets are in the secret store, never here. */
export const settingsSchema = z.object({
  version: z.literal(SETTINGS_VERSION),
  machine: z.object({ id: z.string().regex(/^[0-9a-f]{8}$/), name: z.string().min(1).max(64) }),
  folders: z.array(folderSettingsSchema),
  signal: z.object({ xmpp: xmppSettingsSchema.nullable(), fanout: fanoutSettingsSchema.nullable() }),
  accounts: z.array(accountSettingsSchema).default([]),
  mirrors: z.array(mirrorSettingsSchema).default([]),
  /** Null: nobody is listened to. */
  webhook: webhookSettingsSchema.nullable().default(null),
  appearance: z.object({ theme: z.enum(['system', 'light', 'dark']) }).default({ theme: 'system' }),
  startAtLogin: z.boolean().default(false),
});
export type Settings = z.infer<typeof settingsSchema>;
