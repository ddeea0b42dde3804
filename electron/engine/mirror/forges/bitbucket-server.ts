import type { z } from 'zod';
import type { Credential } from '../credential.ts';
import type { ForgeAccount } from './account.ts';
import { serverHookSchema, serverPage, serverRepositorySchema, serverSlug } from './bitbucket-server-schemas.ts';
import { ForgeClient, type WantedHook } from './forge-client.ts';
import type { ForgeRepository, FoundAccess, HookScope, NewRepository, RepositoryChanges } from './forge.ts';
import type { HookCalls } from './hooks.ts';
import { inAddress, pages } from './pages.ts';

const PAGE = 500;

/** Bitbucket Server and Data Center (REST, version 1.0). An owner is a project's key, or `~user`. */
export class BitbucketServer extends ForgeClient {
  /** Repositories are known by their place only; a place of before leads on to the one of now. */
  readonly byId = null;

  constructor(account: ForgeAccount) {
    super('bitbucket-server', account, { accept: 'application/json', authorization: `Bearer ${account.token}` });
  }

  /** Each answer to somebody it knows names that person (`X-AUSERNAME`); a token is not told its rights or its end. */
  protected async access(signal: AbortSignal): Promise<FoundAccess> {
    const answer = await this.client.ask({ path: '/projects', query: { limit: 1 }, signal, expect: [403] });
    const login = answer.headers.get('x-ausername');
    return { login: login === null ? null : decodeURIComponent(login), canList: answer.status !== 403, canHook: null, canCreate: null, expiresAt: null };
  }

  async *list(owner: string, signal: AbortSignal): AsyncGenerator<readonly ForgeRepository[]> {
    const path = `${await this.#project(owner, signal)}/repos`;
    for await (const page of this.#pages(serverRepositorySchema, async () => path, signal)) yield page.map((found) => this.named(found, owner));
  }

  /** A project, or the one that each user has; a user may be given with or without the tilde. Throws `owner-gone`. */
  async #project(owner: string, signal: AbortSignal): Promise<string> {
    for (const key of owner.startsWith('~') ? [owner] : [owner, `~${owner}`]) {
      const path = `/projects/${encodeURIComponent(key)}`;
      const answer = await this.client.ask({ path, signal, expect: [404] });
      if (answer.status !== 404) return path;
    }
    throw this.ownerGone(owner);
  }

  #pages<T extends { readonly id: string }>(schema: z.ZodType<T>, path: () => Promise<string>, signal: AbortSignal): AsyncGenerator<readonly T[]> {
    return pages(this.client, 0, async (start: number) => this.client.get(serverPage(schema), { path: await path(), query: { limit: PAGE, start }, signal }));
  }

  async find(owner: string, name: string, signal: AbortSignal): Promise<ForgeRepository | null> {
    for (const key of owner.startsWith('~') ? [owner] : [owner, `~${owner}`]) {
      const answer = await this.client.ask({ path: `/projects/${encodeURIComponent(key)}/repos/${inAddress(serverSlug(name))}`, signal, expect: [404] });
      if (answer.status !== 404) return this.named(this.client.parse(serverRepositorySchema, answer.body), owner);
    }
    return null;
  }

  async create(owner: string, { name, description, private: isPrivate }: NewRepository, signal: AbortSignal): Promise<ForgeRepository> {
    const path = `${await this.#project(owner, signal)}/repos`;
    const answer = await this.client.ask({ method: 'POST', path, body: { name, scmId: 'git', description, public: !isPrivate }, signal, expect: [409] });
    if (answer.status !== 409) return this.named(this.client.parse(serverRepositorySchema, answer.body), owner);
    return (await this.find(owner, name, signal)) ?? this.client.refuse(answer);
  }

  async update({ fullName }: ForgeRepository, { description, private: isPrivate, archived, defaultBranch }: RepositoryChanges, signal: AbortSignal): Promise<void> {
    const path = placeOf(fullName);
    const body = { ...(description === undefined ? {} : { description }), ...(isPrivate === undefined ? {} : { public: !isPrivate }), ...(archived === undefined ? {} : { archived }) };
    if (Object.keys(body).length > 0) await this.client.ask({ method: 'PUT', path, body, signal });
    if (defaultBranch === undefined) return;
    const branch = { id: `refs/heads/${defaultBranch}` };
    const answer = await this.client.ask({ method: 'PUT', path: `${path}/default-branch`, body: branch, signal, expect: [404] });
    // Before version 7.5 it had another place.
    if (answer.status === 404) await this.client.ask({ method: 'PUT', path: `${path}/branches/default`, body: branch, signal });
  }

  protected hookCalls({ owner, repository }: HookScope, { url, secret }: WantedHook, signal: AbortSignal): HookCalls {
    const slug = repository?.fullName.split('/').at(-1);
    // A user may be given with or without the tilde; asked once for all that is done here.
    let known: Promise<string> | null = null;
    const path = async (id = ''): Promise<string> => `${await (known ??= this.#project(owner, signal))}${slug === undefined ? '' : `/repos/${encodeURIComponent(slug)}`}/webhooks${id}`;
    const body = { name: 'Lockstep', url, active: true, events: ['repo:refs_changed'], configuration: { secret }, sslVerificationRequired: true };
    return {
      list: () => this.#pages(serverHookSchema, path, signal),
      make: async () => this.client.ask({ method: 'POST', path: await path(), body, signal }),
      renew: async (id) => this.client.ask({ method: 'PUT', path: await path(`/${id}`), body, signal }),
      remove: async (id) => this.client.ask({ method: 'DELETE', path: await path(`/${id}`), signal, expect: [404] }),
    };
  }

  protected credential(): Credential {
    const { settings, token } = this.account;
    return { username: settings.user ?? 'x-token-auth', password: token };
  }
}

function placeOf(fullName: string): string {
  const [key = '', slug = ''] = fullName.split('/');
  return `/projects/${encodeURIComponent(key)}/repos/${encodeURIComponent(slug)}`;
}
