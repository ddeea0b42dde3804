import { z } from 'zod';
import type { Credential } from '../credential.ts';
import type { ForgeAccount } from './account.ts';
import { ForgeClient, type WantedHook } from './forge-client.ts';
import type { ForgeRepository, FoundAccess, HookScope, NewRepository, RepositoryChanges } from './forge.ts';
import { githubAccess } from './github-access.ts';
import { githubHookSchema, githubRepositorySchema } from './github-schemas.ts';
import type { HookCalls } from './hooks.ts';
import { LinkedLists } from './linked-list.ts';
import { octokitTransport } from './octokit-transport.ts';
import { inAddress, type Nameless } from './pages.ts';

const PAGE = 100;
/** Oldest first: what is made while the list is read comes at its end. */
const LISTED = { per_page: PAGE, sort: 'created', direction: 'asc' };
const EVENTS = ['push', 'create', 'delete', 'repository'];
const userSchema = z.object({ login: z.string() });

/** github.com, GitHub Enterprise Server and Cloud (REST, version 2022-11-28). */
export class Github extends ForgeClient {
  readonly #lists: LinkedLists;
  #login: string | null = null;

  constructor(account: ForgeAccount) {
    const { settings, ports, token } = account;
    const headers = { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' };
    super('github', account, headers, (api) => octokitTransport(ports, api, settings.name, token));
    this.#lists = new LinkedLists(this.client);
  }

  protected async access(signal: AbortSignal): Promise<FoundAccess> {
    // A token of an installation belongs to no user, and may not ask who it is.
    const answer = await this.client.ask({ path: '/user', signal, expect: [403] });
    this.#login = answer.status === 403 ? null : this.client.parse(userSchema, answer.body).login;
    const listing = this.#login === null ? null : await this.client.ask({ path: '/user/repos', query: { per_page: 1 }, signal, expect: [403, 404] });
    return githubAccess(this.#login, answer.headers, listing?.status ?? null);
  }

  async *list(owner: string, signal: AbortSignal): AsyncGenerator<readonly ForgeRepository[]> {
    for await (const page of this.#lists.read(githubRepositorySchema, await this.#listPath(owner, signal), LISTED, signal)) {
      yield page.map((repository) => this.named(repository, owner));
    }
  }

  /** An organisation, ourselves (private ones too), or another user (what everybody sees). Throws `owner-gone`. */
  async #listPath(owner: string, signal: AbortSignal): Promise<string> {
    const name = encodeURIComponent(owner);
    const organisation = await this.client.ask({ path: `/orgs/${name}`, signal, expect: [404] });
    if (organisation.status !== 404) return `/orgs/${name}/repos`;
    if (await this.#isSelf(owner, signal)) return '/user/repos?affiliation=owner';
    const user = await this.client.ask({ path: `/users/${name}`, signal, expect: [404] });
    if (user.status === 404) throw this.ownerGone(owner);
    return `/users/${name}/repos`;
  }

  async #isSelf(owner: string, signal: AbortSignal): Promise<boolean> {
    if (this.#login === null) {
      const answer = await this.client.ask({ path: '/user', signal, expect: [403] });
      this.#login = answer.status === 403 ? '' : this.client.parse(userSchema, answer.body).login;
    }
    return this.#login.toLowerCase() === owner.toLowerCase();
  }

  async find(owner: string, name: string, signal: AbortSignal): Promise<ForgeRepository | null> {
    const found = await this.#seen(`/repos/${inAddress(`${owner}/${name}`)}`, signal);
    return found && this.named(found, owner);
  }

  readonly byId = async (id: string, signal: AbortSignal): Promise<ForgeRepository | null> => {
    const found = await this.#seen(`/repositories/${encodeURIComponent(id)}`, signal);
    return found && this.named(found, '');
  };

  async #seen(path: string, signal: AbortSignal): Promise<Nameless | null> {
    const answer = await this.client.ask({ path, signal, expect: [404] });
    return answer.status === 404 ? null : this.client.parse(githubRepositorySchema, answer.body);
  }

  async create(owner: string, { name, description, private: isPrivate }: NewRepository, signal: AbortSignal): Promise<ForgeRepository> {
    const path = (await this.#isSelf(owner, signal)) ? '/user/repos' : `/orgs/${encodeURIComponent(owner)}/repos`;
    const answer = await this.client.ask({ method: 'POST', path, body: { name, description, private: isPrivate }, signal, expect: [404, 422] });
    if (answer.status === 404) throw this.ownerGone(owner);
    if (answer.status !== 422) return this.named(this.client.parse(githubRepositorySchema, answer.body), owner);
    const there = await this.find(owner, name, signal);
    return there ?? this.client.refuse(answer);
  }

  async update({ fullName }: ForgeRepository, changes: RepositoryChanges, signal: AbortSignal): Promise<void> {
    const { defaultBranch, ...others } = changes;
    const body = { ...others, ...(defaultBranch === undefined ? {} : { default_branch: defaultBranch }) };
    await this.client.ask({ method: 'PATCH', path: `/repos/${inAddress(fullName)}`, body, signal });
  }

  protected hookCalls({ owner, repository }: HookScope, { url, secret }: WantedHook, signal: AbortSignal): HookCalls {
    const path = repository ? `/repos/${inAddress(repository.fullName)}/hooks` : `/orgs/${encodeURIComponent(owner)}/hooks`;
    const wanted = { active: true, events: EVENTS, config: { url, content_type: 'json', secret, insecure_ssl: '0' } };
    return {
      list: () => this.#lists.read(githubHookSchema, path, { per_page: PAGE }, signal),
      make: () => this.client.ask({ method: 'POST', path, body: { name: 'web', ...wanted }, signal }),
      renew: (id) => this.client.ask({ method: 'PATCH', path: `${path}/${id}`, body: wanted, signal }),
      remove: (id) => this.client.ask({ method: 'DELETE', path: `${path}/${id}`, signal, expect: [404] }),
    };
  }

  protected credential(): Credential {
    return { username: 'x-access-token', password: this.account.token };
  }
}
