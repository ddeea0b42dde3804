import { describe, expect, it } from 'vitest';
import { CountingRandom } from '../testing/counting-random.ts';
import { MemorySecrets } from '../testing/memory-secrets.ts';
import { deriveMeshKey, join, meshKeyInForce, pair } from './mesh-key.ts';

const ACCOUNT = { jid: 'alice@example.org', password: 'secret' };
const random = new CountingRandom();

describe('the mesh key', () => {
  it('is the same wherever the account is the same', async () => {
    const [one, other] = [await meshKeyInForce(new MemorySecrets(), random, ACCOUNT), await meshKeyInForce(new MemorySecrets(), random, { ...ACCOUNT, jid: 'Alice@Example.org/laptop' })];
    expect(one).toEqual(other);
    expect(await deriveMeshKey({ ...ACCOUNT, password: 'other' })).not.toEqual(one);
    expect(await deriveMeshKey({ ...ACCOUNT, jid: 'bob@example.org' })).not.toEqual(one);
  });

  it('is made once without an account', async () => {
    const secrets = new MemorySecrets();
    expect(await meshKeyInForce(secrets, random, null)).toEqual(await meshKeyInForce(secrets, random, null));
    expect(await meshKeyInForce(new MemorySecrets(), random, null)).not.toEqual(await meshKeyInForce(secrets, random, null));
  });

  it('is shared by pairing, and stays so when an account is added', async () => {
    const [desk, laptop] = [new MemorySecrets(), new MemorySecrets()];
    const key = await join(laptop, await pair(desk, random, null));
    for (const secrets of [desk, laptop]) {
      expect(await meshKeyInForce(secrets, random, null)).toEqual(key);
      expect(await meshKeyInForce(secrets, random, ACCOUNT)).toEqual(key);
    }
  });

  it("gives way to the account's when it was only made", async () => {
    const secrets = new MemorySecrets();
    await meshKeyInForce(secrets, random, null);
    expect(await meshKeyInForce(secrets, random, ACCOUNT)).toEqual(await deriveMeshKey(ACCOUNT));
  });

  it('is made anew when what is stored is damaged', async () => {
    const secrets = new MemorySecrets();
    await secrets.set('mesh-key', 'made nonsense');
    expect(await meshKeyInForce(secrets, random, null)).toHaveLength(16);
    expect(await secrets.get('mesh-key')).not.toBe('made nonsense');
  });

  it('is not changed by a wrong code', async () => {
    const secrets = new MemorySecrets();
    await expect(join(secrets, 'ABCD')).rejects.toMatchObject({ code: 'bad-code' });
    expect(await secrets.get('mesh-key')).toBeNull();
  });
});
