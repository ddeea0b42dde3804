import type { SignalState } from '../../../shared/app-state.ts';
import type { DoctorContext } from './doctor-context.ts';
import { unwell, well, type Finding } from './finding.ts';

const NODE_NEEDED = '20.19';
/** `merge-tree --write-tree` came with it. */
const GIT_NEEDED = '2.38';
const HG_NEEDED = '6.0';
const ROOM_NEEDED_BYTES = 200_000_000;
const WATCH_LIMIT_FILE = '/proc/sys/fs/inotify/max_user_watches';

/** What this machine must have, and the home. */
export async function machineChecks(context: DoctorContext, signal: AbortSignal): Promise<Finding[]> {
  const checks = [git(context, signal), hg(context, signal), home(context), secrets(context), room(context), watches(context)];
  return [node(context), ...(await Promise.all(checks)), settings(context), program(context), ...signals(context)];
}

const node = ({ nodeVersion }: DoctorContext): Finding => {
  const values = { version: nodeVersion, needed: NODE_NEEDED };
  return isAtLeast(nodeVersion, NODE_NEEDED) ? well('node', values) : unwell('node', values);
};

async function git(context: DoctorContext, signal: AbortSignal): Promise<Finding> {
  const version = versionIn(await context.toolVersion('git', signal));
  if (version === null) return unwell('git-missing', { needed: GIT_NEEDED });
  return isAtLeast(version, GIT_NEEDED) ? well('git', { version }) : unwell('git', { version, needed: GIT_NEEDED });
}

async function hg(context: DoctorContext, signal: AbortSignal): Promise<Finding> {
  const version = versionIn(await context.toolVersion('hg', signal));
  const wanted = context.settings.folders.some(({ vcs }) => vcs === 'hg');
  if (version === null) return wanted ? unwell('hg-missing') : well('hg-missing');
  return isAtLeast(version, HG_NEEDED) || !wanted ? well('hg', { version }) : unwell('hg', { version, needed: HG_NEEDED });
}

const versionIn = (said: string | null): string | null => said?.match(/\d+(\.\d+)+/)?.[0] ?? null;

/** Compares number by number; what one of them does not have counts as 0. */
export function isAtLeast(version: string, needed: string): boolean {
  const [have, want] = [version, needed].map((text) => text.split('.').map(Number));
  for (const [place, number] of (want ?? []).entries()) {
    const difference = (have?.[place] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

async function home({ ports, home: { directory: path } }: DoctorContext): Promise<Finding> {
  const stat = await ports.files.stat(path);
  if (stat && stat.uid !== ports.host.uid) return unwell('home-owner', { path });
  const values = { path, mode: (stat?.mode ?? 0).toString(8) };
  return ((stat?.mode ?? 0) & 0o077) === 0 ? well('home', values) : unwell('home', values);
}

async function secrets({ ports, home: { secretsFile: path } }: DoctorContext): Promise<Finding> {
  const stat = await ports.files.stat(path);
  if (!stat) return well('secrets-none');
  const values = { path, mode: stat.mode.toString(8) };
  return (stat.mode & 0o077) === 0 ? well('secrets', values) : unwell('secrets', values);
}

async function room({ ports, home: { stateDirectory: path } }: DoctorContext): Promise<Finding> {
  const freeBytes = await ports.files.freeBytes(path);
  return freeBytes >= ROOM_NEEDED_BYTES ? well('disk-space', { freeBytes, path }) : unwell('disk-space', { freeBytes, path });
}

/** Other programs watch too, so a limit that is nearly reached is one that is reached. */
async function watches({ ports, state }: DoctorContext): Promise<Finding> {
  const directories = state.folders.reduce((sum, { watching }) => sum + watching.directories + watching.polled, 0);
  const polled = state.folders.reduce((sum, { watching }) => sum + watching.polled, 0);
  const limit = Number((await ports.files.readIfThere(WATCH_LIMIT_FILE))?.toString('utf8').trim() ?? Number.NaN);
  const values = { directories, limit: Number.isFinite(limit) ? limit : '?', wanted: Math.max(524_288, 2 * directories) };
  return polled > 0 || directories > 0.9 * limit ? unwell('watch-limit', values) : well('watch-limit', values);
}

const settings = ({ state, home: { settingsFile: path } }: DoctorContext): Finding =>
  state.problems.some(({ code }) => code === 'settings-damaged') ? unwell('settings', { path }) : well('settings', { path });

/** That nothing runs is only wrong where something was to be kept in step. */
function program({ running, ports, settings: { folders } }: DoctorContext): Finding {
  if (running) return well('socket', { pid: ports.host.pid });
  return { ...unwell('socket'), ok: folders.length === 0, remark: true };
}

function signals({ state, running, settings: { signal } }: DoctorContext): Finding[] {
  if (!signal.xmpp && !signal.fanout) return [well('signal-none')];
  if (!running) return [];
  const { portTaken } = state.signal.fanout;
  const links = [
    { which: 'XMPP', wanted: signal.xmpp !== null, state: state.signal.xmpp.state },
    { which: 'fanout', wanted: signal.fanout !== null, state: state.signal.fanout.state },
  ];
  if (portTaken !== undefined) return [...links.filter(({ wanted, which }) => wanted && which === 'XMPP').map(linkCheck), unwell('signal-port', { serve: portTaken })];
  return links.filter(({ wanted }) => wanted).map(linkCheck);
}

const linkCheck = ({ which, state: now }: { readonly which: string; readonly state: SignalState }): Finding =>
  (now === 'online' ? well('signal', { which, state: now }) : unwell('signal', { which, state: now }));
