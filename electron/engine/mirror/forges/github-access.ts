import type { FoundAccess } from './forge.ts';

/**
 * What GitHub's answer tells of the token: classic ones name their scopes in `X-OAuth-Scopes` ("Scopes for OAuth apps");
 * fine-grained ones do not, and of those only what was tried is known.
 */
export function githubAccess(login: string | null, headers: Headers, listStatus: number | null): FoundAccess {
  const named = headers.get('x-oauth-scopes');
  const scopes = new Set((named ?? '').split(',').map((scope) => scope.trim()));
  const has = (...wanted: string[]): boolean | null => (named === null ? null : wanted.some((scope) => scopes.has(scope)));
  return {
    login,
    canList: listStatus === null ? null : listStatus < 300,
    canHook: has('repo', 'admin:repo_hook', 'write:repo_hook'),
    canCreate: has('repo', 'public_repo'),
    expiresAt: expiry(headers.get('github-authentication-token-expiration')),
  };
}

/** `2027-01-05 05:11:12 UTC`, at times `… -0800`. */
function expiry(text: string | null): string | null {
  const [, date, time, zone] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (UTC|[+-]\d{4})$/.exec(text?.trim() ?? '') ?? [];
  if (date === undefined || zone === undefined) return null;
  const at = Date.parse(`${date}T${time}${zone === 'UTC' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`}`);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
