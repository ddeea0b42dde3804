import { describe, expect, it } from 'vitest';
import { createSecretCheck } from './secret-check.ts';

// Put together at run time, so that this file itself holds no key.
const token = `ghp_${'aB3'.repeat(12)}`;

describe('secret check', () => {
  const check = createSecretCheck();

  it('names the line and the rule of a key', async () => {
    expect(await check('env.local', Buffer.from(`# settings\n\nTOKEN=${token}\n`))).toEqual([{ line: 3, rule: 'github', digest: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown }]);
  });

  it('tells one key from another, wherever it stands', async () => {
    const digests = async (text: string) => (await check('env.local', Buffer.from(text))).map(({ digest }) => digest);
    const other = `ghp_${'cD4'.repeat(12)}`;
    const [first, second] = await digests(`A=${token}\nB=${other}\n`);
    expect(first).not.toBe(second);
    expect(await digests(`\n\nKEY=${other}\n`)).toEqual([second]);
  });

  it('finds a private key', async () => {
    const key = `-----BEGIN RSA PRIVATE ${'KEY'}-----\n${'MIIEpAIBAAKCAQEA1c7'.repeat(10)}\n-----END RSA PRIVATE ${'KEY'}-----\n`;
    expect(await check('id_rsa', Buffer.from(key))).toMatchObject([{ line: 1 }]);
  });

  it.each(['We sampled forty plots in May.', 'const secret_name = 1;', ''])('lets %j pass', async (text) => {
    expect(await check('notes.md', Buffer.from(text))).toEqual([]);
  });
});
