import type { AccountCheck, ForgeKind } from '../../../../shared/mirror.ts';
import type { Credential } from '../credential.ts';

/** A repository as a forge describes it. */
export interface ForgeRepository {
  /** Stays when it is renamed or moved to another owner. */
  readonly id: string;
  /** As it stands in addresses, owner and all: `tidepool/lib-storage`, `group/sub/name`, `KEY/slug`. */
  readonly fullName: string;
  /** The same below the owner that was asked for; with the path of its subgroups. */
  readonly name: string;
  /** What people call it; where a forge has one name only, that. */
  readonly title: string;
  /** Without a user or a password. */
  readonly cloneUrl: string;
  readonly sshUrl: string | null;
  readonly webUrl: string | null;
  readonly defaultBranch: string | null;
  readonly archived: boolean;
  readonly fork: boolean;
  /** Null: the forge does not tell, the remote has to be asked. */
  readonly empty: boolean | null;
  readonly private: boolean;
  readonly description: string;
  /** What it takes at the forge, as far as told. */
  readonly bytes: number | null;
  readonly scm: 'git' | 'hg';
}

export interface NewRepository {
  /** Below the owner; with the path of subgroups, which must be there. */
  readonly name: string;
  readonly description: string;
  readonly private: boolean;
}

export interface RepositoryChanges {
  readonly description?: string;
  readonly private?: boolean;
  readonly defaultBranch?: string;
  readonly archived?: boolean;
}

/** Where a hook listens: at one repository, or with `repository` null at everything of the owner, also what appears later. */
export interface HookScope {
  readonly owner: string;
  readonly repository: Pick<ForgeRepository, 'id' | 'fullName'> | null;
}

export interface ForgeHook {
  readonly id: string;
  readonly url: string;
  readonly active: boolean;
}

/** What is found out about a token; whoever keeps it adds when. */
export type FoundAccess = Omit<AccountCheck, 'at'>;

/**
 * One account at one forge. Whatever goes wrong is thrown as a `LockstepError` of the mirrors' codes (`trouble.ts`);
 * an answer that is not what the forge's documentation says is `remote-damaged`. Each call ends with its signal.
 */
export interface Forge {
  readonly kind: ForgeKind;
  /** Host and port of the API, for people. */
  readonly server: string;
  /** Who the token belongs to and what it may do; throws `auth-failed` where the forge does not know it. */
  check(signal: AbortSignal): Promise<FoundAccess>;
  /**
   * Everything of a user, organisation, group with its subgroups, workspace (`workspace/PROJECT` for one of its projects) or
   * project, page by page. Only a loop that ended without an error has seen all: a list that breaks off throws.
   */
  list(owner: string, signal: AbortSignal): AsyncIterable<readonly ForgeRepository[]>;
  /** By the name it has now, or had before if the forge still knows that; null: not there, or not to be seen with this token. */
  find(owner: string, name: string, signal: AbortSignal): Promise<ForgeRepository | null>;
  /** Wherever it is now; `name` is then its name below its present owner. Null instead of a function: the forge cannot. */
  readonly byId: ((id: string, signal: AbortSignal) => Promise<ForgeRepository | null>) | null;
  /** Made, or the one that is there already. */
  create(owner: string, wanted: NewRepository, signal: AbortSignal): Promise<ForgeRepository>;
  /** What a forge has no such field for stays as it is. */
  update(repository: ForgeRepository, changes: RepositoryChanges, signal: AbortSignal): Promise<void>;
  hooks(scope: HookScope, signal: AbortSignal): Promise<readonly ForgeHook[]>;
  /** Afterwards exactly one hook there has this address, with this secret. */
  ensureHook(scope: HookScope, hook: { readonly url: string; readonly secret: string }, signal: AbortSignal): Promise<'made' | 'renewed'>;
  /** Takes away every hook with this address; how many there were. */
  removeHook(scope: HookScope, url: string, signal: AbortSignal): Promise<number>;
  /** What git says to this address; null: it is not one of the account's own hosts, and is told nothing. */
  credentialFor(address: string): Credential | null;
}
