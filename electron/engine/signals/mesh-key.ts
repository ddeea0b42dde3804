import { scrypt } from 'node:crypto';
import type { Random, SecretStore } from '../ports.ts';
import { MESH_KEY_BYTES, pairCode, parsePairCode } from './pair-code.ts';

const SECRET = 'mesh-key';
/** 32 MiB and a tenth of a second per guess: the XMPP server's operator sees proofs made with the key, not the password. */
const SCRYPT = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 };

export interface XmppAccount {
  readonly jid: string;
  readonly password: string;
}

/** The key that machines with the same XMPP account share without being paired. */
export const deriveMeshKey = ({ jid, password }: XmppAccount): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const bare = jid.replace(/\/.*$/s, '').toLowerCase();
    scrypt(password.normalize('NFC'), `lockstep-mesh ${bare}`, MESH_KEY_BYTES, SCRYPT, (error, key) => (error ? reject(error) : resolve(key)));
  });

/**
 * The key in force: the agreed one (`join`, or `pair` without an account), else that of the XMPP account, else one that
 * this home made for itself. A damaged stored key counts as none.
 */
export async function meshKeyInForce(secrets: SecretStore, random: Random, account: XmppAccount | null): Promise<Buffer> {
  const kept = await keptKey(secrets);
  if (kept?.agreed) return kept.key;
  if (account) return deriveMeshKey(account);
  if (kept) return kept.key;
  const made = random.bytes(MESH_KEY_BYTES);
  await secrets.set(SECRET, `made ${pairCode(made)}`);
  return made;
}

/**
 * The code to type on another machine (`signal pair`). Without an account the key is from now on agreed, so that an
 * account that is added later does not part the two; with one it stays the account's, which every machine can make itself.
 */
export async function pair(secrets: SecretStore, random: Random, account: XmppAccount | null): Promise<string> {
  const key = await meshKeyInForce(secrets, random, account);
  if (!account) await agree(secrets, key);
  return pairCode(key);
}

/** `signal join CODE`: this key instead of any other. Throws `bad-code`. */
export async function join(secrets: SecretStore, code: string): Promise<Buffer> {
  const key = parsePairCode(code);
  await agree(secrets, key);
  return key;
}

const agree = (secrets: SecretStore, key: Buffer): Promise<void> => secrets.set(SECRET, `agreed ${pairCode(key)}`);

async function keptKey(secrets: SecretStore): Promise<{ key: Buffer; agreed: boolean } | null> {
  const [origin, code] = ((await secrets.get(SECRET)) ?? '').split(' ');
  if (!code) return null;
  try {
    return { key: parsePairCode(code), agreed: origin === 'agreed' };
  } catch {
    return null;
  }
}
