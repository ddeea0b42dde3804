import { LockstepError } from '../errors.ts';

/** Names that Windows keeps for devices, whatever follows the dot: a disk may be carried there. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
/** What a folder's name can hold on every system that a disk may be carried to; anything else stands as `%XX`. */
const PLAIN = /[^A-Za-z0-9._~ +@()\u00a1-\u{10ffff}-]/gu;
/** Below what file systems take (255 bytes), with room for `.git`, a number, and the name it has while it is made. */
const MOST_BYTES = 180;

/**
 * Where the copy of a repository lies below its folder: `group/name.git`. `taken`: those in use, so that twins which
 * differ in case only lie beside each other on a disk that cannot tell them apart. Throws `name-refused` for what
 * would lead out of the folder or into another copy.
 */
export function storeName(name: string, taken: Iterable<string>): string {
  const segments = name.split('/');
  if (segments.length > 20 || segments.some((segment) => /^\.*$/.test(segment) || /[\0-\x1f\x7f]/.test(segment) || segment.trim() === '')) throw refused(name);
  const safe = segments.map(safeSegment);
  if (safe.some((segment) => Buffer.byteLength(segment) > MOST_BYTES)) throw refused(name);
  const used = new Set([...taken].map(folded));
  const path = safe.join('/').replace(/\.git$/i, '');
  for (let number = 1; ; number += 1) {
    const candidate = `${path}${number === 1 ? '' : `~${number}`}.git`;
    if (!used.has(folded(candidate))) return candidate;
  }
}

const refused = (name: string): LockstepError => new LockstepError('name-refused', { name: name.slice(0, 200) });

/** As a group's folder and as a copy's: a group called `x.git` would else lie inside the copy of `x`. */
function safeSegment(segment: string, index: number, all: readonly string[]): string {
  const plain = segment.replace(PLAIN, (char) => [...Buffer.from(char)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')).replace(/[. ]+$/, (end) => '~'.repeat(end.length));
  const named = DEVICES.test(plain) ? plain.replace(/^[^.]+/, (device) => `${device}~`) : plain;
  const inside = index < all.length - 1 && /\.git$/i.test(named) ? `${named}~` : named;
  return inside.startsWith('.') || inside.startsWith('-') ? `~${inside}` : inside;
}

const folded = (path: string): string => path.normalize('NFC').toLowerCase();
