import type { Activity } from '../../../shared/activity.ts';
import type { FolderState } from '../../../shared/app-state.ts';
import type { FolderSettings } from '../../../shared/settings.ts';
import type { Ports } from '../ports.ts';
import type { FolderContext, FolderFacts } from './folder-context.ts';
import type { KeptDraft } from './kept-draft.ts';
import type { FolderEvent, Situation } from './situation.ts';

/** What the runner offers to those who open its folder. */
export interface RunnerSide {
  readonly settings: () => FolderSettings;
  readonly facts: () => FolderFacts;
  readonly situation: () => Situation;
  readonly report: (facts: Partial<FolderFacts>) => void;
  readonly tell: (event: FolderEvent) => void;
  /** The folder is gone or another one; it is closed, and opened again when it is back. */
  readonly lost: () => void;
}

/** A folder whose repository is open and watched. */
export interface OpenFolder {
  readonly context: FolderContext;
  readonly draft: KeptDraft;
  /** Looks through the directories again: safety scan, changed ignore rules. */
  rescan(): Promise<void>;
  /** Ignore patterns and trust as the settings have them now. */
  applySettings(): Promise<void>;
  close(): Promise<void>;
}

/** What the engine gives each runner. */
export interface RunnerDeps {
  readonly ports: Ports;
  open(side: RunnerSide, signal: AbortSignal): Promise<OpenFolder>;
  /** One piece of work at a time for each common directory: linked work trees share one repository. */
  exclusively<T>(commonDir: string, work: () => Promise<T>): Promise<T>;
  /** Whether a signal link is up, so that polling only covers what is lost. */
  linked(): boolean;
  publish(state: FolderState): void;
  record(entry: Omit<Activity, 'at' | 'folder' | 'params' | 'paths'> & Partial<Pick<Activity, 'params' | 'paths'>>): void;
}
