import type { AccountSettings } from '../../../shared/mirror.ts';
import { LockstepError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import type { Forge } from './forges/forge.ts';
import { openForge } from './forges/open-forge.ts';

/** Name of an account's token in the secret store. */
export const tokenName = (account: string): string => `token of ${account}`;

/** The accounts of the settings as clients of their forges; one client an account, so that its connections and pauses are shared. */
export class Accounts {
  readonly #ports: Ports;
  readonly #settings: () => readonly AccountSettings[];
  readonly #open = new Map<string, { readonly settings: AccountSettings; readonly forge: Forge }>();

  constructor(ports: Ports, settings: () => readonly AccountSettings[]) {
    this.#ports = ports;
    this.#settings = settings;
  }

  /** Throws `account-missing` when there is none of this name, or its token is not to be had. */
  async forge(name: string): Promise<Forge> {
    const settings = this.#settings().find((account) => account.name === name);
    if (!settings) throw new LockstepError('account-missing', { account: name });
    const known = this.#open.get(name);
    if (known && isSame(known.settings, settings)) return known.forge;
    const token = await this.#ports.secrets.get(tokenName(name));
    if (token === null) throw new LockstepError('account-missing', { account: name });
    const forge = openForge(settings, token, this.#ports);
    this.#open.set(name, { settings, forge });
    return forge;
  }

  /** Which forge it is at: stays when the account is called otherwise, or another one takes its place. */
  place(name: string): string {
    const settings = this.#settings().find((account) => account.name === name);
    return settings ? `${settings.forge} ${settings.api}` : name;
  }

  /** After its token or address changed. */
  forget(name: string): void {
    this.#open.delete(name);
  }
}

const isSame = (a: AccountSettings, b: AccountSettings): boolean => a.forge === b.forge && a.api === b.api && a.user === b.user;
