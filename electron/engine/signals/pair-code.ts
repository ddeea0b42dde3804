import { createHash } from 'node:crypto';
import { LockstepError } from '../errors.ts';

/** Long enough that nobody guesses it, short enough to read out: its code has 32 characters. */
export const MESH_KEY_BYTES = 16;

const CHECKSUM_BYTES = 4;
const GROUP = 4;
/** Crockford's base 32: no I, L, O, U, so that nothing is misread (https://www.crockford.com/base32.html). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The shared key in a form to type on another machine: eight groups of four, the last of them a checksum. */
export function pairCode(meshKey: Buffer): string {
  const bits = [...meshKey, ...checksum(meshKey)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join('');
  return (letters.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-');
}

/** Takes any case, spacing and dashes, and the letters people confuse. Throws `bad-code` for a mistyped one. */
export function parsePairCode(code: string): Buffer {
  const letters = code.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  const values = [...letters].map((letter) => ALPHABET.indexOf(letter));
  if (letters.length !== ((MESH_KEY_BYTES + CHECKSUM_BYTES) * 8) / 5 || values.includes(-1)) throw new LockstepError('bad-code');
  const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('');
  const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
  const key = bytes.subarray(0, MESH_KEY_BYTES);
  if (!checksum(key).equals(bytes.subarray(MESH_KEY_BYTES))) throw new LockstepError('bad-code');
  return key;
}

const checksum = (key: Buffer): Buffer => createHash('sha256').update('lockstep-pair').update(key).digest().subarray(0, CHECKSUM_BYTES);
