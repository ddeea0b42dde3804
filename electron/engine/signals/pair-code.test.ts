import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MESH_KEY_BYTES, pairCode, parsePairCode } from './pair-code.ts';

const keys = fc.uint8Array({ minLength: MESH_KEY_BYTES, maxLength: MESH_KEY_BYTES }).map((bytes) => Buffer.from(bytes));

describe('a pair code', () => {
  it('carries the key, also as people type it', () => {
    fc.assert(
      fc.property(keys, (key) => {
        const code = pairCode(key);
        expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/);
        expect(parsePairCode(` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}`)).toEqual(key);
      }),
    );
  });

  it('with one wrong letter is refused', () => {
    fc.assert(
      fc.property(keys, fc.nat(31), (key, at) => {
        const letters = [...pairCode(key).replaceAll('-', '')];
        letters[at] = letters[at] === 'Z' ? 'Y' : 'Z';
        expect(() => parsePairCode(letters.join(''))).toThrow(expect.objectContaining({ code: 'bad-code' }));
      }),
    );
  });

  it.each(['', 'ABCD', 'U'.repeat(32), `${'A'.repeat(32)}A`, 'ü'.repeat(32)])('is not %j', (code) => {
    expect(() => parsePairCode(code)).toThrow(expect.objectContaining({ code: 'bad-code' }));
  });
});
