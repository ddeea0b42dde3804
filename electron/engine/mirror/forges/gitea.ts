import { z } from 'zod';
import { LockstepError } from '../../errors.ts';
import type { Credential } from '../credential.ts';
import type { ForgeAccount } from './account.ts';
import { apiAddress, isOwnHost } from './forge-address.ts';
import type { Forge, FoundAccess, ForgeHook, ForgeRepository, HookScope, NewRepository, RepositoryChanges } from './forge.ts';
import { giteaHookSchema, giteaRepositorySchema } from './gitea-schemas.ts';
import { ensureHook, listHooks, removeHook, type HookCalls } from './hooks.ts';
import { LinkedLists } from './linked-list.ts';
import { inAddress, nameBelow, type Nameless } from './pages.ts';
import { RestClient } from './rest-client.ts';
import { plainTransport } from './transport.ts';

/** Its servers give 50 at most, unless they are told otherwise; fewer than asked for is not the end. */
const PAGE = 50;
const EVENTS = ['push', 'create', 'delete', 'repository'];
const userSchema = z.object({ login: z.string() });

/** Gitea and Forgejo (their API v1, described by each server at `/swagger.v1.json`). */
export class Gitea implements Forge {
  readonly kind = 'gitea';
  readonly #api: string;
  readonly #account: ForgeAccount;
  readonly #client: RestClient;
  readonly #lists: LinkedLists;
  #login: string | null = null;

  constructor(account: ForgeAccount) {
    const { settings, token, ports } = account;
    this.#account = account;
    this.#api = apiAddress('gitea', settings.api);
    const headers = { accept: 'application/json', 'user-agent': 'lockstep', authorization: `token ${token}` };
    this.#client = new RestClient({ ports, api: this.#api, account: settings.name, headers, transport: plainTransport(ports) });
    this.#lists = new LinkedLists(this.#client);
  }

  get server(): string {
    return this.#client.server;
  }

  /** A token is not told its own rights: what it may list is tried. */
  async check(signal: AbortSignal): Promise<FoundAccess> {
    const login = await this.#self(signal);
    const listing = await this.#client.ask({ path: '/user/repos', query: { limit: 1 }, signal, expect: [403] });
    return { login: login === '' ? null : login, canList: listing.status !== 403, canHook: null, canCreate: null, expiresAt: null };
  }

  /** Empty: a token that may do this or that, but not ask who it is. */
  async #self(signal: AbortSignal): Promise<string> {
    if (this.#login !== null) return this.#login;
    const answer = await this.#client.ask({ path: '/user', signal, expect: [403] });
    return (this.#login = answer.status === 403 ? '' : this.#client.parse(userSchema, answer.body).login);
  }

  async *list(owner: string, signal: AbortSignal): AsyncGenerator<readonly ForgeRepository[]> {
    for await (const page of this.#lists.read(giteaRepositorySchema, await this.#listPath(owner, signal), { limit: PAGE }, signal)) {
      // One's own list holds what others share with one, too.
      yield page.filter(({ fullName }) => fullName.toLowerCase().startsWith(`${owner.toLowerCase()}/`)).map((found) => named(found, owner));
    }
  }

  /** Throws `owner-gone`. */
  async #listPath(owner: string, signal: AbortSignal): Promise<string> {
    const name = encodeURIComponent(owner);
    const organisation = await this.#client.ask({ path: `/orgs/${name}`, signal, expect: [404] });
    if (organisation.status !== 404) return `/orgs/${name}/repos`;
    if ((await this.#self(signal)).toLowerCase() === owner.toLowerCase()) return '/user/repos';
    const user = await this.#client.ask({ path: `/users/${name}`, signal, expect: [404] });
    if (user.status === 404) throw new LockstepError('owner-gone', { server: this.server, owner });
    return `/users/${name}/repos`;
  }

  async find(owner: string, name: string, signal: AbortSignal): Promise<ForgeRepository | null> {
    return this.#seen(`/repos/${inAddress(`${owner}/${name}`)}`, owner, signal);
  }

  readonly byId = (id: string, signal: AbortSignal): Promise<ForgeRepository | null> => this.#seen(`/repositories/${encodeURIComponent(id)}`, '', signal);

  async #seen(path: string, owner: string, signal: AbortSignal): Promise<ForgeRepository | null> {
    const answer = await this.#client.ask({ path, signal, expect: [404] });
    return answer.status === 404 ? null : named(this.#client.parse(giteaRepositorySchema, answer.body), owner);
  }

  async create(owner: string, { name, description, private: isPrivate }: NewRepository, signal: AbortSignal): Promise<ForgeRepository> {
    const own = (await this.#self(signal)).toLowerCase() === owner.toLowerCase();
    const path = own ? '/user/repos' : `/orgs/${encodeURIComponent(owner)}/repos`;
    const answer = await this.#client.ask({ method: 'POST', path, body: { name, description, private: isPrivate }, signal, expect: [404, 409] });
    if (answer.status === 404) throw new LockstepError('owner-gone', { server: this.server, owner });
    if (answer.status !== 409) return named(this.#client.parse(giteaRepositorySchema, answer.body), owner);
    return (await this.find(owner, name, signal)) ?? this.#client.refuse(answer);
  }

  async update({ fullName }: ForgeRepository, { defaultBranch, ...others }: RepositoryChanges, signal: AbortSignal): Promise<void> {
    const body = { ...others, ...(defaultBranch === undefined ? {} : { default_branch: defaultBranch }) };
    await this.#client.ask({ method: 'PATCH', path: `/repos/${inAddress(fullName)}`, body, signal });
  }

  hooks(scope: HookScope, signal: AbortSignal): Promise<ForgeHook[]> {
    return listHooks(this.#hooks(scope, { url: '', secret: '' }, signal));
  }

  ensureHook(scope: HookScope, hook: { url: string; secret: string }, signal: AbortSignal): Promise<'made' | 'renewed'> {
    return ensureHook(this.#hooks(scope, hook, signal), hook.url);
  }

  removeHook(scope: HookScope, url: string, signal: AbortSignal): Promise<number> {
    return removeHook(this.#hooks(scope, { url, secret: '' }, signal), url);
  }

  #hooks({ owner, repository }: HookScope, { url, secret }: { url: string; secret: string }, signal: AbortSignal): HookCalls {
    const path = repository ? `/repos/${inAddress(repository.fullName)}/hooks` : `/orgs/${encodeURIComponent(owner)}/hooks`;
    const wanted = { active: true, events: EVENTS, config: { url, content_type: 'json', secret } };
    return {
      list: () => this.#lists.read(giteaHookSchema, path, { limit: PAGE }, signal),
      make: () => this.#client.ask({ method: 'POST', path, body: { type: 'gitea', ...wanted }, signal }),
      renew: (id) => this.#client.ask({ method: 'PATCH', path: `${path}/${id}`, body: wanted, signal }),
      remove: (id) => this.#client.ask({ method: 'DELETE', path: `${path}/${id}`, signal, expect: [404] }),
    };
  }

  credentialFor(address: string): Credential | null {
    if (!isOwnHost(this.#api, address)) return null;
    const { settings, token } = this.#account;
    return { username: settings.user ?? (this.#login || 'token'), password: token };
  }
}

const named = (found: Nameless, owner: string): ForgeRepository => ({ ...found, name: nameBelow(found.fullName, owner) });
