import type { AppState } from '../../../shared/app-state.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { Text } from '../../../shared/text/text.ts';
import type { Activity } from '../../../shared/activity.ts';
import type { Home } from '../home.ts';
import type { Ports } from '../ports.ts';
import type { Vcs } from '../vcs/vcs.ts';

/** What the checks look at; filled by the engine. */
export interface DoctorContext {
  readonly ports: Pick<Ports, 'clock' | 'files' | 'host' | 'secrets' | 'redactor'>;
  readonly home: Home;
  readonly settings: Settings;
  readonly state: AppState;
  /** Whether this is the running program, or an engine that only answers. */
  readonly running: boolean;
  readonly text: Text;
  readonly nowMs: number;
  readonly nodeVersion: string;
  /** What `TOOL --version` says; null when it cannot be started. */
  toolVersion(tool: 'git' | 'hg', signal: AbortSignal): Promise<string | null>;
  reading<T>(folder: string, work: (vcs: Vcs) => Promise<T>): Promise<T>;
  /** The newest entries of the log, the newest first. */
  activity(limit: number): Promise<readonly Activity[]>;
}
