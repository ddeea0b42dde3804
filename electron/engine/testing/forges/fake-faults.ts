import type { ServerResponse } from 'node:http';

/** What a forge does instead of its work. */
export type FakeFault =
  | { readonly as: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  /** A login page where JSON should be. */
  | { readonly as: 'page' }
  /** JSON that ends too early, though all was sent. */
  | { readonly as: 'broken' }
  /** JSON of another shape. */
  | { readonly as: 'other'; readonly body: unknown }
  /** The connection ends in the middle of the answer. */
  | { readonly as: 'cut' }
  | { readonly as: 'silent' };

interface Planned {
  readonly on: RegExp;
  readonly fault: FakeFault;
  times: number;
}

export class FakeFaults {
  readonly #planned: Planned[] = [];

  /** For the next `times` requests of which method, path and query (`GET /repos?page=2`) match. */
  add(on: RegExp, fault: FakeFault, times = Infinity): void {
    this.#planned.push({ on, fault, times });
  }

  clear(): void {
    this.#planned.length = 0;
  }

  /** The fault for a request; it is used up by that. */
  take(request: string): FakeFault | null {
    const found = this.#planned.find(({ on, times }) => times > 0 && on.test(request));
    if (!found) return null;
    found.times -= 1;
    return found.fault;
  }
}

/** The status that was answered with. */
export function answerWrongly(fault: FakeFault, response: ServerResponse): number {
  switch (fault.as) {
    case 'status':
      response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers }).end(fault.body === undefined ? '' : JSON.stringify(fault.body));
      return fault.status;
    case 'page':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><html><head><title>Sign in</title></head><body>Welcome</body></html>');
      return 200;
    case 'broken':
      response.writeHead(200, { 'content-type': 'application/json' }).end('[{"id": 1, "name": "half');
      return 200;
    case 'other':
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(fault.body));
      return 200;
    case 'cut':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100000' }).write('[{"id": 1');
      setImmediate(() => response.destroy());
      return 200;
    case 'silent':
      return 0;
  }
}
