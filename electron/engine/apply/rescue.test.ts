import { mkdtemp, readFile, readdir, readlink, rm, stat, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFiles } from '../ports/node-files.ts';
import { repoPathFromText } from '../repo-path.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { Rescue } from './rescue.ts';

let directory: string;
let clock: FakeClock;
let rescue: Rescue;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rescue-'));
  clock = new FakeClock(Date.UTC(2026, 4, 5, 6, 7, 8));
  rescue = new Rescue({ files: nodeFiles, clock }, join(directory, 'own'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const path = repoPathFromText('secrets/ü.env');

async function putFile(content: string, mode = 0o644): Promise<string> {
  const file = join(directory, 'aside');
  await writeFile(file, content, { mode });
  const name = await rescue.put(file, path, 'ignored-here');
  await unlink(file);
  return name;
}

describe('Rescue', () => {
  it('keeps bytes and says what they were', async () => {
    const name = await putFile('KEY=1', 0o600);
    expect(await rescue.list()).toEqual([{ name, at: '2026-05-05T06:07:08.000Z', why: 'ignored-here', path: 'secrets/ü.env', bytes: 5, keptUntil: '2026-08-03T06:07:08.000Z' }]);
    expect(name).toBe('20260505T060708Z-1');
  });

  it('lists the newest first and keeps the same bytes of one path once', async () => {
    const first = await putFile('one');
    await clock.advance(60_000);
    const second = await putFile('two');
    expect(await putFile('one')).toBe(first);
    expect((await rescue.list()).map(({ name }) => name)).toEqual([second, first]);
  });

  it('brings a file back with its mode, and keeps it', async () => {
    const name = await putFile('KEY=1', 0o600);
    const target = join(directory, 'new/place/x.env');
    await rescue.restore(name, target);
    expect(await readFile(target, 'utf8')).toBe('KEY=1');
    expect((await stat(target)).mode & 0o777).toBe(0o600);
    await writeFile(target, 'KEY=2');
    await rescue.restore(name, `${target}.again`);
    expect(await readFile(`${target}.again`, 'utf8')).toBe('KEY=1');
  });

  it('brings nothing back over a file', async () => {
    const name = await putFile('old');
    await writeFile(join(directory, 'there'), 'new');
    await expect(rescue.restore(name, join(directory, 'there'))).rejects.toMatchObject({ code: 'path-taken' });
    expect(await readFile(join(directory, 'there'), 'utf8')).toBe('new');
  });

  it('knows only its own names', async () => {
    for (const name of ['../../etc/passwd', '20260505T060708Z-9', '']) await expect(rescue.restore(name, join(directory, 'x'))).rejects.toMatchObject({ code: 'no-such-rescue' });
  });

  it('keeps links as links', async () => {
    await symlink('/nowhere/ü', join(directory, 'link'));
    const name = await rescue.put(join(directory, 'link'), path, 'left-behind');
    await rescue.restore(name, join(directory, 'back'));
    expect(await readlink(join(directory, 'back'))).toBe('/nowhere/ü');
  });

  it('lists what a crash left without a manifest, or with half of one', async () => {
    const name = await putFile('bytes');
    await writeFile(join(directory, 'own/rescue', `${name}.json`), '{"version":');
    expect(await rescue.list()).toMatchObject([{ name, why: 'left-behind', bytes: 5 }]);
    await rescue.restore(name, join(directory, 'back'));
    expect(await readFile(join(directory, 'back'), 'utf8')).toBe('bytes');
  });

  it('lets go of one, and of its description', async () => {
    const old = await putFile('old');
    await clock.advance(1_000);
    const young = await putFile('young');
    await rescue.letGo(old);
    expect((await rescue.list()).map(({ name }) => name)).toEqual([young]);
    expect(await readdir(join(directory, 'own/rescue'))).toEqual([young, `${young}.json`]);
  });
});
