import type { Clock } from '../ports.ts';
import type { Accounts } from './accounts.ts';
import type { ForgeRepository } from './forges/forge.ts';
import { readListing } from './listing.ts';

/** While a person tries patterns, the list itself stays the same. */
const KEPT_MS = 60_000;

/** The list of the owner that was asked about last, kept for a minute. */
export class RecentListing {
  readonly #clock: Clock;
  readonly #accounts: Accounts;
  #last: { readonly question: string; readonly atMs: number; readonly listing: readonly ForgeRepository[] } | null = null;

  constructor(clock: Clock, accounts: Accounts) {
    this.#clock = clock;
    this.#accounts = accounts;
  }

  /** Throws what the forge says where the owner is unknown, or the list cannot be read to its end. */
  async read(account: string, owner: string, signal: AbortSignal): Promise<readonly ForgeRepository[]> {
    const question = `${account}\n${owner}`;
    const last = this.#last;
    if (last?.question === question && this.#clock.monotonic() - last.atMs < KEPT_MS) return last.listing;
    const listing = await readListing(await this.#accounts.forge(account), owner, signal);
    this.#last = { question, atMs: this.#clock.monotonic(), listing };
    return listing;
  }

  /** After a token was replaced: another one may see more. */
  forget(): void {
    this.#last = null;
  }
}
