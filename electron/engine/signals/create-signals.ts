import { isDeepStrictEqual } from 'node:util';
import type { Machine, SignalState, SignalStatus } from '../../../shared/app-state.ts';
import type { Settings } from '../../../shared/settings.ts';
import { nodeXmpp } from '../ports/node-xmpp.ts';
import type { Ports } from '../ports.ts';
import { openDoorbell, sealDoorbell } from './doorbell.ts';
import { FanoutLinks } from './fanout-links.ts';
import { bareJid } from './jid.ts';
import { KnownFolders } from './known-folders.ts';
import { SignalLedger } from './ledger.ts';
import { RingLimiter } from './ring-limiter.ts';
import { machineRoster } from './roster.ts';
import type { Announcement, KnownFolder, Ring, SignalEvents, Signals } from './signal.ts';
import { SIGNAL_TIMING, type SignalTiming } from './signal-timing.ts';
import { RecentTips, sparkleshareTip } from './sparkleshare.ts';
import { xmppTarget } from './xmpp-account.ts';
import { XmppLink } from './xmpp-link.ts';
import type { OpenXmpp } from './xmpp-wire.ts';

interface SignalsOptions {
  readonly ports: Ports;
  readonly machine: Settings['machine'];
  /** Where counters and the roster are kept. */
  readonly stateFile: string;
  readonly events: SignalEvents;
  readonly openXmpp?: OpenXmpp;
  readonly timing?: Partial<SignalTiming>;
}

type Secrets = Parameters<Signals['configure']>[1];
type XmppSettings = Settings['signal']['xmpp'];

export const createSignals = (options: SignalsOptions): Signals => new HomeSignals(options);

class HomeSignals implements Signals {
  readonly #options: SignalsOptions;
  readonly #timing: SignalTiming;
  readonly #machine: Settings['machine'];
  readonly #folders = new KnownFolders();
  readonly #limiter: RingLimiter;
  readonly #fanout: FanoutLinks;
  readonly #recentTips = new RecentTips();
  readonly #ownTips: Record<string, string> = {};
  #given: readonly KnownFolder[] = [];
  #meshKey: Buffer | null = null;
  #ledger: SignalLedger | null = null;
  #xmpp: XmppLink | null = null;
  #xmppConfigured: { settings: XmppSettings; password: string | null } = { settings: null, password: null };
  #xmppState: SignalState = 'off';
  #configuring: Promise<unknown> = Promise.resolve();

  constructor(options: SignalsOptions) {
    const { ports, events } = options;
    this.#options = options;
    this.#timing = { ...SIGNAL_TIMING, ...options.timing };
    // The name goes into a line and into other people's views.
    this.#machine = { ...options.machine, name: options.machine.name.replace(/\p{Cc}/gu, ' ') };
    this.#limiter = new RingLimiter(ports.clock, this.#timing.ringGapMs, (ring) => events.rang(ring));
    this.#fanout = new FanoutLinks({
      ports,
      timing: this.#timing,
      changed: () => this.#changed(),
      connected: () => events.connected('fanout'),
      message: (channel, message) => this.#fanoutMessage(channel, message),
    });
  }

  configure(settings: Settings['signal'], secrets: Secrets): Promise<void> {
    const done = this.#configuring.then(() => this.#configure(settings, secrets));
    this.#configuring = done.catch(() => undefined);
    return done;
  }

  setFolders(folders: readonly KnownFolder[]): void {
    this.#given = folders;
    if (!this.#meshKey) return;
    this.#folders.set(folders, this.#meshKey);
    this.#fanout.listenOn(this.#folders.channels());
  }

  announce({ folder, tip }: Announcement): void {
    const names = this.#folders.names(folder);
    if (!this.#meshKey || !this.#ledger || !names) return;
    this.#ownTips[folder] = tip;
    if (names.repo !== null) {
      const sealed = sealDoorbell({ repo: names.repo, tip, machine: this.#machine, counter: this.#ledger.nextCounter() }, this.#meshKey);
      this.#xmpp?.announce({ repo: names.repo, sealed, remoteUrl: names.remoteUrl });
      this.#fanout.announce(names.repo, sealed);
    }
    if (names.sparkleshare !== null && this.#recentTips.note(names.sparkleshare, tip)) this.#fanout.announce(names.sparkleshare, tip);
    this.#changed();
  }

  status(): SignalStatus {
    const { settings } = this.#xmppConfigured;
    return { xmpp: { state: this.#xmppState, jid: settings && bareJid(settings.jid) }, fanout: this.#fanout.status() };
  }

  machines(): readonly Machine[] {
    return machineRoster({ ...this.#machine, tips: this.#ownTips }, this.#ledger?.machines() ?? [], this.#folders);
  }

  async close(): Promise<void> {
    await this.#configuring;
    await Promise.all([this.#xmpp?.close(), this.#fanout.close()]);
    this.#xmpp = null;
    this.#limiter.close();
    await this.#ledger?.flush();
  }

  async #configure(settings: Settings['signal'], { xmppPassword, meshKey }: Secrets): Promise<void> {
    const { files, log, clock } = this.#options.ports;
    this.#ledger ??= await SignalLedger.open({ files, file: this.#options.stateFile, log, clock });
    this.#ledger.useMesh(meshKey);
    this.#meshKey = meshKey;
    this.setFolders(this.#given);
    const results = await Promise.allSettled([this.#configureXmpp(settings.xmpp, xmppPassword, this.#ledger), this.#fanout.configure(settings.fanout)]);
    this.#changed();
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  async #configureXmpp(settings: XmppSettings, password: string | null, ledger: SignalLedger): Promise<void> {
    const wanted = { settings, password };
    if (this.#xmpp && isDeepStrictEqual(wanted, this.#xmppConfigured)) return this.#xmpp.retry();
    await this.#xmpp?.close();
    this.#xmpp = null;
    this.#xmppConfigured = wanted;
    this.#xmppState = settings === null ? 'off' : password === null ? 'auth-failed' : 'offline';
    if (settings === null || password === null) return;
    const { ports, events, machine, openXmpp = nodeXmpp } = this.#options;
    const target = await xmppTarget(settings, password, machine.id, ports);
    const jid = `${target.local}@${target.domain}`;
    this.#xmpp = new XmppLink({
      ...ports,
      timing: this.#timing,
      open: openXmpp,
      target: () => ({ ...target, mayUsePlain: !ledger.sawScram(jid) }),
      events: {
        changed: (state) => {
          this.#xmppState = state;
          this.#changed();
        },
        connected: () => events.connected('xmpp'),
        doorbell: (sealed) => this.#doorbell(sealed, 'xmpp'),
        pushed: (url) => this.#ring(this.#folders.byUrl(url), null, null, 'xmpp'),
        authenticated: (mechanism) => mechanism.startsWith('SCRAM') && ledger.noteScram(jid),
      },
    });
  }

  #fanoutMessage(channel: string, message: string): void {
    const folders = this.#folders.bySparkleshare(channel);
    if (folders.length === 0) return this.#doorbell(message, 'fanout');
    const tip = sparkleshareTip(message);
    if (tip === null || this.#recentTips.note(channel, tip)) this.#ring(folders, tip, null, 'fanout');
  }

  /** The gate for everything that came over a link as ours: proven, not our own, of a folder that is here, and new. */
  #doorbell(sealed: string, via: Ring['via']): void {
    const bell = this.#meshKey && openDoorbell(sealed, this.#meshKey);
    if (!bell || bell.machine.id === this.#machine.id) return;
    const folders = this.#folders.byRepo(bell.repo);
    if (folders.length === 0 || !this.#ledger?.accept(bell, via)) return;
    // The same machine tells SparkleShare's channel too; that is no second reason to fetch.
    for (const channel of folders.map((folder) => this.#folders.names(folder)?.sparkleshare)) if (channel) this.#recentTips.note(channel, bell.tip);
    this.#ring(folders, bell.tip, bell.machine, via);
    this.#changed();
  }

  #ring(folders: readonly string[], tip: string | null, machine: Ring['machine'], via: Ring['via']): void {
    for (const folder of folders) this.#limiter.ring({ folder, tip, machine, via });
  }

  #changed(): void {
    this.#options.events.changed(this.status(), this.machines());
  }
}
