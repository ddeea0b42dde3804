import type { Account, AccountSettings } from '../../../shared/mirror.ts';
import { nowIso, type EngineCore } from '../engine-core.ts';
import type { EngineHandlers } from '../engine-face.ts';
import { LockstepError } from '../errors.ts';
import { tokenName } from '../mirror/accounts.ts';
import { chooseRepositories } from '../mirror/choose-repositories.ts';
import { apiAddress } from '../mirror/forges/forge-address.ts';
import { openForge } from '../mirror/forges/open-forge.ts';
import type { MirrorSet } from '../mirror/mirror-set.ts';
import { namePattern } from '../mirror/name-pattern.ts';
import { RecentListing } from '../mirror/recent-listing.ts';
import { problemOf, troubleOf } from '../mirror/mirror-trouble.ts';

type AccountHandlers = Pick<EngineHandlers, 'account.add' | 'account.list' | 'account.check' | 'account.repositories' | 'account.remove'>;

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Accounts at forges. Their tokens are only ever in the secret store. */
export function accountCommands(core: EngineCore, mirrors: MirrorSet): AccountHandlers {
  const { secrets } = core.options.ports;
  const lists = new RecentListing(core.options.ports.clock, mirrors.accounts);
  const show = (accounts: readonly Account[]): void => core.store.update(() => ({ accounts: [...accounts] }));
  const listed = (): Account[] => core.store.get().accounts;

  const keep = async (account: AccountSettings): Promise<Account> => {
    await core.change((settings) => ({ ...settings, accounts: [...settings.accounts.filter(({ name }) => name !== account.name), account] }));
    const shown = { ...account, problem: null };
    show([...listed().filter(({ name }) => name !== account.name), shown]);
    return shown;
  };

  return {
    'account.add': async ({ name, forge, api, user, token }, signal) => {
      if (!NAME.test(name)) throw new LockstepError('usage', { detail: `“${name}” cannot be an account’s name: letters, digits, dots and dashes only.` });
      if (/[\0-\x20\x7f]/.test(token)) throw new LockstepError('usage', { detail: 'A token has no spaces or line breaks in it.' });
      const settings: AccountSettings = { name, forge, api: apiAddress(forge, api ?? null), user: user ?? null, check: null };
      // Before anything is kept: a token that does not work would be found out in the middle of a night.
      const check = await openForge(settings, token, core.options.ports).check(signal);
      await secrets.set(tokenName(name), token);
      lists.forget();
      const account = await keep({ ...settings, check: { ...check, at: nowIso(core) } });
      mirrors.accountChanged(name);
      return account;
    },
    'account.list': async () => [...listed()],
    'account.check': async ({ name }, signal) => {
      const before = accountNamed(core, name);
      try {
        const check = await (await mirrors.accounts.forge(name)).check(signal);
        return await keep({ ...before, check: { ...check, at: nowIso(core) } });
      } catch (error) {
        const trouble = troubleOf(error);
        if (!trouble) throw error;
        const shown: Account = { ...before, problem: problemOf(trouble, listed().find((account) => account.name === name)?.problem ?? null, nowIso(core)) };
        show(listed().map((account) => (account.name === name ? shown : account)));
        return shown;
      }
    },
    'account.repositories': async ({ name, owner, match = null, forks, archived }, signal) => {
      const matches = namePattern(match);
      const listing = await lists.read(name, owner, signal);
      const source = { kind: 'owner', account: name, owner, match, forks, archived, syncNew: true } as const;
      const { fresh, skipped } = chooseRepositories(listing, [], source, matches, true);
      return { taken: fresh.map((repository) => repository.name), left: [...skipped] };
    },
    'account.remove': async ({ name }) => {
      accountNamed(core, name);
      const user = core.settings().mirrors.find(({ source, target }) => (source.kind === 'owner' && source.account === name) || (target.kind === 'account' && target.account === name));
      if (user) throw new LockstepError('account-in-use', { account: name, mirror: user.name });
      await core.change((settings) => ({ ...settings, accounts: settings.accounts.filter((account) => account.name !== name) }));
      await secrets.remove(tokenName(name));
      mirrors.accounts.forget(name);
      show(listed().filter((account) => account.name !== name));
      return {};
    },
  };
}

function accountNamed(core: EngineCore, name: string): AccountSettings {
  const account = core.settings().accounts.find((one) => one.name === name);
  if (!account) throw new LockstepError('no-such-account', { account: name });
  return account;
}
