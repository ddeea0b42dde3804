import type { WebhookStatus } from '../../../shared/mirror.ts';
import type { EngineCore } from '../engine-core.ts';

/** Name of the secret in the store that senders sign with, and of the one before it, which counts until it is replaced again. */
export const WEBHOOK_SECRET = 'webhook-secret';
export const WEBHOOK_SECRET_BEFORE = 'webhook-secret-before';

/** Where senders ring, of the address under which forges reach this machine. */
export const hookUrl = (publicUrl: string): string => (/\/hooks\/?$/.test(publicUrl) ? publicUrl.replace(/\/$/, '') : `${publicUrl.replace(/\/+$/, '')}/hooks`);

/** What listens to forges, while it is switched on. */
export class Webhook {
  readonly #core: EngineCore;

  constructor(core: EngineCore) {
    this.#core = core;
  }

  /** Listens as the settings say, or no more. */
  async configure(): Promise<WebhookStatus> {
    const { webhook } = this.#core.settings();
    const hasSecret = (await this.#core.options.ports.secrets.get(WEBHOOK_SECRET)) !== null;
    const status: WebhookStatus = { state: 'off', url: null, publicUrl: webhook?.publicUrl ?? null, hasSecret };
    this.#core.store.update(() => ({ webhook: status }));
    return status;
  }

  async close(): Promise<void> {
    await Promise.resolve();
  }
}
