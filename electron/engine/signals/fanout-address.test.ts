import { describe, expect, it } from 'vitest';
import { formatAddress, ownAddress, parseFanoutUrl, parseServeAddress } from './fanout-address.ts';

describe('fanout addresses', () => {
  it.each([
    ['tcp://hub.example', 'hub.example:1986'],
    ['tcp://hub.example:443/', 'hub.example:443'],
    ['tcp://[::1]:2000', '[::1]:2000'],
  ])('%s leads to %s', (url, address) => {
    expect(formatAddress(parseFanoutUrl(url))).toBe(address);
  });

  it.each([
    ['2000', '127.0.0.1:2000'],
    [':2000', '127.0.0.1:2000'],
    ['0.0.0.0', '0.0.0.0:1986'],
    ['[::]:2000', '[::]:2000'],
    ['laptop.local:0', 'laptop.local:0'],
  ])('%s serves at %s', (text, address) => {
    expect(formatAddress(parseServeAddress(text))).toBe(address);
  });

  it.each(['http://hub', 'tcp://', 'tcp://hub:99999', 'tcp://user@hub', 'tcp://hub/path', 'tcp://--hub x', ''])('%j is none', (url) => {
    expect(() => parseFanoutUrl(url)).toThrow(expect.objectContaining({ code: 'address-refused' }));
  });

  it('of a server on every interface is reached on this machine', () => {
    expect([ownAddress({ host: '0.0.0.0', port: 1 }), ownAddress({ host: '::', port: 1 }), ownAddress({ host: '10.0.0.1', port: 1 })].map(({ host }) => host)).toEqual(['127.0.0.1', '::1', '10.0.0.1']);
  });
});
