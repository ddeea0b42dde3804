import type { Activity } from '../../../shared/activity.ts';
import type { FolderState, MessageRequest } from '../../../shared/app-state.ts';
import type { FolderSettings } from '../../../shared/settings.ts';
import type { Applier } from '../apply/applier.ts';
import type { FileReplacer } from '../apply/file-replacer.ts';
import type { Ports } from '../ports.ts';
import type { RepoPath } from '../repo-path.ts';
import type { OwnWrites } from '../watch/watcher.ts';
import type { SecretCheck } from '../secrets/secret-check.ts';
import type { Vcs } from '../vcs/vcs.ts';
import type { OutgoingCheck } from './outgoing-check.ts';
import type { Root } from './root-check.ts';

/** What is known of a folder beside its situation; the shown state is made of both. */
export type FolderFacts = Pick<
  FolderState,
  'head' | 'branch' | 'dirty' | 'ahead' | 'behind' | 'conflicts' | 'held' | 'notes' | 'lastCommit' | 'lastPush' | 'lastPull' | 'watching' | 'days'
> & { readonly messageRequest: Omit<MessageRequest, 'draft'> | null };

/** What a step may use. Steps give back events; they never change a situation, and never call a host. */
export interface FolderContext {
  readonly ports: Ports;
  readonly machine: { readonly id: string; readonly name: string };
  readonly vcs: Vcs;
  /** The folder's own directories as they were when it was opened. */
  readonly root: Root;
  readonly applier: Applier;
  /** Null: keys and passwords are not looked for. */
  readonly secrets: SecretCheck | null;
  readonly outgoing: OutgoingCheck;
  /** For what a person asks for: bring back, resolve. */
  readonly replacer: FileReplacer;
  readonly ownWrites: OwnWrites;
  /** Fifos, sockets and devices in the folder, as far as the watcher knows; ignored ones too. */
  oddPaths(): readonly RepoPath[];
  settings(): FolderSettings;
  facts(): FolderFacts;
  report(facts: Partial<FolderFacts>): void;
  record(entry: Omit<Activity, 'at' | 'folder' | 'params' | 'paths'> & Partial<Pick<Activity, 'params' | 'paths'>>): void;
  /** Whether something holds the whole folder at present. */
  isHeld(): boolean;
  /** Tells the signal links how other machines know this repository, once it has a beginning. */
  introduce(): Promise<void>;
  /** After a push: tell the other machines. */
  announce(tip: string): void;
}
