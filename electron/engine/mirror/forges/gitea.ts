import { z } from 'zod';
import type { Credential } from '../credential.ts';
import type { ForgeAccount } from './account.ts';
import { ForgeClient, type WantedHook } from './forge-client.ts';
import type { ForgeRepository, FoundAccess, HookScope, NewRepository, RepositoryChanges } from './forge.ts';
import { giteaHookSchema, giteaRepositorySchema } from './gitea-schemas.ts';
import type { HookCalls } from './hooks.ts';
import { LinkedLists } from './linked-list.ts';
import { inAddress } from './pages.ts';

/** Its servers give 50 at most, unless they are told otherwise; fewer than asked for is not the end. */
const PAGE = 50;
const EVENTS = ['push', 'create', 'delete', 'repository'];
const userSchema = z.object({ login: z.string() });

/** Gitea and Forgejo (their API v1, described by each server at `/swagger.v1.json`). */
export class Gitea extends ForgeClient {
  readonly #lists: LinkedLists;
  #login: string | null = null;

  constructor(account: ForgeAccount) {
    super('gitea', account, { accept: 'application/json', authorization: `token ${account.token}` });
    this.#lists = new LinkedLists(this.client);
  }

  /** A token is not told its own rights: what it may list is tried. */
  protected async access(signal: AbortSignal): Promise<FoundAccess> {
    const login = await this.#self(signal);
    const listing = await this.client.ask({ path: '/user/repos', query: { limit: 1 }, signal, expect: [403] });
    return { login: login === '' ? null : login, canList: listing.status !== 403, canHook: null, canCreate: null, expiresAt: null };
  }

  /** Empty: a token that may do this or that, but not ask who it is. */
  async #self(signal: AbortSignal): Promise<string> {
    if (this.#login !== null) return this.#login;
    const answer = await this.client.ask({ path: '/user', signal, expect: [403] });
    return (this.#login = answer.status === 403 ? '' : this.client.parse(userSchema, answer.body).login);
  }

  async *list(owner: string, signal: AbortSignal): AsyncGenerator<readonly ForgeRepository[]> {
    for await (const page of this.#lists.read(giteaRepositorySchema, await this.#listPath(owner, signal), { limit: PAGE }, signal)) {
      // One's own list holds what others share with one, too.
      yield page.filter(({ fullName }) => fullName.toLowerCase().startsWith(`${owner.toLowerCase()}/`)).map((found) => this.named(found, owner));
    }
  }

  /** Throws `owner-gone`. */
  async #listPath(owner: string, signal: AbortSignal): Promise<string> {
    const name = encodeURIComponent(owner);
    const organisation = await this.client.ask({ path: `/orgs/${name}`, signal, expect: [404] });
    if (organisation.status !== 404) return `/orgs/${name}/repos`;
    if ((await this.#self(signal)).toLowerCase() === owner.toLowerCase()) return '/user/repos';
    const user = await this.client.ask({ path: `/users/${name}`, signal, expect: [404] });
    if (user.status === 404) throw this.ownerGone(owner);
    return `/users/${name}/repos`;
  }

  async find(owner: string, name: string, signal: AbortSignal): Promise<ForgeRepository | null> {
    return this.#seen(`/repos/${inAddress(`${owner}/${name}`)}`, owner, signal);
  }

  readonly byId = (id: string, signal: AbortSignal): Promise<ForgeRepository | null> => this.#seen(`/repositories/${encodeURIComponent(id)}`, '', signal);

  async #seen(path: string, owner: string, signal: AbortSignal): Promise<ForgeRepository | null> {
    const answer = await this.client.ask({ path, signal, expect: [404] });
    return answer.status === 404 ? null : this.named(this.client.parse(giteaRepositorySchema, answer.body), owner);
  }

  async create(owner: string, { name, description, private: isPrivate }: NewRepository, signal: AbortSignal): Promise<ForgeRepository> {
    const own = (await this.#self(signal)).toLowerCase() === owner.toLowerCase();
    const path = own ? '/user/repos' : `/orgs/${encodeURIComponent(owner)}/repos`;
    const answer = await this.client.ask({ method: 'POST', path, body: { name, description, private: isPrivate }, signal, expect: [404, 409] });
    if (answer.status === 404) throw this.ownerGone(owner);
    if (answer.status !== 409) return this.named(this.client.parse(giteaRepositorySchema, answer.body), owner);
    return (await this.find(owner, name, signal)) ?? this.client.refuse(answer);
  }

  async update({ fullName }: ForgeRepository, { defaultBranch, ...others }: RepositoryChanges, signal: AbortSignal): Promise<void> {
    const body = { ...others, ...(defaultBranch === undefined ? {} : { default_branch: defaultBranch }) };
    await this.client.ask({ method: 'PATCH', path: `/repos/${inAddress(fullName)}`, body, signal });
  }

  protected hookCalls({ owner, repository }: HookScope, { url, secret }: WantedHook, signal: AbortSignal): HookCalls {
    const path = repository ? `/repos/${inAddress(repository.fullName)}/hooks` : `/orgs/${encodeURIComponent(owner)}/hooks`;
    const wanted = { active: true, events: EVENTS, config: { url, content_type: 'json', secret } };
    return {
      list: () => this.#lists.read(giteaHookSchema, path, { limit: PAGE }, signal),
      make: () => this.client.ask({ method: 'POST', path, body: { type: 'gitea', ...wanted }, signal }),
      renew: (id) => this.client.ask({ method: 'PATCH', path: `${path}/${id}`, body: wanted, signal }),
      remove: (id) => this.client.ask({ method: 'DELETE', path: `${path}/${id}`, signal, expect: [404] }),
    };
  }

  protected credential(): Credential {
    const { settings, token } = this.account;
    // With a token as the password the name does not count, but must not be empty.
    return { username: settings.user ?? (this.#login || 'token'), password: token };
  }
}
