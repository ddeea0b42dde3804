import type { Http, Ports } from '../../ports.ts';
import { isPassing } from './http-trouble.ts';
import { pause } from './pause.ts';

export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly signal: AbortSignal;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Where it came from, when that is another place of the same server than was asked. */
  readonly url: string;
  /** JSON as read; text where it is none; null where there is nothing. */
  readonly body: unknown;
}

/** Carries one request to a forge and its answer, of whatever status, back; rejects as the `Http` port does. */
export type Transport = (request: WireRequest) => Promise<WireAnswer>;

const GATEWAY_TROUBLE = new Set([502, 503, 504]);
const RETRY_AFTER_MS = [500, 2_000];

/** Straight over the port; what only reads is asked again when a gateway or a connection failed. */
export function plainTransport({ http, clock }: Pick<Ports, 'http' | 'clock'>): Transport {
  return async (request) => {
    for (const waitMs of request.method === 'GET' ? RETRY_AFTER_MS : []) {
      const answer = await once(http, request).catch((error: unknown) => {
        if (!isPassing(error)) throw error;
        return null;
      });
      if (answer && !(GATEWAY_TROUBLE.has(answer.status) && !answer.headers.has('retry-after'))) return answer;
      await pause(clock, waitMs, request.signal);
    }
    return once(http, request);
  };
}

async function once(http: Http, { method, url, headers, body, signal }: WireRequest): Promise<WireAnswer> {
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await http.fetch(url, { method, headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, signal, ...content });
  return { status: answer.status, headers: answer.headers, url: answer.url, body: parsed(await answer.text()) };
}

function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
