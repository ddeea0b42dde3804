import type { ForgeKind, MirrorSource, MirrorSummary } from '../../../shared/mirror.ts';
import { matchKey } from '../vcs/remote-url.ts';
import type { RepositoryRecord } from './repository-record.ts';

/** What a webhook told: a hint and nothing else. No address in it is ever used. */
export interface Delivery {
  readonly forge: ForgeKind;
  /** The forge's own id of the repository, if it says one. */
  readonly id: string | null;
  /** As it stands in addresses: `tidepool/lib-storage`. */
  readonly fullName: string;
}
export type Verdict = NonNullable<MirrorSummary['lastHook']>['verdict'];

/** Whom a delivery concerns in one mirror: one of its repositories, one of its owner that it does not have yet, or nobody. */
export type Concerned = { readonly concerns: 'repository'; readonly record: RepositoryRecord } | { readonly concerns: 'owner' } | null;

/** `forge`: the kind of forge that the mirror's account is at; null: it reads from an address. */
export function concernedBy({ id, fullName, forge: sender }: Delivery, source: MirrorSource, forge: ForgeKind | null, records: readonly RepositoryRecord[]): Concerned {
  const wanted = (sender === 'bitbucket-server' ? fullName.replace(/^~/, '') : fullName).toLowerCase();
  if (source.kind !== 'owner') {
    const [record] = records;
    return record && matchKey(source.url).toLowerCase().endsWith(`/${wanted}`) ? { concerns: 'repository', record } : null;
  }
  if (forge !== sender) return null;
  // By its name at the owner's, too: ids of a forge are numbers, and another forge of the same kind has the same ones.
  const owner = ownerInAddresses(forge, source.owner).toLowerCase();
  const record = records.find((one) => `${owner}/${one.name}`.toLowerCase() === wanted) ?? records.find(({ key }) => key === id && wanted.startsWith(`${owner}/`));
  if (record) return { concerns: 'repository', record };
  return wanted.startsWith(`${owner}/`) ? { concerns: 'owner' } : null;
}

/** A project of Bitbucket's cloud (`workspace/PROJECT`) is no part of them; its server marks users, who may be given without the mark. */
function ownerInAddresses(forge: ForgeKind, owner: string): string {
  if (forge === 'bitbucket') return owner.split('/')[0] ?? owner;
  return forge === 'bitbucket-server' ? owner.replace(/^~/, '') : owner;
}
