import { posix } from 'node:path';

/** An address of a remote, taken apart. Only these kinds exist; git is never given anything else. */
export interface RemoteUrl {
  readonly kind: 'https' | 'http' | 'ssh' | 'git' | 'file';
  /** As the person wrote it; what git is given. */
  readonly text: string;
  readonly host: string | null;
  readonly port: number | null;
  readonly user: string | null;
  /** A secret stands in it: it must not be kept or shown. */
  readonly hasPassword: boolean;
  /** Without the slash that begins it on a host; of a local path with it. */
  readonly path: string;
}

export type RefusedBecause = 'empty' | 'too-long' | 'control-character' | 'option' | 'relative-path' | 'scheme' | 'host' | 'port' | 'user' | 'path' | 'query';
export type ParsedRemoteUrl = { readonly ok: true; readonly url: RemoteUrl } | { readonly ok: false; readonly reason: RefusedBecause };

const SCHEMES: Readonly<Record<string, RemoteUrl['kind']>> = { https: 'https', http: 'http', ssh: 'ssh', 'git+ssh': 'ssh', 'ssh+git': 'ssh', git: 'git', file: 'file' };
const DEFAULT_PORTS: Readonly<Record<RemoteUrl['kind'], number | null>> = { https: 443, http: 80, ssh: 22, git: 9418, file: null };
/** A host begins with a letter or digit, so it is never taken for an option by what git starts. */
const HOST = /^(?:[A-Za-z0-9][A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+(?:%25[A-Za-z0-9]+)?\])$/;
const USER = /^[A-Za-z0-9_][A-Za-z0-9._+=@%-]*$/;
/** Line breaks and NUL have carried injected lines to credential helpers; no address needs one. */
const CONTROL = /[\x00-\x1f\x7f]/;

/** As much as a person is asked for; far above it no program can be started with it. */
const MOST_CHARS = 2_000;

/** Reads an address by an allow-list: `https`, `http`, `ssh://`, scp-like, `git://`, `file://`, an absolute local path. */
export function parseRemoteUrl(text: string): ParsedRemoteUrl {
  if (text === '') return refuse('empty');
  if (text.length > MOST_CHARS) return refuse('too-long');
  if (CONTROL.test(text) || CONTROL.test(decoded(text))) return refuse('control-character');
  if (text.startsWith('-')) return refuse('option');
  if (text.startsWith('/')) return parsePath(text, text);
  // `helper::address` makes git run `git-remote-helper`.
  if (/^[A-Za-z0-9][A-Za-z0-9+.-]*::/.test(text)) return refuse('scheme');
  const [, scheme, rest = ''] = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(.*)$/s.exec(text) ?? [];
  if (scheme === undefined) return parseScp(text);
  const kind = SCHEMES[scheme.toLowerCase()];
  // git takes schemes in lower case only; `HTTPS://` would be a helper called HTTPS.
  if (!kind || scheme !== scheme.toLowerCase()) return refuse('scheme');
  return kind === 'file' ? parseFile(text, rest) : parseAuthority(text, kind, rest);
}

function parseAuthority(text: string, kind: RemoteUrl['kind'], rest: string): ParsedRemoteUrl {
  const slash = rest.indexOf('/');
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const path = slash < 0 ? '' : rest.slice(slash + 1);
  const at = authority.lastIndexOf('@');
  const [user = '', ...password] = at < 0 ? [] : authority.slice(0, at).split(':');
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority.slice(at + 1)) ?? [];
  if (!HOST.test(host)) return refuse('host');
  const number = port ? Number(port) : null;
  if (number !== null && (number < 1 || number > 65_535)) return refuse('port');
  // A backslash ends the host for some readers of addresses, and not for others.
  if (at >= 0 && /[\\\s]/.test(authority.slice(0, at))) return refuse('user');
  if (at >= 0 && kind === 'ssh' && (!USER.test(user) || decoded(user).startsWith('-'))) return refuse('user');
  if (path === '' || decoded(path).startsWith('-')) return refuse('path');
  // No repository is asked for like that, but keys are written there, where everybody would see them.
  if ((kind === 'https' || kind === 'http') && /[?#]/.test(path)) return refuse('query');
  // Over http a name alone may be a token.
  const hasPassword = password.length > 0 || (user !== '' && (kind === 'https' || kind === 'http') && looksLikeToken(user));
  return { ok: true, url: { kind, text, host: host.toLowerCase(), port: number, user: user === '' ? null : decoded(user), hasPassword, path } };
}

/** `user@host:path`, where no slash stands before the colon. */
function parseScp(text: string): ParsedRemoteUrl {
  const [, user, host = '', path = ''] = /^(?:([^@/:]*)@)?(\[[^\]/]*\]|[^:/[\]]+):(.*)$/s.exec(text) ?? [];
  if (host === '') return refuse(text.includes('@') || text.includes(':') ? 'host' : 'relative-path');
  if (!HOST.test(host)) return refuse('host');
  if (user !== undefined && !USER.test(user)) return refuse('user');
  // `https:x` or `file:x` is a slip of the pen, `C:\\x` a folder of another system; neither is a host.
  if (host in SCHEMES) return refuse('scheme');
  if (/^[A-Za-z]$/.test(host) && /^[\\/]/.test(path)) return refuse('path');
  if (path === '' || path.startsWith('-')) return refuse('path');
  return { ok: true, url: { kind: 'ssh', text, host: host.toLowerCase(), port: null, user: user ?? null, hasPassword: false, path: path.replace(/^\//, '') } };
}

/** `file:///path`; a host would be a network share on some systems. */
function parseFile(text: string, rest: string): ParsedRemoteUrl {
  if (!rest.startsWith('/')) return refuse('host');
  return parsePath(text, decoded(rest));
}

/** Of no disk: what stands there depends on who looks, so that `/proc/self/cwd` would be whatever folder git is called in. */
const VIRTUAL = /^\/(?:proc|sys|dev)(?:\/|$)/;

function parsePath(text: string, path: string): ParsedRemoteUrl {
  if (path.startsWith('//')) return refuse('host');
  if (VIRTUAL.test(posix.normalize(path))) return refuse('path');
  return { ok: true, url: { kind: 'file', text, host: null, port: null, user: null, hasPassword: false, path } };
}

const refuse = (reason: RefusedBecause): ParsedRemoteUrl => ({ ok: false, reason });

/** Percent signs undone; as it is where they are none. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const looksLikeToken = (user: string): boolean => user.length >= 20 || /^(?:gh[pousr]_|glpat-|github_pat_|x-token)/.test(user);

/** As shown to people: without a password, a token or a query. What is no address is shown as it is, less what looks like one. */
export function displayUrl(text: string): string {
  const parsed = parseRemoteUrl(text);
  if (parsed.ok && !parsed.url.hasPassword) return text;
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, '$1').replace(/^(https?:[^?#]*)[?#].*$/is, '$1');
}

/** What two addresses of one repository have in common: host and path, however it is reached. */
export function matchKey(text: string): string {
  const parsed = parseRemoteUrl(text);
  if (!parsed.ok) return text;
  const { kind, host, port, path } = parsed.url;
  const tidy = decoded(path).replace(/\/{2,}/g, '/').replace(/\/+$/, '').replace(/\.git$/, '').replace(/^~?\//, host === null ? '/' : '');
  return `${host ?? ''}${port !== null && port !== DEFAULT_PORTS[kind] ? `:${port}` : ''}${host === null ? '' : '/'}${tidy}`;
}
