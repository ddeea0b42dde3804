import { z } from 'zod';

const seconds = (min: number, max: number) => z.coerce.number().min(min).max(max);
/** `true`, `yes`, `on`, `1` and their opposites, as a script would write them. */
const flag = z.union([z.boolean(), z.stringbool()]);
const patterns = z.union([z.array(z.string()), z.string().transform((text) => text.split('\n').filter(Boolean))]);

/**
 * The per-folder options, once: the keys the program uses, each with its schema and default.
 * Durations are seconds and sizes bytes, as INTERFACE.md has them. The long option name is the key in kebab-case.
 */
export const folderOptionsSchema = z.object({
  commitDelay: seconds(0, 86_400).default(2),
  maxWait: seconds(1, 86_400).default(300),
  pushDelay: seconds(0, 86_400).default(1),
  poll: seconds(1, 604_800).default(300),
  message: z.enum(['auto', 'popup']).default('auto'),
  popupTimeout: seconds(1, 86_400).default(60),
  commit: flag.default(true),
  push: flag.default(true),
  pull: flag.default(true),
  conflicts: z.enum(['keep-both', 'ask']).default('keep-both'),
  maxFileSize: z.coerce.number().int().min(1).default(100_000_000),
  ignore: patterns.default([]),
  trust: flag.default(false),
});

const { shape } = folderOptionsSchema;

/**
 * Some of the options, as a change names them: what is not named stays. Not `partial()` alone: Zod fills in a default
 * below `optional`, and a change of one option would set all others back.
 */
export const folderOptionChangesSchema = z
  .object({
    ...shape,
    commitDelay: shape.commitDelay.unwrap(),
    maxWait: shape.maxWait.unwrap(),
    pushDelay: shape.pushDelay.unwrap(),
    poll: shape.poll.unwrap(),
    message: shape.message.unwrap(),
    popupTimeout: shape.popupTimeout.unwrap(),
    commit: shape.commit.unwrap(),
    push: shape.push.unwrap(),
    pull: shape.pull.unwrap(),
    conflicts: shape.conflicts.unwrap(),
    maxFileSize: shape.maxFileSize.unwrap(),
    ignore: shape.ignore.unwrap(),
    trust: shape.trust.unwrap(),
  })
  .partial();

export type FolderOptions = z.infer<typeof folderOptionsSchema>;
export type FolderOptionKey = keyof FolderOptions;

export const FOLDER_OPTION_KEYS = Object.keys(folderOptionsSchema.shape) as FolderOptionKey[];

/** `commitDelay` -> `commit-delay`, the name on the command line and in JSON. */
export const optionName = (key: FolderOptionKey): string => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `commit-delay` -> `commitDelay`; undefined when there is no such option. */
export const optionKey = (name: string): FolderOptionKey | undefined => FOLDER_OPTION_KEYS.find((key) => optionName(key) === name);

/** The options under their long names, as JSON shows them. */
export const optionsDocument = (options: FolderOptions): Record<string, unknown> =>
  Object.fromEntries(FOLDER_OPTION_KEYS.map((key) => [optionName(key), options[key]]));
