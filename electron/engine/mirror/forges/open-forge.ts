import type { AccountSettings } from '../../../../shared/mirror.ts';
import { LockstepError } from '../../errors.ts';
import type { Ports } from '../../ports.ts';
import type { Forge } from './forge.ts';

/** The client of an account's forge. */
export function openForge(account: AccountSettings, _token: string, _ports: Ports): Forge {
  throw new LockstepError('not-available', { detail: `${account.forge} cannot be asked yet.` });
}
