import type { MirrorSettings } from '../../../shared/mirror.ts';
import type { Forge, ForgeRepository } from './forges/forge.ts';
import { storesDirectory, type MirrorDeps } from './mirror-deps.ts';
import type { Endpoint, PushEndpoint, RepositoryPair } from './repository-pair.ts';
import type { RepositoryRecord } from './repository-record.ts';

/** Both ends of one repository, and its store between them. `makes`: the repository at the target's forge is made when it is not there. */
export async function pairOf(deps: MirrorDeps, settings: MirrorSettings, record: RepositoryRecord, { makes }: { readonly makes: boolean }, signal: AbortSignal): Promise<RepositoryPair> {
  const { source, target, options } = settings;
  const isLocalMirror = target.kind === 'directory';
  return {
    identity: identityOf(deps, settings, record),
    store: `${storesDirectory(deps, settings)}/${record.store}`,
    isLocalMirror,
    source: source.kind === 'owner' ? { url: record.url, credential: (await deps.accounts.forge(source.account)).credentialFor(record.url) } : atAddress(record.url),
    target: isLocalMirror ? null : await targetOf(deps, settings, record, makes, signal),
    options,
    expectedBytes: record.bytes,
  };
}

/** Forges number their repositories each for itself; an address is its own. */
export const identityOf = ({ accounts }: Pick<MirrorDeps, 'accounts'>, { source }: MirrorSettings, { key }: RepositoryRecord): string => (source.kind === 'owner' ? `${accounts.place(source.account)}#${key}` : key);

async function targetOf(deps: MirrorDeps, { target }: MirrorSettings, record: RepositoryRecord, makes: boolean, signal: AbortSignal): Promise<PushEndpoint | null> {
  if (target.kind === 'directory') return null;
  if (target.kind === 'remote') return atAddress(target.url);
  const forge = await deps.accounts.forge(target.account);
  const name = nameAtTarget(forge, record);
  const wanted = { name, description: record.description, private: record.private };
  const repository = makes ? await forge.create(target.owner, wanted, signal) : await forge.find(target.owner, name, signal);
  return repository && atForge(forge, repository);
}

/** With git's own credential helpers, or what was kept of the address when it was given. */
const atAddress = (url: string): Endpoint => ({ url, credential: null });

const atForge = (forge: Forge, repository: ForgeRepository): PushEndpoint => ({
  url: repository.cloneUrl,
  credential: forge.credentialFor(repository.cloneUrl),
  setDefaultBranch: (branch, signal) => forge.update(repository, { defaultBranch: branch }, signal),
});

/** Only GitLab has groups within groups; elsewhere their path becomes a part of the name. */
const nameAtTarget = (forge: Forge, { name, targetName }: RepositoryRecord): string => targetName ?? (forge.kind === 'gitlab' ? name : name.replaceAll('/', '-'));
