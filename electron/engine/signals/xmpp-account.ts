import type { Settings } from '../../../shared/settings.ts';
import { LockstepError } from '../errors.ts';
import type { Files, Random } from '../ports.ts';
import { parseAccount } from './jid.ts';
import type { XmppTarget } from './xmpp-wire.ts';

type XmppSettings = NonNullable<Settings['signal']['xmpp']>;

/**
 * What to connect to, from the settings. Throws `address-refused` for an account or service that is none, `bad-file` when the
 * certificate file cannot be read. The resource differs on each start: a copied home must not push its twin off the server.
 */
export async function xmppTarget(
  settings: XmppSettings,
  password: string,
  machineId: string,
  { files, random }: { files: Files; random: Random },
): Promise<Omit<XmppTarget, 'mayUsePlain'>> {
  const account = parseAccount(settings.jid);
  if (!account) throw new LockstepError('address-refused', { address: settings.jid });
  if (settings.service !== null && !isService(settings.service)) throw new LockstepError('address-refused', { address: settings.service });
  const resource = `lockstep-${machineId}-${random.bytes(4).toString('hex')}`;
  return { ...account, password, resource, service: settings.service, ca: settings.ca === null ? null : await readCertificates(files, settings.ca) };
}

const isService = (service: string): boolean => /^xmpps?:\/\/(?:\[[0-9a-f:.]+\]|[\p{L}\p{N}_.-]+)(?::\d{1,5})?\/?$/iu.test(service) && URL.canParse(service);

async function readCertificates(files: Files, path: string): Promise<Buffer> {
  const content = await files.read(path).catch((error: unknown) => {
    throw new LockstepError('bad-file', { path }, { cause: error });
  });
  if (!content.includes('-----BEGIN CERTIFICATE-----')) throw new LockstepError('bad-file', { path });
  return content;
}
