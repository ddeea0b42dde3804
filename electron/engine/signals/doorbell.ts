import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/**
 * What one machine tells the others: this repository moved. It names things only by keys that the receiver looks up
 * among its own folders; no address, path or ref in it is ever used.
 */
export interface Doorbell {
  /** See `repoKey`. */
  readonly repo: string;
  readonly tip: string;
  readonly machine: { readonly id: string; readonly name: string };
  /** Rises with each announcement of a machine; a repetition of an old one is recognised by it. */
  readonly counter: number;
}

const VERSION = 1;
const MAX_CHARS = 2048;

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** Id of a commit, git or hg; also what SparkleShare sends. */
export const commitId = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/);

const wireSchema = z.strictObject({
  v: z.literal(VERSION),
  repo: digest,
  tip: commitId,
  machine: z.strictObject({ id: z.string().regex(/^[0-9a-f]{8}$/), name: z.string().regex(/^\P{Cc}{1,64}$/u) }),
  counter: z.int().positive(),
  hmac: digest,
});

/** How a repository is called among machines that share a key: tells nobody else which one it is, and does not depend on its address. */
export const repoKey = (meshKey: Buffer, rootCommit: string): string => createHmac('sha256', meshKey).update(rootCommit).digest('hex');

/** As a line of text without spaces (base64url), at most 2048 characters. */
export function sealDoorbell(bell: Doorbell, meshKey: Buffer): string {
  const { repo, tip, machine, counter } = bell;
  return Buffer.from(JSON.stringify({ v: VERSION, repo, tip, machine, counter, hmac: proof(bell, meshKey).toString('hex') })).toString('base64url');
}

/** Null for everything that is not a doorbell made with this key. */
export function openDoorbell(text: string, meshKey: Buffer): Doorbell | null {
  if (text.length > MAX_CHARS || !/^[\w-]+$/.test(text)) return null;
  const parsed = wireSchema.safeParse(parseJson(Buffer.from(text, 'base64url').toString('utf8')));
  if (!parsed.success) return null;
  const { repo, tip, machine, counter, hmac } = parsed.data;
  const bell = { repo, tip, machine, counter };
  return timingSafeEqual(Buffer.from(hmac, 'hex'), proof(bell, meshKey)) ? bell : null;
}

/** Over a list, not over the object as it came: one meaning has one form. */
const proof = ({ repo, tip, machine, counter }: Doorbell, meshKey: Buffer): Buffer =>
  createHmac('sha256', meshKey).update(JSON.stringify(['lockstep-doorbell', VERSION, repo, tip, machine.id, machine.name, counter])).digest();

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
