import type { AppState } from '../../../shared/app-state.ts';
import { ENGINE_COMMANDS, type EngineCommand } from '../../../shared/commands.ts';
import { sampleState } from '../../../shared/testing/sample-state.ts';
import { deferred } from '../deferred.ts';
import type { Engine, EngineHandlers } from '../engine-face.ts';
import { LockstepError } from '../errors.ts';
import { StateStore } from '../state-store.ts';
import { latest } from '../streams.ts';

export interface ScriptedEngine extends Engine {
  /** What was asked, in order; states are read too often to be of interest. */
  readonly asked: readonly { readonly command: EngineCommand; readonly input: unknown }[];
}

/** An engine that answers as its script says, for tests of hosts. State and `stop` work of themselves; a command that is not in the script is `not-available`. */
export function scriptedEngine(script: { state?: Partial<AppState>; handlers?: Partial<EngineHandlers> } = {}): ScriptedEngine {
  const store = new StateStore(sampleState(script.state));
  const stopping = deferred();
  const asked: { command: EngineCommand; input: unknown }[] = [];
  const built: Partial<EngineHandlers> = {
    'state.get': async () => store.get(),
    'state.watch': (_input, signal) => latest<AppState>((listener) => store.subscribe(listener), signal),
    'folder.list': async () => [...store.get().folders],
    'signal.status': async () => store.get().signal,
    stop: async () => {
      stopping.resolve();
      return {};
    },
    ...script.handlers,
  };
  const handlers = Object.fromEntries((Object.keys(ENGINE_COMMANDS) as EngineCommand[]).map((command) => [command, recorded(command, built[command], asked)]));
  return {
    store,
    asked,
    // Made from the whole table, so complete; each entry is the typed handler with a note taken before it.
    handlers: handlers as unknown as EngineHandlers,
    stopRequested: stopping.promise,
    start: async () => store.update(() => ({ ready: true })),
    stop: async () => undefined,
    wake: () => undefined,
  };
}

type AnyHandler = (input: unknown, signal: AbortSignal) => unknown;

function recorded(command: EngineCommand, handler: unknown, asked: { command: EngineCommand; input: unknown }[]) {
  return (input: unknown, signal: AbortSignal): unknown => {
    if (!command.startsWith('state.')) asked.push({ command, input });
    if (typeof handler !== 'function') throw new LockstepError('not-available');
    return (handler as AnyHandler)(input, signal);
  };
}
