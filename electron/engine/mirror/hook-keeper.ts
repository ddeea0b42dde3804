import { createHash } from 'node:crypto';
import type { MirrorSettings } from '../../../shared/mirror.ts';
import { eachLimited } from '../each-limited.ts';
import { LockstepError } from '../errors.ts';
import type { FailureCode } from '../../../shared/failure.ts';
import type { Forge, HookScope } from './forges/forge.ts';
import type { MirrorDeps } from './mirror-deps.ts';
import { anyTrouble, type MirrorTrouble } from './mirror-trouble.ts';
import type { MirrorRepositories } from './mirror-repositories.ts';
import type { InstalledHook, RepositoryRecord } from './repository-record.ts';

/** Where forges ring, and what they sign with. */
export interface HookAddress {
  readonly url: string;
  readonly secret: string;
}

const AT_ONCE = 4;
/** Users have no hook for all they own, groups have it for money, and not every token may: then each repository gets one. */
const NONE_FOR_ALL: readonly FailureCode[] = ['not-allowed', 'owner-gone', 'remote-gone', 'not-available'];

/**
 * Brings the webhooks at the source's forge to what the settings say: one for all of an owner where the forge has such and
 * lets us, else exactly one at each repository; another address or secret renews them, no address takes them away. Gives what
 * was in the way, which keeps nobody from polling.
 */
export async function keepHooks(deps: MirrorDeps, { source, options }: MirrorSettings, repositories: MirrorRepositories, address: HookAddress | null, signal: AbortSignal): Promise<MirrorTrouble | null> {
  if (source.kind !== 'owner') return null;
  const wanted = options.how === 'hook' ? address : null;
  const { ownerHook } = repositories.records;
  const present = repositories.all().filter(({ gone }) => !gone);
  if (ownerHook && wanted && ownerHook.digest === digest(wanted)) return null;
  const stale = present.filter(({ hook }) => (wanted ? hook?.digest !== digest(wanted) : hook !== null));
  if (!ownerHook && stale.length === 0) return null;
  try {
    const keeper = new HookKeeper(await deps.accounts.forge(source.account), source.owner, repositories, signal);
    await keeper.takeAway(ownerHook, stale, wanted?.url ?? null);
    if (wanted) await keeper.install(stale, wanted);
    return null;
  } catch (error) {
    return anyTrouble(deps.ports, error);
  }
}

class HookKeeper {
  readonly #forge: Forge;
  readonly #owner: string;
  readonly #repositories: MirrorRepositories;
  readonly #signal: AbortSignal;

  constructor(forge: Forge, owner: string, repositories: MirrorRepositories, signal: AbortSignal) {
    this.#forge = forge;
    this.#owner = owner;
    this.#repositories = repositories;
    this.#signal = signal;
  }

  /** Those that ring elsewhere than `url`. */
  async takeAway(ownerHook: InstalledHook | null, records: readonly RepositoryRecord[], url: string | null): Promise<void> {
    if (ownerHook && ownerHook.url !== url) {
      await this.#forge.removeHook({ owner: this.#owner, repository: null }, ownerHook.url, this.#signal);
      this.#repositories.setOwnerHook(null);
    }
    await eachLimited(records, AT_ONCE, async (record) => {
      if (!record.hook || record.hook.url === url) return;
      await this.#forge.removeHook(this.#scope(record), record.hook.url, this.#signal);
      this.#repositories.update(record.key, { hook: null });
    });
  }

  async install(records: readonly RepositoryRecord[], address: HookAddress): Promise<void> {
    const installed = { url: address.url, digest: digest(address) };
    const isFirst = this.#repositories.all().every(({ hook }) => hook === null);
    if (isFirst && (await this.#installForAll(address))) return this.#repositories.setOwnerHook(installed);
    await eachLimited(records, AT_ONCE, async (record) => {
      await this.#forge.ensureHook(this.#scope(record), address, this.#signal);
      this.#repositories.update(record.key, { hook: installed });
    });
  }

  async #installForAll(address: HookAddress): Promise<boolean> {
    try {
      await this.#forge.ensureHook({ owner: this.#owner, repository: null }, address, this.#signal);
      return true;
    } catch (error) {
      if (error instanceof LockstepError && NONE_FOR_ALL.includes(error.code)) return false;
      throw error;
    }
  }

  #scope({ key, name }: RepositoryRecord): HookScope {
    return { owner: this.#owner, repository: { id: key, fullName: `${this.#owner}/${name}` } };
  }
}

const digest = ({ url, secret }: HookAddress): string => createHash('sha256').update(`${url}\n${secret}`).digest('hex').slice(0, 16);
