import { afterEach, beforeEach, expect, it } from 'vitest';
import { Machines } from '../testing/machines.ts';

let machines: Machines;
beforeEach(() => {
  machines = new Machines();
});
afterEach(() => machines.close());

it('an address that is none is not agreed to, whatever is approved', async () => {
  const desk = await machines.add('desk');
  const before = (await desk.sync()).remote;
  machines.git(desk.folder, 'remote', 'set-url', 'origin', 'ext::sh -c "touch x"');
  void desk.sync();
  const { id } = await desk.until(({ problem }) => problem?.code === 'remote-changed');
  const approved = desk.engine.handlers['folder.approve']({ id }, new AbortController().signal);
  await expect(approved).rejects.toMatchObject({ code: 'address-refused', params: { reason: 'scheme' } });
  expect(desk.state).toMatchObject({ remote: before, problem: { code: 'remote-changed' } });
  expect(desk.engine.store.get().recent.map(({ what }) => what)).not.toContain('approved');
});
