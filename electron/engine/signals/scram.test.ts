import { describe, expect, it } from 'vitest';
import { ScramExchange } from './scram.ts';

const CREDENTIALS = { username: 'user', password: 'pencil' };

describe('SCRAM', () => {
  it('gives the answers of RFC 5802, section 5', async () => {
    const exchange = new ScramExchange('sha1', 'fyko+d2lbbFgONRv9qkxdawL');
    expect(await exchange.response(CREDENTIALS)).toBe('n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL');
    exchange.challenge('r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096');
    expect(await exchange.response(CREDENTIALS)).toBe('c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=');
    expect(() => exchange.final('v=rmF9pqV8S7suAoZWja4dJRkFsKQ=')).not.toThrow();
    expect(() => exchange.final('v=AAAApqV8S7suAoZWja4dJRkFsKQ=')).toThrow('server signature');
  });

  it('gives the answers of RFC 7677, section 3', async () => {
    const exchange = new ScramExchange('sha256', 'rOprNGfwEbeRWgbNEkqO');
    await exchange.response(CREDENTIALS);
    exchange.challenge('r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096');
    expect(await exchange.response(CREDENTIALS)).toBe('c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=');
    expect(() => exchange.final('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).not.toThrow();
  });

  it.each([
    ['a nonce of its own', 'r=other,s=QSXC,i=4096'],
    ['our nonce unextended', 'r=nonce,s=QSXC,i=4096'],
    ['too few rounds', 'r=nonce1,s=QSXC,i=1'],
    ['rounds without end', 'r=nonce1,s=QSXC,i=4000000000'],
    ['no salt', 'r=nonce1,i=4096'],
    ['nonsense', 'hello'],
  ])('refuses a server with %s', async (_what, challenge) => {
    const exchange = new ScramExchange('sha1', 'nonce');
    exchange.challenge(challenge);
    await expect(exchange.response(CREDENTIALS)).rejects.toThrow('SCRAM');
  });
});
