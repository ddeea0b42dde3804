import { LockstepError, systemCode } from '../errors.ts';
import type { Http, HttpLimits, Log, ServedAnswer, ServedRequest } from '../ports.ts';

/** GitHub's largest delivery is 25 MB; all senders give up after ten seconds. */
const LIMITS: HttpLimits = { maxBytes: 25_000_000, timeoutMs: 10_000, connections: 64 };

export type HookRoute = (request: ServedRequest) => Promise<ServedAnswer>;

interface ReceiverOptions {
  readonly http: Http;
  readonly log: Log;
  /** By path, with and without a slash at its end. */
  readonly routes: Readonly<Record<string, HookRoute>>;
  /** Names that this machine is reached by: its own, and that of the public address. */
  readonly hosts: readonly string[];
}

export interface Receiver {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens for forges, and for nobody's browser. Throws `port-taken`, `address-refused`. */
export async function openReceiver(options: ReceiverOptions, target: { readonly host: string; readonly port: number }): Promise<Receiver> {
  try {
    return await options.http.serve(target, LIMITS, (request) => route(options, request));
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EADDRINUSE' || code === 'EACCES') throw new LockstepError('port-taken', { port: target.port }, { cause: error });
    throw new LockstepError('address-refused', { address: target.host }, { cause: error });
  }
}

async function route({ routes, hosts, log }: ReceiverOptions, request: ServedRequest): Promise<ServedAnswer> {
  const path = (request.target.split('?')[0] ?? '').replace(/(.)\/$/, '$1');
  if (path === '/healthz') return { status: 200, body: 'Well.\n' };
  // A page in a browser here could be made to ask under a name that its author points at this machine, or from its own site.
  if (!isOurName(request.headers['host'], hosts)) return { status: 421, body: 'Nobody of this name is here.\n' };
  if (request.headers['origin'] !== undefined) return { status: 403, body: 'This is not for browsers.\n' };
  const answer = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (!answer) return { status: 404, body: 'There is nothing here.\n' };
  try {
    return await answer(request);
  } catch (error) {
    log.error('a delivery could not be taken', { error });
    return { status: 500, body: '' };
  }
}

/** A number is nobody's name to point elsewhere. */
function isOurName(host: string | undefined, hosts: readonly string[]): boolean {
  const name = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::\d+)?$/i.exec(host ?? '')?.[1]?.toLowerCase();
  if (name === undefined) return false;
  return name === 'localhost' || name.startsWith('[') || /^\d+(?:\.\d+){3}$/.test(name) || hosts.some((known) => known.toLowerCase() === name);
}
