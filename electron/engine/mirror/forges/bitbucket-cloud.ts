import { z } from 'zod';
import type { Credential } from '../credential.ts';
import type { ForgeAccount } from './account.ts';
import { cloudHookSchema, cloudPage, cloudRepositorySchema, cloudSlug } from './bitbucket-cloud-schemas.ts';
import { ForgeClient, type WantedHook } from './forge-client.ts';
import type { ForgeRepository, FoundAccess, HookScope, NewRepository, RepositoryChanges } from './forge.ts';
import type { HookCalls } from './hooks.ts';
import { inAddress, pages } from './pages.ts';

const PAGE = 100;

/**
 * bitbucket.org (REST, version 2.0). An account's API token goes with the account's e-mail address; a token of one
 * repository, project or workspace goes by itself. Lists over all workspaces are not used: they were taken away (CHANGE-2770).
 */
export class BitbucketCloud extends ForgeClient {
  constructor(account: ForgeAccount) {
    const { token, settings } = account;
    const authorization = standsAlone(account) ? `Bearer ${token}` : `Basic ${Buffer.from(`${settings.user ?? ''}:${token}`).toString('base64')}`;
    super('bitbucket', account, { accept: 'application/json', authorization });
  }

  /** Scopes are named in a header, as `repository:write` or, of API tokens, `write:repository:bitbucket`. */
  protected async access(signal: AbortSignal): Promise<FoundAccess> {
    // A token that stands alone belongs to nobody; another one may lack the right to say whose it is.
    const answer = await this.client.ask({ path: '/user', signal, expect: [403, 404] });
    const found = answer.status < 300 ? this.client.parse(z.object({ username: z.string().nullish(), nickname: z.string().nullish(), display_name: z.string().nullish() }), answer.body) : {};
    const scopes = answer.headers.get('x-oauth-scopes');
    const may = (words: RegExp): boolean | null => (scopes === null ? null : words.test(scopes));
    const login = found.username ?? found.nickname ?? found.display_name ?? null;
    return { login, canList: may(/\brepository\b/), canHook: may(/\bwebhook\b/), canCreate: may(/\brepository:(?:write|admin)\b|\b(?:write|admin):repository\b/), expiresAt: null };
  }

  async *list(owner: string, signal: AbortSignal): AsyncGenerator<readonly ForgeRepository[]> {
    const [workspace = '', project] = owner.split('/');
    // A key has no quotation mark in it; one in a question would end it early.
    const question = project === undefined ? '' : `&q=${encodeURIComponent(`project.key="${project.replaceAll(/["\\]/g, '')}"`)}`;
    try {
      for await (const page of this.#pages(cloudRepositorySchema, `/repositories/${encodeURIComponent(workspace)}?pagelen=${PAGE}${question}`, signal)) yield page.map((found) => this.named(found, workspace));
    } catch (error) {
      throw this.ownerTrouble(error, owner);
    }
  }

  /** Each page names the next, and is asked for as it is named. */
  #pages<T extends { readonly id: string }>(schema: z.ZodType<T>, first: string, signal: AbortSignal): AsyncGenerator<readonly T[]> {
    return pages(this.client, first, async (path) => this.client.get(cloudPage(schema), { path, signal }));
  }

  async find(owner: string, name: string, signal: AbortSignal): Promise<ForgeRepository | null> {
    return this.#seen(workspaceOf(owner), cloudSlug(name), signal);
  }

  /** Its workspace may be left open. */
  readonly byId = (id: string, signal: AbortSignal): Promise<ForgeRepository | null> => this.#seen('{}', id, signal);

  async #seen(workspace: string, slug: string, signal: AbortSignal): Promise<ForgeRepository | null> {
    const answer = await this.client.ask({ path: `/repositories/${encodeURIComponent(workspace)}/${inAddress(slug)}`, signal, expect: [404] });
    return answer.status === 404 ? null : this.named(this.client.parse(cloudRepositorySchema, answer.body), workspace);
  }

  async create(owner: string, { name, description, private: isPrivate }: NewRepository, signal: AbortSignal): Promise<ForgeRepository> {
    const [workspace = '', project] = owner.split('/');
    const body = { scm: 'git', name, description, is_private: isPrivate, ...(project === undefined ? {} : { project: { key: project } }) };
    const path = `/repositories/${encodeURIComponent(workspace)}/${encodeURIComponent(cloudSlug(name))}`;
    const answer = await this.client.ask({ method: 'POST', path, body, signal, expect: [400, 404, 409] });
    if (answer.status === 404) throw this.ownerGone(owner);
    if (answer.status < 400) return this.named(this.client.parse(cloudRepositorySchema, answer.body), workspace);
    return (await this.find(owner, name, signal)) ?? this.client.refuse(answer);
  }

  /** There is no archive here. */
  async update({ fullName }: ForgeRepository, { description, private: isPrivate, defaultBranch }: RepositoryChanges, signal: AbortSignal): Promise<void> {
    const body = { ...(description === undefined ? {} : { description }), ...(isPrivate === undefined ? {} : { is_private: isPrivate }), ...(defaultBranch === undefined ? {} : { mainbranch: { type: 'branch', name: defaultBranch } }) };
    if (Object.keys(body).length > 0) await this.client.ask({ method: 'PUT', path: `/repositories/${inAddress(fullName)}`, body, signal });
  }

  protected hookCalls({ owner, repository }: HookScope, { url, secret }: WantedHook, signal: AbortSignal): HookCalls {
    // By its number, which stands for the name: an owner may be a project, which is no part of the address.
    const path = repository ? `/repositories/${encodeURIComponent(workspaceOf(owner))}/${encodeURIComponent(repository.id)}/hooks` : `/workspaces/${encodeURIComponent(workspaceOf(owner))}/hooks`;
    const body = { description: 'Lockstep', url, secret, active: true, events: ['repo:push'] };
    const one = (id: string): string => `${path}/${encodeURIComponent(id)}`;
    return {
      list: () => this.#pages(cloudHookSchema, `${path}?pagelen=${PAGE}`, signal),
      make: () => this.client.ask({ method: 'POST', path, body, signal }),
      renew: (id) => this.client.ask({ method: 'PUT', path: one(id), body, signal }),
      remove: (id) => this.client.ask({ method: 'DELETE', path: one(id), signal, expect: [404] }),
    };
  }

  protected credential(): Credential {
    return { username: standsAlone(this.account) ? 'x-token-auth' : 'x-bitbucket-api-token-auth', password: this.account.token };
  }
}

/** Tokens of a repository, project or workspace; those of an account begin with `ATATT`. */
const standsAlone = ({ token, settings }: ForgeAccount): boolean => token.startsWith('ATCTT') || settings.user === null;

const workspaceOf = (owner: string): string => owner.split('/')[0] ?? '';
