import type { FakeState } from './fake-state.ts';

export interface FakeCall {
  readonly method: string;
  /** Below the API's address. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Of the JSON that was sent; no fields where there was none. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Of the path, percent-decoded, in order. */
  readonly parts: readonly string[];
}

export interface FakeAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What a dialect asks of the forge it speaks for. */
export interface FakeTalk {
  readonly state: FakeState;
  /** Address of the API. */
  readonly api: string;
  readonly login: string;
  /** A page holds no more, whatever is asked for. */
  readonly pageCap: number;
  /** Headers of a check of the token; what it may do. */
  readonly token: { readonly scopes: readonly string[] | null; readonly expires: string | null };
}

type Handler = (call: FakeCall, talk: FakeTalk) => FakeAnswer;
/** `GET /repos/:/:` with a `:` for each part that varies; `::` takes in slashes. */
export type Route = readonly [pattern: string, answer: Handler];

/** How one kind of forge speaks. */
export interface Dialect {
  /** Path of the API on the server. */
  readonly apiPath: string;
  readonly pageCap: number;
  readonly routes: readonly Route[];
  /** Path of a repository for git, without `.git`. */
  readonly gitPath: (fullName: string) => string;
  /** How it refuses, in its own words. */
  readonly refusal: (message: string) => unknown;
}

/** Null: no such route. */
export function answerBy(routes: readonly Route[], call: Omit<FakeCall, 'parts'>, talk: FakeTalk): FakeAnswer | null {
  for (const [pattern, handler] of routes) {
    const [method, path = ''] = pattern.split(' ');
    if (method !== call.method) continue;
    const found = new RegExp(`^${path.replaceAll('::', '(.+)').replaceAll(':', '([^/]+)')}$`).exec(call.path);
    if (found) return handler({ ...call, parts: found.slice(1).map((part) => decodeURIComponent(part)) }, talk);
  }
  return null;
}

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
export const flag = (value: unknown, otherwise: boolean): boolean => (typeof value === 'boolean' ? value : otherwise);
export const record = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {});

/** One page by number, with `Link` as GitHub, GitLab and Gitea write it. */
export function numberedPage<T>(items: readonly T[], { query, path }: FakeCall, { api, pageCap }: FakeTalk, sizeName: string): { items: readonly T[]; headers: Record<string, string> } {
  const size = Math.min(Number(query.get(sizeName) ?? 30), pageCap);
  const page = Number(query.get('page') ?? 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const at = (number: number, relation: string): string => {
    const next = new URLSearchParams(query);
    next.set('page', String(number));
    return `<${api}${path}?${next.toString()}>; rel="${relation}"`;
  };
  const links = page < last ? [at(page + 1, 'next'), at(last, 'last')] : [];
  return { items: items.slice((page - 1) * size, page * size), headers: links.length > 0 ? { link: links.join(', ') } : {} };
}
