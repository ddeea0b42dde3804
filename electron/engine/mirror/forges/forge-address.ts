import type { ForgeKind } from '../../../../shared/mirror.ts';
import { LockstepError } from '../../errors.ts';
import { displayUrl, parseRemoteUrl } from '../../vcs/remote-url.ts';

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
 * Whether git may be given the account's token there: on the host of the API (by the same scheme; git may have a port of its
 * own) or on the one that belongs to it. What a forge's answers say where a repository is does not count.
 */
export function isOwnHost(api: string, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return /^https?:$/.test(protocol) && [gitOrigin(api), api].some((own) => new URL(own).protocol === protocol && new URL(own).hostname === hostname);
}

/**
 * Where git finds a repository, of what the forge's answer says: an address on the forge's own host as it is. Another one is
 * not followed, for what is read there would be mirrored, with this person's keys: it is taken for the same place under
 * another name of the forge. Local paths are believed of a forge on this machine only.
 */
export function cloneAddress(api: string, given: string, fullName: string): string {
  if (isOwnHost(api, given)) return given;
  const parsed = parseRemoteUrl(given);
  if (parsed.ok && parsed.url.kind === 'file' && LOOPBACK.test(new URL(api).hostname)) return given;
  if (parsed.ok && parsed.url.kind === 'ssh' && [gitOrigin(api), api].some((own) => new URL(own).hostname === parsed.url.host)) return given;
  const path = parsed.ok && (parsed.url.kind === 'https' || parsed.url.kind === 'http') ? parsed.url.path : `${fullName}.git`;
  return `${gitOrigin(api)}/${path}`;
}
