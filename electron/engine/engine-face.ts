import type { CommandInput, CommandOutput, EngineCommand } from '../../shared/commands.ts';
import type { ENGINE_COMMANDS } from '../../shared/commands.ts';
import type { Home } from './home.ts';
import type { Ports } from './ports.ts';
import type { StateStore } from './state-store.ts';

type Table = typeof ENGINE_COMMANDS;

/** One handler a command, complete by type: a command without one does not compile. */
export type EngineHandlers = {
  readonly [C in EngineCommand]: Table[C]['kind'] extends 'stream'
    ? (input: CommandInput<C>, signal: AbortSignal) => AsyncIterable<CommandOutput<C>>
    : (input: CommandInput<C>, signal: AbortSignal) => Promise<CommandOutput<C>>;
};

export interface EngineOptions {
  readonly ports: Ports;
  readonly home: Home;
  readonly version: string;
  /** `running` watches and syncs; `offline` only answers `offline` commands from settings and repositories, and starts nothing. */
  readonly mode: 'running' | 'offline';
}

/** The engine as its hosts (daemon, desktop app, offline command line) see it. */
export interface Engine {
  readonly store: StateStore;
  readonly handlers: EngineHandlers;
  /** Resolves once every folder is watched (or known to be unwatchable, which is its problem then). */
  start(): Promise<void>;
  /** Ends everything within 5 s: no child process is left. */
  stop(): Promise<void>;
  /** After sleep, or when the network is back: look at everything once. */
  wake(): void;
  /** Resolves when somebody asked the program to stop (the `stop` command). */
  readonly stopRequested: Promise<void>;
}
