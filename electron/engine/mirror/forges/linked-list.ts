import { z } from 'zod';
import { linked, pages, type Page } from './pages.ts';
import type { RestClient } from './rest-client.ts';

/** Enough for all pages of some owners with thousands of repositories each. */
const MOST_KEPT_PAGES = 500;

interface KeptPage {
  readonly etag: string;
  readonly page: Page<unknown, string>;
}

/**
 * Lists whose pages are chained by `Link` headers (GitHub, GitLab, Gitea). A page that did not change since it was last read
 * (its `ETag` answers 304, which GitHub does not count) is the one of last time.
 */
export class LinkedLists {
  readonly #client: RestClient;
  readonly #kept = new Map<string, KeptPage>();

  constructor(client: RestClient) {
    this.#client = client;
  }

  read<T extends { readonly id: string }>(schema: z.ZodType<T>, path: string, query: Readonly<Record<string, string | number | boolean>>, signal: AbortSignal): AsyncGenerator<readonly T[]> {
    const parameters = new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]));
    return pages(this.#client, `${path}${path.includes('?') ? '&' : '?'}${parameters.toString()}`, (at) => this.#page(z.array(schema), at, signal));
  }

  async #page<T extends { readonly id: string }>(schema: z.ZodType<T[]>, at: string, signal: AbortSignal): Promise<Page<T, string>> {
    const kept = this.#kept.get(at);
    const answer = await this.#client.ask({ path: at, signal, ...(kept ? { headers: { 'if-none-match': kept.etag }, expect: [304] } : {}) });
    // What was kept came from this very schema: an address is asked in one way only.
    if (answer.status === 304 && kept) return kept.page as Page<T, string>;
    const page = { items: this.#client.parse(schema, answer.body), next: linked(answer.headers.get('link'), 'next') };
    this.#keep(at, answer.headers.get('etag'), page);
    return page;
  }

  #keep(at: string, etag: string | null, page: Page<unknown, string>): void {
    this.#kept.delete(at);
    if (etag !== null) this.#kept.set(at, { etag, page });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT_PAGES && oldest !== undefined) this.#kept.delete(oldest);
  }
}
