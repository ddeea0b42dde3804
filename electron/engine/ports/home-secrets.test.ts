import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveHome, type Home } from '../home.ts';
import { homeSecrets, type Seal } from './home-secrets.ts';
import { nodeFiles } from './node-files.ts';
import { nodeHost } from './node-host.ts';

/** A keyring that reverses words; a locked one opens nothing. */
const seal: Seal = { close: async (secret) => [...secret].reverse().join(''), open: async (sealed) => [...sealed].reverse().join('') };
const locked: Seal = { ...seal, open: async () => Promise.reject(new Error('locked')) };

describe('the secrets of a home', () => {
  let home: Home;
  const host = nodeHost(process.env);
  beforeEach(() => (home = resolveHome(host, mkdtempSync(join(tmpdir(), 'lockstep-secrets-')))));
  afterEach(() => rmSync(home.directory, { recursive: true }));

  const secrets = (by: Seal | null) => homeSecrets(home, nodeFiles, host.uid, by);
  const sealedFile = () => join(home.directory, 'keyring.json');

  it('are closed where there is a keyring, in a file of the person’s only', async () => {
    await Promise.all([secrets(seal).set('a', 'correct horse'), secrets(seal).set('b', 'battery')]);
    await secrets(seal).set('c', 'staple');
    expect(readFileSync(sealedFile(), 'utf8')).not.toContain('horse');
    expect(statSync(sealedFile()).mode & 0o777).toBe(0o600);
    expect(await secrets(seal).get('c')).toBe('staple');
  });

  it('are not taken for missing where there is none, or a locked one', async () => {
    await secrets(seal).set('key', 'x');
    for (const by of [null, locked]) await expect(secrets(by).get('key')).rejects.toMatchObject({ code: 'kept-in-keyring' });
    expect(await secrets(null).get('other')).toBeNull();
  });

  it('of the command line go before, and stay readable for it', async () => {
    await secrets(seal).set('key', 'old');
    await secrets(null).set('key', 'by hand');
    expect(await secrets(seal).get('key')).toBe('by hand');
    await secrets(seal).set('key', 'by the app');
    expect(await secrets(null).get('key')).toBe('by the app');
  });

  it('are gone from both when removed', async () => {
    await secrets(seal).set('key', 'old');
    await secrets(null).set('key', 'by hand');
    await secrets(null).remove('key');
    expect(await secrets(seal).get('key')).toBeNull();
  });
});
