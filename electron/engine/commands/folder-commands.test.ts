import { afterEach, beforeEach, expect, it } from 'vitest';
import { Machines } from '../testing/machines.ts';
import { MemorySecrets } from '../testing/memory-secrets.ts';

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

it('a branch is set that is here or on the server, and one that nobody has is refused', async () => {
  const desk = await machines.add('desk');
  const { id, branch } = await desk.sync();
  const set = (name: string) => desk.engine.handlers['folder.set']({ id, branch: name, options: {} }, new AbortController().signal);
  for (const name of ['nope', '../main', '-x', 'ma*']) await expect(set(name)).rejects.toMatchObject({ code: 'no-branch', params: { branch: name } });
  expect(desk.state.branch).toBe(branch);
  machines.git(machines.directory, 'clone', '-q', machines.hub, 'second');
  machines.git(`${machines.directory}/second`, 'push', '-q', 'origin', 'main:refs/heads/there');
  machines.git(desk.folder, 'fetch', '-q', 'origin');
  await set('there');
  expect(await desk.sync()).toMatchObject({ problem: { code: 'no-branch', params: { branch: 'there', present: 'main' } } });
  await set('main');
  expect(await desk.sync()).toMatchObject({ problem: null });
});

it('what was kept to reach a server goes with the last folder that needs it', async () => {
  const [secrets, address] = [new MemorySecrets(), 'https://hub.invalid/notes.git'];
  const { signal } = new AbortController();
  const desk = await machines.add('desk', { push: false, pull: false }, (ports) => ({ ...ports, secrets }));
  machines.git(desk.folder, 'remote', 'set-url', 'origin', address);
  await secrets.set(`password for ${address}`, JSON.stringify({ username: 'ada', password: 'lovelace' }));
  const { id } = desk.state;
  await desk.engine.handlers['folder.set']({ id, remote: 'origin', options: {} }, signal);
  const again = await desk.engine.handlers['folder.add']({ path: (machines.git(machines.directory, 'clone', '-q', machines.hub, 'again'), `${machines.directory}/again`), paused: true, options: {} }, signal);
  machines.git(again.path, 'remote', 'set-url', 'origin', address);
  await desk.engine.handlers['folder.set']({ id: again.id, remote: 'origin', options: {} }, signal);
  await desk.engine.handlers['folder.remove']({ id }, signal);
  expect(await secrets.get(`password for ${address}`)).toContain('lovelace');
  await desk.engine.handlers['folder.remove']({ id: again.id }, signal);
  expect(await secrets.get(`password for ${address}`)).toBeNull();
});
