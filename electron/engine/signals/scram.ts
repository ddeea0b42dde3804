import { createHash, createHmac, pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);

/** What a server may ask for: below it the password is cheap to guess (RFC 7677), above it we would only burn time. */
const ITERATIONS = { least: 4096, most: 1_000_000 };

export type ScramHash = 'sha1' | 'sha256';

export interface ScramCredentials {
  readonly username: string;
  readonly password: string;
}

/**
 * One SCRAM exchange without channel binding (RFC 5802): the password itself never leaves. With node's own PBKDF2, since
 * that of the XMPP library takes half a second of processor time for 10,000 rounds and any number the server names.
 */
export class ScramExchange {
  readonly #hash: ScramHash;
  readonly #nonce: string;
  #serverFirst = '';
  #expectedSignature: Buffer | null = null;

  /** `nonce`: unique for each exchange, printable, no comma. */
  constructor(hash: ScramHash, nonce: string) {
    this.#hash = hash;
    this.#nonce = nonce;
  }

  /** The server's message, kept for the next `response`. */
  challenge(serverFirst: string): void {
    this.#serverFirst = serverFirst;
  }

  /** First message, then the proof. Rejects when the server's part is not what the protocol says. */
  async response({ username, password }: ScramCredentials): Promise<string> {
    const clientFirst = `n=${username.replace(/=/g, '=3D').replace(/,/g, '=2C')},r=${this.#nonce}`;
    if (this.#serverFirst === '') return `n,,${clientFirst}`;
    const { nonce, salt, iterations } = this.#readServerFirst();
    const salted = await derive(password.normalize('NFKC'), salt, iterations, this.#digestBytes(), this.#hash);
    const clientFinal = `c=biws,r=${nonce}`;
    const authMessage = `${clientFirst},${this.#serverFirst},${clientFinal}`;
    const clientKey = this.#hmac(salted, 'Client Key');
    const signature = this.#hmac(createHash(this.#hash).update(clientKey).digest(), authMessage);
    this.#expectedSignature = this.#hmac(this.#hmac(salted, 'Server Key'), authMessage);
    return `${clientFinal},p=${Buffer.from(clientKey.map((byte, at) => byte ^ (signature[at] ?? 0))).toString('base64')}`;
  }

  /** Throws when the server does not know the password either. */
  final(serverFinal: string): void {
    if (!this.#expectedSignature || attribute(serverFinal, 'v') !== this.#expectedSignature.toString('base64')) throw new Error('SCRAM: server signature wrong');
  }

  #readServerFirst(): { nonce: string; salt: Buffer; iterations: number } {
    const nonce = attribute(this.#serverFirst, 'r');
    const salt = Buffer.from(attribute(this.#serverFirst, 's'), 'base64');
    const iterations = Number(attribute(this.#serverFirst, 'i'));
    if (!nonce.startsWith(this.#nonce) || nonce === this.#nonce) throw new Error('SCRAM: not our nonce');
    if (!(iterations >= ITERATIONS.least && iterations <= ITERATIONS.most) || salt.length === 0) throw new Error('SCRAM: unacceptable parameters');
    return { nonce, salt, iterations };
  }

  #digestBytes(): number {
    return this.#hash === 'sha1' ? 20 : 32;
  }

  #hmac(key: Buffer, text: string): Buffer {
    return createHmac(this.#hash, key).update(text).digest();
  }
}

const attribute = (message: string, name: string): string =>
  message
    .split(',')
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(2) ?? '';
