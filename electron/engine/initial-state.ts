import type { AppState } from '../../shared/app-state.ts';
import type { Activity } from '../../shared/activity.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Settings } from '../../shared/settings.ts';
import type { EngineOptions } from './engine-face.ts';

/** The state before any folder was looked at. */
export function initialState({ ports, home, version, mode }: EngineOptions, settings: Settings, recent: readonly Activity[], problems: Problem[]): AppState {
  const { xmpp, fanout } = settings.signal;
  return {
    revision: 1,
    version,
    home: home.directory,
    pid: mode === 'running' ? ports.host.pid : 0,
    startedAt: new Date(ports.clock.now()).toISOString(),
    ready: false,
    folders: [],
    signal: {
      xmpp: { state: xmpp ? 'offline' : 'off', jid: xmpp?.jid ?? null },
      fanout: { state: fanout ? 'offline' : 'off', url: fanout?.url ?? null, serving: null },
    },
    mirrors: [],
    accounts: settings.accounts.map((account) => ({ ...account, problem: null })),
    webhook: { state: 'off', url: null, publicUrl: settings.webhook?.publicUrl ?? null, hasSecret: false },
    machines: [{ id: settings.machine.id, name: settings.machine.name, self: true, lastHeardAt: null, via: null, tips: {} }],
    recent: [...recent],
    problems,
    appearance: settings.appearance,
    startAtLogin: settings.startAtLogin,
  };
}
