import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Machines, type Machine } from '../testing/machines.ts';

let machines: Machines;
beforeEach(() => {
  machines = new Machines();
});
afterEach(() => machines.close());

const never = new AbortController().signal;
const isNoted = ({ notes }: Machine['state']): boolean => notes.some(({ code }) => code === 'untrusted-config');

it('holds for what the person saw, until a pull brings something else', async () => {
  const desk = await machines.add('desk');
  const canary = join(machines.directory, 'canary');
  const hook = (text: string): void => writeFileSync(desk.path('hooks/pre-commit'), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  expect(isNoted(desk.state)).toBe(false);

  machines.git(desk.folder, 'config', 'core.hooksPath', 'hooks');
  mkdirSync(desk.path('hooks'));
  hook(`touch ${canary}`);
  await desk.sync();
  await desk.until(isNoted);
  expect(existsSync(canary), 'nobody agreed yet').toBe(false);

  await desk.engine.handlers['folder.set']({ id: desk.state.id, options: { trust: true } }, never);
  writeFileSync(desk.path('y'), 'y');
  await desk.sync();
  expect(existsSync(canary)).toBe(true);
  expect(isNoted(desk.state)).toBe(false);

  rmSync(canary);
  const other = join(machines.directory, 'other');
  machines.git(machines.directory, 'clone', '-q', machines.hub, other);
  writeFileSync(join(other, 'hooks/pre-commit'), `#!/bin/sh\ntouch ${canary} # another\n`, { mode: 0o755 });
  machines.git(other, 'commit', '-qam', 'Another hook');
  machines.git(other, 'push', '-q', 'origin', 'main');
  await desk.sync();
  writeFileSync(desk.path('z'), 'z');
  await desk.sync();
  await desk.until(isNoted);
  expect(existsSync(canary), 'what came with a pull was not agreed to').toBe(false);
});
