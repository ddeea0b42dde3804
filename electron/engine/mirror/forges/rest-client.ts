import type { z } from 'zod';
import { LockstepError } from '../../errors.ts';
import type { Ports } from '../../ports.ts';
import { forgeWords } from './forge-words.ts';
import { serverName } from './forge-address.ts';
import { httpTrouble } from './http-trouble.ts';
import { pause } from './pause.ts';
import { askedToWaitUntil } from './rate-limit.ts';
import type { Transport, WireAnswer, WireRequest } from './transport.ts';

/** Longer than this a limit is not waited for, but told of with its end. */
const LONGEST_WAIT_MS = 30_000;
const MOST_WAITS = 3;

export interface RestRequest {
  readonly method?: WireRequest['method'];
  /** Below the API's address, beginning with a slash; or the whole address of a page that the API named. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal: AbortSignal;
  /** Statuses that are an answer to the caller, and no trouble. */
  readonly expect?: readonly number[];
}

export interface RestOptions {
  readonly ports: Pick<Ports, 'clock' | 'redactor'>;
  /** Base address of the API, as `apiAddress` gives it. */
  readonly api: string;
  /** Name of the account, for people. */
  readonly account: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly transport: Transport;
}

/** One account's talk with one API: what is no answer becomes trouble with a code, and limits are kept. */
export class RestClient {
  readonly server: string;
  readonly #options: RestOptions;
  /** Until then the forge wants no request, whatever it is for. */
  #restUntilMs = 0;

  constructor(options: RestOptions) {
    this.#options = options;
    this.server = serverName(options.api);
  }

  /** The content of a successful answer, as the schema has it. */
  async get<T>(schema: z.ZodType<T>, request: RestRequest): Promise<T> {
    return this.parse(schema, (await this.ask(request)).body);
  }

  /** An answer with a status of 2xx or one that was expected; all else is thrown. */
  async ask(request: RestRequest): Promise<WireAnswer> {
    for (let waits = 0; ; waits += 1) {
      this.#rest();
      const answer = await this.#send(request);
      const { status } = answer;
      if ((status >= 200 && status < 300) || request.expect?.includes(status)) return answer;
      const untilMs = askedToWaitUntil({ ...answer, words: forgeWords(answer.body) }, this.#now());
      if (untilMs === null) throw this.#trouble(answer);
      const waitMs = untilMs - this.#now();
      if (waitMs > LONGEST_WAIT_MS || waits >= MOST_WAITS) {
        this.#restUntilMs = untilMs;
        throw this.#limited(untilMs);
      }
      await pause(this.#options.ports.clock, waitMs, request.signal);
    }
  }

  /** Throws the forge's own reason, where an expected status turned out to be trouble after all. */
  refuse(answer: WireAnswer): never {
    throw this.#trouble(answer);
  }

  parse<T>(schema: z.ZodType<T>, body: unknown): T {
    const result = schema.safeParse(body);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    const words = typeof body === 'string' ? forgeWords(body) : `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
    throw new LockstepError('remote-damaged', { server: this.server, detail: this.clean(words) });
  }

  /** Whether an address lies below the API's own: only there our token goes. */
  isOwn(address: string): boolean {
    return URL.canParse(address) && new URL(address).origin === new URL(this.#options.api).origin;
  }

  clean(words: string): string {
    return this.#options.ports.redactor.text(words);
  }

  #now(): number {
    return this.#options.ports.clock.now();
  }

  #rest(): void {
    if (this.#restUntilMs > this.#now()) throw this.#limited(this.#restUntilMs);
  }

  async #send(request: RestRequest): Promise<WireAnswer> {
    const { method = 'GET', body, signal } = request;
    // It would lead out of the API; nothing has such a name.
    if (/(?:^|\/)(?:\.|%2e){1,2}(?:[/?#]|$)/i.test(request.path)) return { status: 404, headers: new Headers(), url: '', body: null };
    try {
      return await this.#options.transport({ method, url: this.#address(request), headers: { ...this.#options.headers, ...request.headers }, body, signal });
    } catch (error) {
      signal.throwIfAborted();
      throw httpTrouble(error, this.server) ?? error;
    }
  }

  #address({ path, query = {} }: RestRequest): string {
    const url = new URL(path.startsWith('/') ? this.#options.api + path : path);
    if (!this.isOwn(url.href)) throw new LockstepError('remote-damaged', { server: this.server, detail: `it sends us on to ${this.clean(url.origin)}` });
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    return url.href;
  }

  #limited(untilMs: number): LockstepError {
    return new LockstepError('rate-limited', { server: this.server, account: this.#options.account, until: new Date(untilMs).toISOString() });
  }

  #trouble({ status, headers, body }: WireAnswer): LockstepError {
    const { server } = this;
    const { account } = this.#options;
    const said = this.clean(forgeWords(body));
    if (status === 401) return new LockstepError('auth-failed', { server, account, status, detail: said });
    if (status === 404) return new LockstepError('remote-gone', { server, status, detail: said });
    if (status >= 500) return new LockstepError('offline', { server, status, detail: `${status} ${said}`.trim() });
    if (status < 400) return new LockstepError('remote-damaged', { server, status, detail: this.clean(`${status} ${headers.get('location') ?? ''}`.trim()) });
    // 403 and 410 above all; the words are the forge's own: they say which right is missing, or that this way was closed.
    return new LockstepError('not-allowed', { server, account, status, detail: said || String(status) });
  }
}
