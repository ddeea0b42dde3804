import { posix } from 'node:path';
import type { MirrorSettings } from '../../../shared/mirror.ts';
import { LockstepError } from '../errors.ts';
import { storesDirectory } from './mirror-deps.ts';
import type { Files } from '../ports.ts';
import type { RepositoryRecord } from './repository-record.ts';

/** What is needed of the mirrors' dependencies. */
interface RootDeps {
  readonly ports: { readonly files: Files };
  readonly directory: string;
}

/** Laid into the folder of a mirror when it is first written to: where it is missing, another disk is mounted there, or none. */
const MARKER = '.lockstep-mirrors';
const MARKER_TEXT = 'Lockstep keeps copies of repositories in this folder. They are read-only; this file tells it that its disk is there.\n';

/** Makes sure that the folder is the one that was written before. Throws `root-missing`, so that nothing is copied to the disk beneath a mount point. */
async function checkRoot({ ports: { files }, directory }: RootDeps, settings: MirrorSettings, wasWritten: boolean): Promise<void> {
  const root = storesDirectory({ directory }, settings);
  if (settings.target.kind !== 'directory') return files.makeDirectories(root, 0o700);
  const marker = posix.join(root, MARKER);
  if ((await files.stat(marker)) !== null) return;
  if (wasWritten) throw new LockstepError('root-missing', { path: root });
  await layRoot({ ports: { files }, directory }, settings);
}

/** The folder with its marker; for one that is new, or that a person says is to be filled anew. */
export async function layRoot({ ports: { files }, directory }: RootDeps, settings: MirrorSettings): Promise<void> {
  if (settings.target.kind !== 'directory') return;
  const root = storesDirectory({ directory }, settings);
  const marker = posix.join(root, MARKER);
  await files.makeDirectories(root, 0o755);
  await files.create(marker, Buffer.from(MARKER_TEXT), { mode: 0o644, sync: true }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
}

/** For a look that writes nothing: whether the folder that was written before is there. Throws `root-missing`. */
export async function findRoot({ ports: { files }, directory }: RootDeps, settings: MirrorSettings, record: RepositoryRecord): Promise<void> {
  const root = storesDirectory({ directory }, settings);
  if (settings.target.kind === 'directory' && record.lastSync !== null && (await files.stat(posix.join(root, MARKER))) === null) throw new LockstepError('root-missing', { path: root });
}

/** The folder, and the groups in it, in which the copy of a repository lies. */
export async function makeRoom(deps: RootDeps, settings: MirrorSettings, record: RepositoryRecord): Promise<void> {
  await checkRoot(deps, settings, record.lastSync !== null);
  const parent = posix.dirname(posix.join(storesDirectory(deps, settings), record.store));
  await deps.ports.files.makeDirectories(parent, settings.target.kind === 'directory' ? 0o755 : 0o700);
}
