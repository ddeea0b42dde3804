import { matchKey } from '../vcs/remote-url.ts';
import { repoKey } from './doorbell.ts';
import type { KnownFolder } from './signal.ts';
import { sparkleshareChannel } from './sparkleshare.ts';

/** How one folder is called on each link. */
export interface FolderNames {
  readonly folder: string;
  /** Null: no commit yet. */
  readonly repo: string | null;
  readonly remoteUrl: string | null;
  readonly sparkleshare: string | null;
}

/**
 * The folders of this home by the names others use for them. Two folders may be clones of one repository: a name
 * leads to all of them.
 */
export class KnownFolders {
  #names: readonly FolderNames[] = [];

  set(folders: readonly KnownFolder[], meshKey: Buffer): void {
    this.#names = folders.map(({ folder, root, remoteUrl, sparkleshareId }) => ({
      folder,
      repo: root === null ? null : repoKey(meshKey, root),
      remoteUrl,
      sparkleshare: sparkleshareChannel(sparkleshareId),
    }));
  }

  names(folder: string): FolderNames | undefined {
    return this.#names.find((each) => each.folder === folder);
  }

  byRepo(repo: string): readonly string[] {
    return this.#names.filter((each) => each.repo === repo).map(({ folder }) => folder);
  }

  bySparkleshare(channel: string): readonly string[] {
    return this.#names.filter((each) => each.sparkleshare === channel).map(({ folder }) => folder);
  }

  /**
   * For dvcs-autosync, whose peers name an address. When none is the same, all that have a remote: one place has too many
   * addresses, its own receivers pull whatever the name, and a fetch too many costs little.
   */
  byUrl(url: string): readonly string[] {
    const withRemote = this.#names.filter((each) => each.remoteUrl !== null);
    const key = matchKey(url);
    const matching = withRemote.filter(({ remoteUrl }) => remoteUrl !== null && matchKey(remoteUrl) === key);
    return (matching.length > 0 ? matching : withRemote).map(({ folder }) => folder);
  }

  channels(): ReadonlySet<string> {
    return new Set(this.#names.flatMap(({ repo, sparkleshare }) => [repo, sparkleshare]).filter((channel) => channel !== null));
  }
}
