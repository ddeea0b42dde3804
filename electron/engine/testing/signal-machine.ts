import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignalState, SignalStatus } from '../../../shared/app-state.ts';
import type { Settings } from '../../../shared/settings.ts';
import { resolveHome } from '../home.ts';
import { nodePorts } from '../ports/node-ports.ts';
import type { Ports } from '../ports.ts';
import { createSignals } from '../signals/create-signals.ts';
import type { SignalTiming } from '../signals/signal-timing.ts';
import type { KnownFolder, Ring, Signals } from '../signals/signal.ts';
import { MemoryLog } from './memory-log.ts';
import { MemorySecrets } from './memory-secrets.ts';

/** Pauses a test can wait for. */
const SHORT: Partial<SignalTiming> = { backoff: { firstMs: 50, mostMs: 200 }, ringGapMs: 10 };

export const MESH_KEY = Buffer.from('0123456789abcdef');
export const ROOT = 'a'.repeat(40);
export const SPARKLESHARE_ID = 'b'.repeat(64);
export const REMOTE_URL = 'ssh://git@hub.example/notes.git';

/** The folder `notes`, which all machines of a test know. */
export const NOTES: KnownFolder = { folder: 'notes', root: ROOT, remoteUrl: REMOTE_URL, sparkleshareId: SPARKLESHARE_ID };

/** A tip, different for each number. */
export const tip = (number: number): string => number.toString(16).padStart(40, '0');

/** One machine's signals on real ports, with what they told the engine. */
export class SignalMachine {
  readonly signals: Signals;
  readonly rings: Ring[] = [];
  readonly log = new MemoryLog();
  readonly directory: string;
  connections = 0;
  status: SignalStatus | null = null;
  readonly #waiting = new Set<() => void>();

  private constructor(directory: string, id: string, name: string, timing: Partial<SignalTiming>, change: (ports: Ports) => Ports) {
    this.directory = directory;
    const ports = nodePorts({ home: resolveHome({ env: {}, homeDirectory: directory } as Ports['host'], directory), log: this.log, secrets: new MemorySecrets() });
    this.signals = createSignals({
      ports: change(ports),
      machine: { id, name },
      stateFile: join(directory, 'signals.json'),
      timing: { ...SHORT, ...timing },
      events: {
        rang: (ring) => this.#tell(() => this.rings.push(ring)),
        connected: () => this.#tell(() => (this.connections += 1)),
        changed: (status) => this.#tell(() => (this.status = status)),
      },
    });
    this.signals.setFolders([NOTES]);
  }

  /** `directory`: of an earlier one, to be the same machine after a restart. */
  static async start(
    name: string,
    settings: Partial<Settings['signal']>,
    options: { password?: string | null; directory?: string; timing?: Partial<SignalTiming>; ports?: (ports: Ports) => Ports } = {},
  ): Promise<SignalMachine> {
    const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'lockstep-signals-')));
    const id = Buffer.from(name).toString('hex').padEnd(8, '0').slice(0, 8);
    const machine = new SignalMachine(directory, id, name, options.timing ?? {}, options.ports ?? ((ports) => ports));
    await machine.configure(settings, options.password).catch(async (error: unknown) => {
      await machine.close();
      throw error;
    });
    return machine;
  }

  async configure(settings: Partial<Settings['signal']>, password: string | null = 'secret'): Promise<void> {
    await this.signals.configure({ xmpp: null, fanout: null, ...settings }, { xmppPassword: password, meshKey: MESH_KEY });
  }

  announce(number: number): void {
    this.signals.announce({ folder: 'notes', tip: tip(number) });
  }

  /** Resolves when the condition holds; looked at after everything the signals tell. The test's own limit ends it. */
  async until(condition: (machine: this) => boolean): Promise<void> {
    while (!condition(this)) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  xmppState(state: SignalState): Promise<void> {
    return this.until(() => this.status?.xmpp.state === state);
  }

  fanoutState(state: SignalState): Promise<void> {
    return this.until(() => this.status?.fanout.state === state);
  }

  ringWith(number: number): Promise<void> {
    return this.until(() => this.rings.some((ring) => ring.tip === tip(number)));
  }

  async close(): Promise<void> {
    await this.signals.close();
    await rm(this.directory, { recursive: true, force: true });
  }

  #tell(what: () => void): void {
    what();
    for (const wake of [...this.#waiting]) {
      this.#waiting.delete(wake);
      wake();
    }
  }
}
