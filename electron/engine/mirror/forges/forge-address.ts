import type { ForgeKind } from '../../../../shared/mirror.ts';
import { LockstepError } from '../../errors.ts';
import { displayUrl } from '../../vcs/remote-url.ts';

/** Where each forge's API is when nothing is said; null: it has no public one. */
const PUBLIC_API: Record<ForgeKind, string | null> = {
  github: 'https://api.github.com',
  gitlab: 'https://gitlab.com/api/v4',
  bitbucket: 'https://api.bitbucket.org/2.0',
  'bitbucket-server': null,
  gitea: null,
};
/** What a person leaves out of the address of a server of their own. */
const API_PATH: Record<ForgeKind, { readonly path: string; readonly known: RegExp }> = {
  github: { path: '/api/v3', known: /\/api\/v\d+$/ },
  gitlab: { path: '/api/v4', known: /\/api\/v\d+$/ },
  bitbucket: { path: '/2.0', known: /\/2\.0$/ },
  'bitbucket-server': { path: '/rest/api/1.0', known: /\/rest\/api\/[\w.]+$/ },
  gitea: { path: '/api/v1', known: /\/api\/v\d+$/ },
};
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;
/** GitHub's own clouds have no path: `api.github.com`, `api.TENANT.ghe.com`. */
const GITHUB_CLOUD = /^(?:https:\/\/)?api\.(?:github\.com|[a-z0-9-]+\.ghe\.com)$/i;

/**
 * The base address of an API, from what a person gave (the server's address is enough) or, with null, the public one.
 * Throws `address-refused`.
 */
export function apiAddress(kind: ForgeKind, given: string | null): string {
  const text = (given ?? PUBLIC_API[kind] ?? '').replace(/\/+$/, '');
  const refuse = (reason: string): LockstepError => new LockstepError('address-refused', { url: displayUrl(text), reason });
  if (text === '') throw refuse('needed');
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) throw refuse('scheme');
  if (url.search !== '' || url.hash !== '') throw refuse('query');
  // A secret has no place in an address, which is kept in the settings and shown.
  if (url.username !== '' || url.password !== '') throw refuse('user');
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) throw refuse('token-in-clear');
  const base = url.origin + url.pathname.replace(/\/+$/, '');
  if (API_PATH[kind].known.test(base) || (kind === 'github' && GITHUB_CLOUD.test(base))) return base;
  if (kind === 'github' && url.host === 'github.com') return 'https://api.github.com';
  if (kind === 'bitbucket' && url.host === 'bitbucket.org') return 'https://api.bitbucket.org/2.0';
  return base + API_PATH[kind].path;
}

/** Whether this is one of GitHub's own clouds, whose limits on writing are published; servers of one's own have others. */
export const isGithubCloud = (api: string): boolean => GITHUB_CLOUD.test(api);

/** For people: host, and port where it is not the usual one. */
export const serverName = (api: string): string => new URL(api).host;

/** The public clouds, and GitHub's for one company, have their API on a host of its own. */
function gitOrigin(api: string): string {
  const { origin, protocol, host } = new URL(api);
  const cloud = /^api\.(github\.com|bitbucket\.org|[a-z0-9-]+\.ghe\.com)$/i.exec(host)?.[1];
  return cloud !== undefined && protocol === 'https:' ? `https://${cloud}` : origin;
}

/**
 * Whether git may be given the account's token there: on the host of the API (same scheme, same port) or on the one that
 * belongs to it. What a forge's answers say where a repository is does not count.
 */
export function isOwnHost(api: string, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { origin } = new URL(address);
  return origin !== 'null' && (origin === gitOrigin(api) || origin === new URL(api).origin);
}
