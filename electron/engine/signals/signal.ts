import type { Machine, SignalStatus } from '../../../shared/app-state.ts';
import type { Settings } from '../../../shared/settings.ts';

/** What a machine tells the others after a push. A doorbell: it can cause one fetch of a configured folder, nothing else. */
export interface Announcement {
  readonly folder: string;
  readonly tip: string;
}

export interface Ring {
  readonly folder: string;
  /** Null: the sender could not say (a dvcs-autosync or SparkleShare peer without a known tip). */
  readonly tip: string | null;
  readonly machine: { readonly id: string; readonly name: string } | null;
  readonly via: 'xmpp' | 'fanout';
}

/** How the folders of this home are known to others. */
export interface KnownFolder {
  readonly folder: string;
  /** Id of the first commit; its HMAC is the repository key. Null: no commit yet. */
  readonly root: string | null;
  /** Address of the remote, for dvcs-autosync peers. */
  readonly remoteUrl: string | null;
  /** Content of `.sparkleshare` at the top of the tree, where there is one. */
  readonly sparkleshareId: string | null;
}

/** Says when something happened on the links; the engine turns it into state and triggers. */
export interface SignalEvents {
  rang(ring: Ring): void;
  /** A link came up (again): what was announced meanwhile is lost, so every folder pulls once. */
  connected(via: 'xmpp' | 'fanout'): void;
  changed(status: SignalStatus, machines: readonly Machine[]): void;
}

/** All signal links of a home behind one face. Never throws for a link that is down: that is its state. */
export interface Signals {
  /** (Re)configures the links; closes those that are gone. Throws `LockstepError` (`port-taken`, `bad-file`) when it cannot serve. */
  configure(settings: Settings['signal'], secrets: { xmppPassword: string | null; meshKey: Buffer }): Promise<void>;
  setFolders(folders: readonly KnownFolder[]): void;
  /** Never fails a push: queued while a link is down, the newest per folder. */
  announce(announcement: Announcement): void;
  status(): SignalStatus;
  machines(): readonly Machine[];
  close(): Promise<void>;
}
