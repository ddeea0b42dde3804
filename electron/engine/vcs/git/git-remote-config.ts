import type { RemoteUrl } from '../remote-url.ts';
import { remoteNames } from './git-address.ts';
import type { GitRepository } from './git-repository.ts';

/** Sets the first address of a remote, or makes the remote with git's usual refspec. Throws `internal` with what git said. */
export async function setRemoteUrl(repository: GitRepository, name: string, url: RemoteUrl): Promise<void> {
  const isThere = remoteNames(await repository.config()).includes(name);
  await repository.output(['remote', isThere ? 'set-url' : 'add', '--', name, url.text]);
}
