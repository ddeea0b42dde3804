import type { WebhookSettings, WebhookStatus } from '../../../shared/mirror.ts';
import type { EngineCore } from '../engine-core.ts';
import type { Delivery, Verdict } from '../mirror/delivery.ts';
import { formatAddress, ownAddress } from '../signals/fanout-address.ts';
import { Deliveries } from './deliveries.ts';
import { openReceiver, type Receiver } from './receiver.ts';

/** Name of the secret in the store that senders sign with, and of the one before it, which counts until it is replaced again. */
export const WEBHOOK_SECRET = 'webhook-secret';
export const WEBHOOK_SECRET_BEFORE = 'webhook-secret-before';

/** Whoever has our port may let go of it. */
const TRY_AGAIN_MS = 30_000;

/** Where senders ring, of the address under which forges reach this machine. */
export const hookUrl = (publicUrl: string): string => (/\/hooks\/?$/.test(publicUrl) ? publicUrl.replace(/\/$/, '') : `${publicUrl.replace(/\/+$/, '')}/hooks`);

/** What listens to forges, while it is switched on. `rang` says how many mirrors a delivery concerns. */
export class Webhook {
  readonly #core: EngineCore;
  readonly #rang: (delivery: Delivery, verdict: Verdict) => number;
  #receiver: Receiver | null = null;
  #secrets: readonly string[] = [];
  #cancelRetry: () => void = () => undefined;
  #ended = false;

  constructor(core: EngineCore, rang: (delivery: Delivery, verdict: Verdict) => number) {
    this.#core = core;
    this.#rang = rang;
  }

  /** As `configure`, at the beginning: what cannot be had now (a port, the secrets) stops nobody else, and is tried again. */
  async start(): Promise<void> {
    try {
      await this.configure();
    } catch (error) {
      this.#core.options.ports.log.warn('nobody can ring yet', { error });
      if (!this.#ended) this.#cancelRetry = this.#core.options.ports.clock.after(TRY_AGAIN_MS, () => void this.start());
    }
  }

  /** Listens as the settings say, or no more. Throws `port-taken`, `address-refused`. */
  async configure(): Promise<WebhookStatus> {
    await this.#stopListening();
    const { options } = this.#core;
    const { webhook } = this.#core.settings();
    const found = await Promise.all([WEBHOOK_SECRET, WEBHOOK_SECRET_BEFORE].map((name) => options.ports.secrets.get(name)));
    this.#secrets = found.filter((secret) => secret !== null);
    const quiet = { url: null, publicUrl: webhook?.publicUrl ?? null, hasSecret: found[0] !== null };
    if (!webhook || options.mode === 'offline') return this.#show({ ...quiet, state: 'off' });
    const receiver = await this.#open(webhook).catch((error: unknown) => {
      this.#show({ ...quiet, state: 'port-taken' });
      throw error;
    });
    this.#receiver = receiver;
    if (this.#ended) await this.#stopListening();
    return this.#show({ ...quiet, state: 'listening', url: `http://${formatAddress(ownAddress({ host: webhook.host, port: receiver.port }))}/hooks` });
  }

  async close(): Promise<void> {
    this.#ended = true;
    await this.#stopListening();
  }

  async #stopListening(): Promise<void> {
    this.#cancelRetry();
    await this.#receiver?.close();
    this.#receiver = null;
  }

  #open({ host, port, publicUrl }: WebhookSettings): Promise<Receiver> {
    const { http, log, clock, host: machine } = this.#core.options.ports;
    const deliveries = new Deliveries({
      clock,
      secrets: async () => this.#secrets,
      delivered: ({ forge, id, fullName, verdict }) => fullName !== null && this.#rang({ forge, id, fullName }, verdict) > 0,
    });
    const hosts = [host, machine.hostName, ...(publicUrl === null ? [] : [new URL(publicUrl).hostname])];
    return openReceiver({ http, log, hosts, routes: { '/hooks': (request) => deliveries.answer(request) } }, { host, port });
  }

  #show(status: WebhookStatus): WebhookStatus {
    this.#core.store.update(() => ({ webhook: status }));
    return status;
  }
}
