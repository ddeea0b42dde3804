import { posix } from 'node:path';
import type { Host } from './ports.ts';

/** Where the program keeps what is its own. With one home directory everything is below it; otherwise the XDG folders. */
export interface Home {
  /** Shown as `home`; the identity of this instance. */
  readonly directory: string;
  readonly settingsFile: string;
  readonly secretsFile: string;
  readonly stateDirectory: string;
  readonly logFile: string;
  readonly activityFile: string;
  readonly socketFile: string;
  readonly lockFile: string;
}

/** `--home DIR`, else `LOCKSTEP_HOME`, else the XDG folders. */
export function resolveHome(host: Host, option: string | undefined): Home {
  const given = option ?? host.env['LOCKSTEP_HOME'];
  if (given) {
    const directory = posix.resolve(given);
    return layout(directory, directory, directory);
  }
  const xdg = (name: string, fallback: string) => posix.join(host.env[name] || posix.join(host.homeDirectory, fallback), 'lockstep');
  const state = xdg('XDG_STATE_HOME', '.local/state');
  return layout(xdg('XDG_CONFIG_HOME', '.config'), state, host.env['XDG_RUNTIME_DIR'] ? posix.join(host.env['XDG_RUNTIME_DIR'], 'lockstep') : state);
}

const layout = (config: string, state: string, runtime: string): Home => ({
  directory: config,
  settingsFile: posix.join(config, 'settings.json'),
  secretsFile: posix.join(config, 'secrets.json'),
  stateDirectory: state,
  logFile: posix.join(state, 'lockstep.log'),
  activityFile: posix.join(state, 'activity.ndjson'),
  socketFile: posix.join(runtime, 'lockstep.sock'),
  lockFile: posix.join(state, 'lockstep.lock'),
});
