import { z } from 'zod';
import type { Credential } from '../credential.ts';
import type { ForgeAccount } from './account.ts';
import { ForgeClient, type WantedHook } from './forge-client.ts';
import type { ForgeRepository, FoundAccess, HookScope, NewRepository, RepositoryChanges } from './forge.ts';
import { gitlabHookSchema, gitlabProjectSchema, gitlabTokenSchema } from './gitlab-schemas.ts';
import type { HookCalls } from './hooks.ts';
import { LinkedLists } from './linked-list.ts';

const PAGE = 100;
/** By number: what is made while the list is read comes at its end. */
const LISTED = { per_page: PAGE, order_by: 'id', sort: 'asc' };
const withId = z.object({ id: z.number() });

/** gitlab.com and servers of one's own (REST, version 4). */
export class Gitlab extends ForgeClient {
  readonly #lists: LinkedLists;

  constructor(account: ForgeAccount) {
    // Personal, project and group tokens, and those of OAuth, are all taken so.
    super('gitlab', account, { accept: 'application/json', authorization: `Bearer ${account.token}` });
    this.#lists = new LinkedLists(this.client);
  }

  protected async access(signal: AbortSignal): Promise<FoundAccess> {
    const { username } = await this.client.get(z.object({ username: z.string() }), { path: '/user', signal });
    const answer = await this.client.ask({ path: '/personal_access_tokens/self', signal, expect: [400, 403, 404] });
    if (answer.status !== 200) return { login: username, canList: true, canHook: null, canCreate: null, expiresAt: null };
    const { scopes, expires_at: expiry } = this.client.parse(gitlabTokenSchema, answer.body);
    const full = scopes.includes('api');
    // It ends with the beginning of that day, in UTC.
    return { login: username, canList: full || scopes.includes('read_api'), canHook: full, canCreate: full, expiresAt: expiry ? `${expiry}T00:00:00.000Z` : null };
  }

  async *list(owner: string, signal: AbortSignal): AsyncGenerator<readonly ForgeRepository[]> {
    const id = encodeURIComponent(owner);
    const group = await this.client.ask({ path: `/groups/${id}`, query: { with_projects: false }, signal, expect: [404] });
    const user = group.status === 404 ? await this.client.get(z.array(withId), { path: '/users', query: { username: owner }, signal }) : [];
    if (group.status === 404 && user.length === 0) throw this.ownerGone(owner);
    const path = group.status === 404 ? `/users/${id}/projects` : `/groups/${id}/projects?include_subgroups=true&with_shared=false`;
    for await (const page of this.#lists.read(gitlabProjectSchema, path, LISTED, signal)) yield page.map((found) => this.named(found, owner));
  }

  find(owner: string, name: string, signal: AbortSignal): Promise<ForgeRepository | null> {
    return this.#seen(`${owner}/${name}`, owner, signal);
  }

  readonly byId = (id: string, signal: AbortSignal): Promise<ForgeRepository | null> => this.#seen(id, '', signal);

  async #seen(id: string, owner: string, signal: AbortSignal): Promise<ForgeRepository | null> {
    const answer = await this.client.ask({ path: `/projects/${encodeURIComponent(id)}`, signal, expect: [404] });
    return answer.status === 404 ? null : this.named(this.client.parse(gitlabProjectSchema, answer.body), owner);
  }

  async create(owner: string, { name, description, private: isPrivate }: NewRepository, signal: AbortSignal): Promise<ForgeRepository> {
    const [path = name, ...groups] = name.split('/').reverse();
    const namespace = await this.#namespace([owner, ...groups.reverse()].join('/'), owner, signal);
    const body = { name: path, path, namespace_id: namespace, description, visibility: isPrivate ? 'private' : 'public' };
    const answer = await this.client.ask({ method: 'POST', path: '/projects', body, signal, expect: [400, 409] });
    if (answer.status < 400) return this.named(this.client.parse(gitlabProjectSchema, answer.body), owner);
    return (await this.find(owner, name, signal)) ?? this.client.refuse(answer);
  }

  /** Of a user or group; subgroups below the owner are made. */
  async #namespace(path: string, owner: string, signal: AbortSignal): Promise<number> {
    const found = await this.client.ask({ path: `/namespaces/${encodeURIComponent(path)}`, signal, expect: [404] });
    if (found.status !== 404) return this.client.parse(withId, found.body).id;
    if (path === owner) throw this.ownerGone(owner);
    const slash = path.lastIndexOf('/');
    const name = path.slice(slash + 1);
    const parent = await this.#namespace(path.slice(0, slash), owner, signal);
    const { id } = await this.client.get(withId, { method: 'POST', path: '/groups', body: { name, path: name, parent_id: parent, visibility: 'private' }, signal });
    return id;
  }

  async update({ id }: ForgeRepository, { archived, private: isPrivate, defaultBranch, description }: RepositoryChanges, signal: AbortSignal): Promise<void> {
    const visibility = isPrivate === undefined ? {} : { visibility: isPrivate ? 'private' : 'public' };
    const body = { ...visibility, ...(description === undefined ? {} : { description }), ...(defaultBranch === undefined ? {} : { default_branch: defaultBranch }) };
    if (Object.keys(body).length > 0) await this.client.ask({ method: 'PUT', path: `/projects/${id}`, body, signal });
    if (archived !== undefined) await this.client.ask({ method: 'POST', path: `/projects/${id}/${archived ? 'archive' : 'unarchive'}`, signal });
  }

  /** Those of groups are a thing of the paid editions; the free one refuses. */
  protected hookCalls({ owner, repository }: HookScope, { url, secret }: WantedHook, signal: AbortSignal): HookCalls {
    const path = repository ? `/projects/${repository.id}/hooks` : `/groups/${encodeURIComponent(owner)}/hooks`;
    const body = { url, token: secret, push_events: true, tag_push_events: true, enable_ssl_verification: true };
    return {
      list: () => this.#lists.read(gitlabHookSchema, path, { per_page: PAGE }, signal),
      make: () => this.client.ask({ method: 'POST', path, body, signal }),
      renew: (id) => this.client.ask({ method: 'PUT', path: `${path}/${id}`, body, signal }),
      remove: (id) => this.client.ask({ method: 'DELETE', path: `${path}/${id}`, signal, expect: [404] }),
    };
  }

  protected credential(): Credential {
    return { username: 'oauth2', password: this.account.token };
  }
}
