import type { ForgeKind } from '../../shared/mirror.ts';
import { PUBLIC_SERVER } from './account-words.ts';

/** An account as it is typed. The token leaves this page with the question, and never comes back. */
export interface AccountDraft {
  readonly forge: ForgeKind;
  readonly name: string;
  readonly api: string;
  readonly user: string;
  readonly token: string;
}

export const NEW_ACCOUNT: AccountDraft = { forge: 'github', name: '', api: '', user: '', token: '' };

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
export const isAccountName = (name: string): boolean => NAME.test(name.trim());

/** Forges whose tokens belong to a user that has to be named with them. */
export const needsUser = (forge: ForgeKind): boolean => forge === 'bitbucket';
export const needsServer = (forge: ForgeKind): boolean => PUBLIC_SERVER[forge] === null;

export const isComplete = ({ forge, name, api, token }: AccountDraft): boolean => isAccountName(name) && token.trim() !== '' && (!needsServer(forge) || api.trim() !== '');

export const accountArguments = ({ forge, name, api, user, token }: AccountDraft) => ({
  name: name.trim(),
  forge,
  token: token.trim(),
  ...(api.trim() === '' ? {} : { api: api.trim() }),
  ...(user.trim() === '' ? {} : { user: user.trim() }),
});
