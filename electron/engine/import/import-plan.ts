import { LockstepError } from '../errors.ts';
import { readAutosyncConfiguration } from './autosync-configuration.ts';
import { readSparkleshareProjects } from './sparkleshare-projects.ts';

/** A folder to watch, as the other program had it. */
export interface ImportedFolder {
  /** Absolute, or beginning with `~/`. */
  readonly path: string;
  readonly name?: string;
  readonly pushDelayS?: number;
  readonly ignore: readonly string[];
}

export interface ImportPlan {
  readonly folders: readonly ImportedFolder[];
  readonly xmpp: { readonly jid: string; readonly password: string } | null;
  /** `tcp://HOST:PORT` */
  readonly fanout: string | null;
  /** What was left out, each a code with the matter. */
  readonly skipped: readonly { readonly what: string; readonly why: SkipReason }[];
}

export type SkipReason = 'no-counterpart' | 'not-git' | 'no-path' | 'several-servers';

const MAX_BYTES = 1024 * 1024;

/** Reads a dvcs-autosync configuration or a SparkleShare `projects.xml`, told apart by content. Throws `bad-file` with a detail. */
export function planImport(bytes: Buffer): ImportPlan {
  refuseTooLarge(bytes.length);
  const text = decode(bytes);
  return /^\s*</.test(text) ? readSparkleshareProjects(text) : readAutosyncConfiguration(text);
}

/** Throws `bad-file`; also for whoever has not read it yet. */
export function refuseTooLarge(bytes: number): void {
  if (bytes > MAX_BYTES) throw new LockstepError('bad-file', { detail: 'it is too large' });
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new LockstepError('bad-file', { detail: 'it is not UTF-8 text' }, { cause: error });
  }
}
