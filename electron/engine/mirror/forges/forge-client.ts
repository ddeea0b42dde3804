import type { ForgeKind } from '../../../../shared/mirror.ts';
import { LockstepError } from '../../errors.ts';
import type { Credential } from '../credential.ts';
import type { ForgeAccount } from './account.ts';
import { apiAddress, cloneAddress, isOwnHost } from './forge-address.ts';
import type { Forge, ForgeHook, ForgeRepository, FoundAccess, HookScope, NewRepository, RepositoryChanges } from './forge.ts';
import { ensureHook, listHooks, removeHook, type HookCalls } from './hooks.ts';
import { nameBelow, type Nameless } from './pages.ts';
import { RestClient } from './rest-client.ts';
import { plainTransport, type Transport } from './transport.ts';

/** What a hook is told to be. */
export interface WantedHook {
  readonly url: string;
  readonly secret: string;
}

/** What the forges have in common: one client, hooks by our address, and where git may have the token. */
export abstract class ForgeClient implements Forge {
  readonly kind: ForgeKind;
  abstract readonly byId: Forge['byId'];
  protected readonly account: ForgeAccount;
  protected readonly client: RestClient;
  readonly #api: string;

  /** `headers` say who we are; without a `transport` it goes straight over the port. */
  protected constructor(kind: ForgeKind, account: ForgeAccount, headers: Readonly<Record<string, string>>, transport?: (api: string) => Transport) {
    const { settings, ports } = account;
    this.kind = kind;
    this.account = account;
    this.#api = apiAddress(kind, settings.api);
    this.client = new RestClient({ ports, api: this.#api, account: settings.name, headers: { 'user-agent': 'lockstep', ...headers }, transport: transport?.(this.#api) ?? plainTransport(ports) });
  }

  get server(): string {
    return this.client.server;
  }

  /** At an address where there is no such API, that is said. */
  async check(signal: AbortSignal): Promise<FoundAccess> {
    try {
      return await this.access(signal);
    } catch (error) {
      if (!(error instanceof LockstepError) || error.code !== 'remote-gone') throw error;
      throw new LockstepError('remote-damaged', { server: this.server, detail: `no API is at ${this.#api}` }, { cause: error });
    }
  }

  abstract list(owner: string, signal: AbortSignal): AsyncIterable<readonly ForgeRepository[]>;
  abstract find(owner: string, name: string, signal: AbortSignal): Promise<ForgeRepository | null>;
  abstract create(owner: string, wanted: NewRepository, signal: AbortSignal): Promise<ForgeRepository>;
  abstract update(repository: ForgeRepository, changes: RepositoryChanges, signal: AbortSignal): Promise<void>;
  protected abstract access(signal: AbortSignal): Promise<FoundAccess>;
  protected abstract hookCalls(scope: HookScope, wanted: WantedHook, signal: AbortSignal): HookCalls;
  protected abstract credential(): Credential;

  hooks(scope: HookScope, signal: AbortSignal): Promise<ForgeHook[]> {
    return listHooks(this.hookCalls(scope, { url: '', secret: '' }, signal));
  }

  ensureHook(scope: HookScope, wanted: WantedHook, signal: AbortSignal): Promise<'made' | 'renewed'> {
    return ensureHook(this.hookCalls(scope, wanted, signal), wanted.url);
  }

  removeHook(scope: HookScope, url: string, signal: AbortSignal): Promise<number> {
    return removeHook(this.hookCalls(scope, { url, secret: '' }, signal), url);
  }

  credentialFor(address: string): Credential | null {
    return isOwnHost(this.#api, address) ? this.credential() : null;
  }

  /** A repository as the asker knows it: by its name below this owner, at an address of the forge's own. */
  protected named(found: Nameless, owner: string): ForgeRepository {
    return { ...found, name: nameBelow(found.fullName, owner), cloneUrl: cloneAddress(this.#api, found.cloneUrl, found.fullName) };
  }

  /** Where a list itself says that there is no such owner. */
  protected ownerTrouble(error: unknown, owner: string): unknown {
    return error instanceof LockstepError && error.code === 'remote-gone' ? this.ownerGone(owner, error) : error;
  }

  protected ownerGone(owner: string, cause?: unknown): LockstepError {
    return new LockstepError('owner-gone', { server: this.server, owner }, { cause });
  }
}
