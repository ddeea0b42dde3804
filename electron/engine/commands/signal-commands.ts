import type { Settings } from '../../../shared/settings.ts';
import type { EngineCore } from '../engine-core.ts';
import type { EngineHandlers } from '../engine-face.ts';
import { LockstepError } from '../errors.ts';
import { wantedPath } from './folder-place.ts';
import { parseFanoutUrl, parseServeAddress } from '../signals/fanout-address.ts';
import { join, pair } from '../signals/mesh-key.ts';
import { xmppTarget } from '../signals/xmpp-account.ts';

type SignalHandlers = Pick<EngineHandlers, 'signal.xmpp' | 'signal.fanout' | 'signal.off' | 'signal.status' | 'signal.pair' | 'signal.join'>;

const XMPP_PASSWORD = 'xmpp-password';
const JID = /^[^\s@/]{1,256}@[A-Za-z0-9.[\]:-]{1,256}(?:\/[^\s]{1,256})?$/;

/** Account of the XMPP link, with its secret; null when there is none. */
export async function xmppAccount(core: EngineCore): Promise<{ jid: string; password: string } | null> {
  const { xmpp } = core.settings().signal;
  const password = xmpp && (await core.options.ports.secrets.get(XMPP_PASSWORD));
  return xmpp && password ? { jid: xmpp.jid, password } : null;
}

export function signalCommands(core: EngineCore): SignalHandlers {
  const { secrets, random, files } = core.options.ports;
  const changed = async (signal: Partial<Settings['signal']>) => {
    await core.change((settings) => ({ ...settings, signal: { ...settings.signal, ...signal } }));
    await core.connectSignals();
    return core.store.get().signal;
  };
  return {
    'signal.xmpp': async ({ jid, password, service, ca }) => {
      if (!JID.test(jid)) throw new LockstepError('usage', { detail: `${jid} is not an XMPP address (name@server)` });
      if (service !== undefined && !/^xmpps?:\/\/[^\s/]+$/.test(service)) throw new LockstepError('usage', { detail: '--service is xmpp://HOST:PORT or xmpps://HOST:PORT' });
      const certificates = ca === undefined ? null : wantedPath(core, ca);
      if (certificates !== null && (await files.stat(certificates)) === null) throw new LockstepError('no-such-path', { path: certificates });
      const xmpp = { jid, service: service ?? null, ca: certificates };
      // Before anything is kept: a password in the address of the server would be, and no link could be made with it.
      await xmppTarget(xmpp, password, core.settings().machine.id, core.options.ports);
      await secrets.set(XMPP_PASSWORD, password);
      return changed({ xmpp });
    },
    'signal.fanout': async ({ url, serve }) => {
      if (url === undefined && serve === undefined) throw new LockstepError('usage', { detail: 'give --url, --serve or both' });
      // Offline nothing connects, so nothing else would look at them.
      if (url !== undefined) parseFanoutUrl(url);
      if (serve !== undefined) parseServeAddress(serve);
      const before = core.settings().signal;
      try {
        return await changed({ fanout: { url: url ?? null, serve: serve ?? null } });
      } catch (error) {
        await changed(before);
        throw error;
      }
    },
    'signal.off': async ({ which }) => {
      if (which === 'xmpp') await secrets.remove(XMPP_PASSWORD);
      return changed({ [which]: null });
    },
    'signal.status': async () => core.store.get().signal,
    'signal.pair': async () => ({ code: await pair(secrets, random, await xmppAccount(core)) }),
    'signal.join': async ({ code }) => {
      await join(secrets, code);
      await core.connectSignals();
      return {};
    },
  };
}
