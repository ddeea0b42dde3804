import { Octokit } from '@octokit/core';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { RequestError } from '@octokit/request-error';
import type { OctokitResponse } from '@octokit/types';
import type { HttpRequest, Ports } from '../../ports.ts';
import { isGithubCloud } from './forge-address.ts';
import type { Transport, WireAnswer, WireRequest } from './transport.ts';

const GithubClient = Octokit.plugin(throttling, retry);
/** `500` is also how Octokit reports that nothing was reached; what these mean is told apart by `RestClient`. */
const NOT_RETRIED = [400, 401, 403, 404, 409, 410, 422, 429, 451, 500];
const RETRIES = 2;
/** Limits are waited for, or told of, by `RestClient`: through the engine's clock, and for all forges alike. */
const notWaited = (): boolean => false;

/**
 * By Octokit, over the port: it knows how fast GitHub's own cloud wants to be written to (a second between two changes,
 * ten requests at a time), and repeats what a gateway failed at.
 */
export function octokitTransport(ports: Pick<Ports, 'http' | 'log'>, api: string, account: string, token: string): Transport {
  const log = (level: 'debug' | 'info' | 'warn') => (message: string) => ports.log[level](message);
  const octokit = new GithubClient({
    auth: token,
    userAgent: 'lockstep',
    baseUrl: api,
    log: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('warn') },
    request: { fetch: (address: string, asked: HttpRequest) => ports.http.fetch(address, asked) },
    throttle: { enabled: isGithubCloud(api), id: `${api} ${account}`, onRateLimit: notWaited, onSecondaryRateLimit: notWaited },
    retry: { doNotRetry: NOT_RETRIED, retries: RETRIES },
  });
  return (request) => ended(send(octokit, request), request.signal);
}

async function send(octokit: Octokit, { method, url, headers, body, signal }: WireRequest): Promise<WireAnswer> {
  const change = method === 'GET' ? {} : { retries: 0 };
  try {
    const received: OctokitResponse<unknown> = await octokit.request({ method, url, headers: { ...headers }, ...(body === undefined ? {} : { data: body }), request: { signal, ...change } });
    return answer(received);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    // Octokit's own words for what the port said.
    if (!error.response) throw error.cause instanceof Error ? error.cause : error;
    return answer(error.response);
  }
}

const answer = ({ status, headers, url, data }: Pick<OctokitResponse<unknown>, 'status' | 'headers' | 'url' | 'data'>): WireAnswer => ({
  status,
  headers: new Headers(Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)])),
  url,
  body: data === '' || data === undefined ? null : data,
});

/** Octokit's pauses know no signal. */
function ended<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const aborted = (): void => reject(signal.reason as Error);
    if (signal.aborted) aborted();
    signal.addEventListener('abort', aborted, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', aborted));
  });
}
