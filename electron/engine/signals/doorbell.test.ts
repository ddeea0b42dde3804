import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDoorbell, repoKey, sealDoorbell, type Doorbell } from './doorbell.ts';

const KEY = Buffer.from('0123456789abcdef');
const BELL: Doorbell = { repo: repoKey(KEY, 'a'.repeat(40)), tip: 'b'.repeat(40), machine: { id: '0123abcd', name: 'Desk in the “blue” room' }, counter: 7 };

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const bells = fc.record({
  repo: hex(64),
  tip: fc.oneof(hex(40), hex(64)),
  machine: fc.record({ id: hex(8), name: fc.stringMatching(/^[ -~\u00e4\u4e16]{1,64}$/) }),
  counter: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
});

/** The envelope with something changed in it, sealed text in and out. */
const tampered = (change: (envelope: Record<string, unknown>) => object): string =>
  Buffer.from(JSON.stringify(change(JSON.parse(Buffer.from(sealDoorbell(BELL, KEY), 'base64url').toString()) as Record<string, unknown>))).toString('base64url');

describe('a doorbell', () => {
  it('opens as it was sealed, and fits into a line', () => {
    fc.assert(
      fc.property(bells, (bell) => {
        const sealed = sealDoorbell(bell, KEY);
        expect(sealed).toMatch(/^[\w-]{1,2048}$/);
        expect(openDoorbell(sealed, KEY)).toEqual(bell);
      }),
    );
  });

  it('does not open with another key', () => {
    expect(openDoorbell(sealDoorbell(BELL, KEY), Buffer.alloc(16))).toBeNull();
  });

  it.each<[string, (envelope: Record<string, unknown>) => object]>([
    ['another tip', (envelope) => ({ ...envelope, tip: 'c'.repeat(40) })],
    ['another counter', (envelope) => ({ ...envelope, counter: 8 })],
    ['another repository', (envelope) => ({ ...envelope, repo: 'd'.repeat(64) })],
    ['another name', (envelope) => ({ ...envelope, machine: { id: '0123abcd', name: 'Evil' } })],
    ['an address beside it', (envelope) => ({ ...envelope, url: 'ext::sh -c id' })],
    ['a tip that is an option', (envelope) => ({ ...envelope, tip: '--upload-pack=id' })],
    ['a counter that is none', (envelope) => ({ ...envelope, counter: '8' })],
    ['another version', (envelope) => ({ ...envelope, v: 2 })],
    ['no proof', ({ hmac: _hmac, ...envelope }) => envelope],
    ['a list', () => []],
  ])('does not open with %s', (_what, change) => {
    expect(openDoorbell(tampered(change), KEY)).toBeNull();
  });

  it('is nothing else', () => {
    fc.assert(fc.property(fc.string({ maxLength: 5000 }), (text) => openDoorbell(text, KEY) === null));
    expect(openDoorbell('A'.repeat(1_000_000), KEY)).toBeNull();
  });

  it('names a repository differently under each key', () => {
    expect(repoKey(KEY, 'a')).not.toBe(repoKey(Buffer.alloc(16), 'a'));
  });
});
