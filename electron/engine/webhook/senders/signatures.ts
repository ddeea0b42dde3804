import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SignatureVerdict } from './sender.ts';

/** In a time that does not tell how much of it was right. */
export function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

export const hmac = (key: string | Buffer, ...parts: readonly (string | Buffer)[]): Buffer => {
  const made = createHmac('sha256', key);
  for (const part of parts) made.update(part);
  return made.digest();
};

/** HMAC-SHA256 over the body, in hexadecimal digits behind a prefix (`sha256=`, or nothing). */
export function verifyHex(signature: string | undefined, prefix: string, body: Buffer, secrets: readonly string[]): SignatureVerdict {
  if (signature === undefined || signature === '') return 'no-signature';
  const digits = signature.startsWith(prefix) ? signature.slice(prefix.length) : '';
  if (!/^[0-9a-f]{64}$/i.test(digits)) return 'wrong-signature';
  const given = Buffer.from(digits, 'hex');
  return secrets.some((secret) => sameBytes(given, hmac(secret, body))) ? 'right' : 'wrong-signature';
}

/** The secret itself; compared by digest, so that not even its length is told. */
export function verifyPlain(given: string | undefined, secrets: readonly string[]): SignatureVerdict {
  if (given === undefined || given === '') return 'no-signature';
  return secrets.some((secret) => sameBytes(hmac('compare', given), hmac('compare', secret))) ? 'right' : 'wrong-signature';
}
