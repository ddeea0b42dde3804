import { LockstepError } from '../../errors.ts';
import type { ForgeRepository } from './forge.ts';
import type { RestClient } from './rest-client.ts';

/** More pages than any owner has; a forge that never comes to an end is not waited for. */
const MOST_PAGES = 10_000;
/** Trouble that says itself what to do, wherever it was met. */
const TOLD_AS_IT_IS = new Set(['auth-failed', 'not-allowed', 'rate-limited', 'tls-failed', 'system-limit', 'owner-gone']);

/** One page, and what asks for the next; null: it was the last. */
export interface Page<T, Next> {
  readonly items: readonly T[];
  readonly next: Next | null;
}

/**
 * Page after page to the last. A list that does not come to its end is `listing-failed`, whatever the reason: nothing must be
 * concluded from a part of it. Of a list that was moved while it was read, no entry comes twice.
 */
export async function* pages<T extends { readonly id: string }, Next>(client: RestClient, first: Next, read: (at: Next) => Promise<Page<T, Next>>): AsyncGenerator<readonly T[]> {
  const seen = new Set<string>();
  const asked = new Set<string>();
  let next: Next | null = first;
  for (let count = 0; next !== null; count += 1) {
    const key = JSON.stringify(next);
    if (asked.has(key) || count >= MOST_PAGES) throw failed(client, 'it goes round in circles');
    asked.add(key);
    const page: Page<T, Next> = await read(next).catch((error: unknown) => {
      throw inMiddle(client, error, count);
    });
    yield page.items.filter(({ id }) => !seen.has(id) && seen.add(id));
    ({ next } = page);
  }
}

/** At the beginning, a server that cannot be reached is told as such. */
function inMiddle(client: RestClient, error: unknown, pagesRead: number): unknown {
  if (!(error instanceof LockstepError) || TOLD_AS_IT_IS.has(error.code)) return error;
  const answered = typeof error.params['status'] === 'number';
  if (pagesRead === 0 && !(answered && error.code === 'offline')) return error;
  return failed(client, String(error.params['detail'] ?? error.code), error);
}

const failed = (client: RestClient, detail: string, cause?: unknown): LockstepError => new LockstepError('listing-failed', { server: client.server, detail }, { cause });

/** The address in a `Link` header with this relation (RFC 8288, as GitHub, GitLab and Gitea write it); null: none. */
export function linked(header: string | null, relation: string): string | null {
  for (const [, address = '', parameters = ''] of (header ?? '').matchAll(/<([^<>]*)>((?:\s*;\s*[^,;<>]+)*)/g)) {
    const [, quoted, bare] = /;\s*rel=(?:"([^"]*)"|([^\s;,"]+))/.exec(parameters) ?? [];
    if ((quoted ?? bare ?? '').split(/\s+/).includes(relation)) return address;
  }
  return null;
}

/** A name with its owner's path, as a part of an address. */
export const inAddress = (fullName: string): string => fullName.split('/').map(encodeURIComponent).join('/');

/** A repository without its name below an owner, which depends on who was asked for. */
export type Nameless = Omit<ForgeRepository, 'name'>;

/** The name below an owner, however upper and lower case are written. */
export function nameBelow(fullName: string, owner: string): string {
  return fullName.toLowerCase().startsWith(`${owner.toLowerCase()}/`) ? fullName.slice(owner.length + 1) : fullName.slice(fullName.indexOf('/') + 1);
}
