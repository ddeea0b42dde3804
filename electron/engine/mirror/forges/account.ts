import type { AccountSettings } from '../../../../shared/mirror.ts';
import type { Ports } from '../../ports.ts';

/** What a client of a forge is made from. */
export interface ForgeAccount {
  readonly settings: AccountSettings;
  readonly token: string;
  readonly ports: Pick<Ports, 'http' | 'clock' | 'log' | 'redactor'>;
}
