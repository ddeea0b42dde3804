import { expect, it } from 'vitest';
import { deferred } from './deferred.ts';
import { KeyedQueue } from './keyed-queue.ts';

it('runs one at a time for a key, others beside it, and goes on after a failure', async () => {
  const queue = new KeyedQueue();
  const log: string[] = [];
  const gate = deferred();
  const first = queue.run('a', async () => {
    await gate.promise;
    log.push('first');
    throw new Error('no');
  });
  const second = queue.run('a', async () => log.push('second'));
  await queue.run('b', async () => log.push('other'));
  gate.resolve();
  await expect(first).rejects.toThrow('no');
  await second;
  expect(log).toEqual(['other', 'first', 'second']);
});
