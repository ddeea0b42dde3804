import type { EngineCore } from '../engine-core.ts';
import type { EngineHandlers } from '../engine-face.ts';
import { LockstepError } from '../errors.ts';
import { parseServeAddress } from '../signals/fanout-address.ts';
import { WEBHOOK_SECRET, WEBHOOK_SECRET_BEFORE, type Webhook } from '../webhook/webhook.ts';

type WebhookHandlers = Pick<EngineHandlers, 'webhook.listen' | 'webhook.off' | 'webhook.status'>;

/** 256 bits, as hexadecimal digits: every forge's form takes them. */
const SECRET_BYTES = 32;

export function webhookCommands(core: EngineCore, webhook: Webhook): WebhookHandlers {
  const { secrets, random } = core.options.ports;

  /** The one before counts for a while: senders are told one after the other. */
  const keepSecret = async (secret: string): Promise<void> => {
    const before = await secrets.get(WEBHOOK_SECRET);
    if (before !== null && before !== secret) await secrets.set(WEBHOOK_SECRET_BEFORE, before);
    await secrets.set(WEBHOOK_SECRET, secret);
  };

  return {
    'webhook.listen': async ({ listen, publicUrl, secret, newSecret }) => {
      if (secret !== undefined && newSecret) throw new LockstepError('usage', { detail: 'Give a secret or have one made, not both.' });
      const { host, port } = parseServeAddress(listen);
      if (publicUrl !== undefined && !/^https?:\/\/[^\s/?#@]+(?:\/[^\s?#]*)?$/.test(publicUrl)) throw new LockstepError('usage', { detail: '--public-url is https://HOST/PATH, as forges reach this machine' });
      // Without one, whoever reaches the port could make us work.
      const made = secret ?? (newSecret || (await secrets.get(WEBHOOK_SECRET)) === null ? random.bytes(SECRET_BYTES).toString('hex') : null);
      if (made !== null) await keepSecret(made);
      const before = core.settings().webhook;
      await core.change((settings) => ({ ...settings, webhook: { host, port, publicUrl: publicUrl ?? before?.publicUrl ?? null } }));
      try {
        return { ...(await webhook.configure()), secret: secret === undefined ? made : null };
      } catch (error) {
        await core.change((settings) => ({ ...settings, webhook: before }));
        await webhook.configure();
        throw error;
      }
    },
    'webhook.off': async () => {
      await core.change((settings) => ({ ...settings, webhook: null }));
      return webhook.configure();
    },
    'webhook.status': async () => core.store.get().webhook,
  };
}
