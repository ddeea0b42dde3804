import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundledProgram } from '../testing/bundled-program.ts';
import { mayUnshare, type ConfinedMachine } from '../testing/confined-machine.ts';
import { ConfinedWorld } from '../testing/confined-world.ts';
import { expectTold } from '../testing/told.ts';

const allowed = mayUnshare();
const LARGE = randomBytes(3_000_000);
/** A file system of its own, small, that begins as the directory was. */
const small = (directory: string): string => `cp -a ${directory} "$H-disk"; mount -t tmpfs -o size=6m none ${directory}; cp -a "$H-disk"/. ${directory}/`;
/** What takes all the room there is. */
const fill = (directory: string): string => `dd if=/dev/zero of=${directory}/filler bs=4k 2>/dev/null || true`;

let bundle: string;
let program: string;
let world: ConfinedWorld;
beforeAll(async () => {
  bundle = mkdtempSync(join(tmpdir(), 'lockstep-confined-'));
  program = await bundledProgram('confined-engine', bundle);
}, 120_000);
afterAll(() => rmSync(bundle, { recursive: true }));
beforeEach(() => {
  world = new ConfinedWorld(program);
});
afterEach(() => world.close());

const at = (...names: string[]): string => join(world.folder, ...names);
const again = (machine: ConfinedMachine) => machine.call('sync', { timeoutS: 300 });

if (!allowed) it.skip('unshare is refused here, so that no disk of a test can be full, read-only or gone');

describe.runIf(allowed)('disk-full: no room', () => {
  it('in the work tree: what comes in waits whole, nothing is half written, and it goes on when there is room', async () => {
    const desk = await world.start({ script: small('$F'), separateGit: true, options: { ignore: ['filler'] } });
    await desk.shell(fill(world.folder));
    world.arrives('large.bin', LARGE);
    world.arrives('start.txt', 'changed there\n');
    void again(desk);
    const folder = await desk.until(({ problem }) => problem?.code === 'disk-full');
    expectTold(folder, { code: 'disk-full', tier: 'retrying', action: 'retry', naming: new RegExp(`left for ${world.folder}/large.bin`), next: /Make room/ });
    expect(await desk.shell(`ls -A ${world.folder}; cat ${at('start.txt')}`)).toMatch(/^\.git\n(?:\.lockstep-staging\n)?filler\nstart\.txt\nstart\n$/);
    await desk.shell(`rm ${at('filler')}`);
    await desk.until(({ problem, head }) => problem === null && head === world.hubTip());
    expect(await desk.shell(`wc -c < ${at('large.bin')}; cat ${at('start.txt')}`)).toBe(`${LARGE.length}\nchanged there\n`);
    await expect.poll(() => desk.shell(`ls -A ${world.folder}`), { timeout: 10_000 }).toBe('.git\nlarge.bin\nstart.txt\n');
  });

  it('in .git: what was saved is committed when there is room, and the person’s index stays whole', async () => {
    const desk = await world.start({ script: small('$F/.git') });
    await desk.shell(fill(at('.git')));
    writeFileSync(at('mine.bin'), LARGE.subarray(0, 500_000));
    const folder = await desk.until(({ problem }) => problem?.code === 'disk-full');
    expectTold(folder, { code: 'disk-full', tier: 'retrying', action: 'retry', naming: /left for .*\/desk\/\.git/, next: /Make room/ });
    await again(desk);
    expect(world.hubFiles()).toEqual(['start.txt']);
    await desk.shell(`rm ${at('.git/filler')}`);
    await desk.until(({ problem, ahead, lastCommit }) => problem === null && ahead === 0 && lastCommit?.message === 'Add mine.bin');
    expect(await desk.shell(`cd ${world.folder}; git status --porcelain; git fsck --connectivity-only; find .git -name 'tmp_obj*' -o -name '*.lock'`)).toBe('');
  });

  it('in .git: what comes in waits, and leaves nothing half fetched behind', async () => {
    const desk = await world.start({ script: small('$F/.git') });
    await desk.shell(fill(at('.git')));
    world.arrives('large.bin', LARGE);
    for (let tries = 0; tries < 3; tries += 1) await again(desk);
    const folder = await desk.until(({ problem }) => problem?.code === 'disk-full');
    expectTold(folder, { code: 'disk-full', tier: 'retrying', action: 'retry', naming: /left for .*\/desk\/\.git/, next: /Make room/ });
    expect(await desk.shell(`find ${at('.git/objects')} -name 'tmp_*'; ls ${world.folder}`)).toBe('start.txt\n');
    await desk.shell(`rm ${at('.git/filler')}`);
    await desk.until(({ problem, head }) => problem === null && head === world.hubTip());
    expect(await desk.shell(`wc -c < ${at('large.bin')}`)).toBe(`${LARGE.length}\n`);
  });

  it('in the home: folders go on, settings stay as they are, and it is told until there is room', async () => {
    const desk = await world.start({ script: 'mount -t tmpfs -o size=1m none "$H"' });
    await desk.shell(fill(world.home));
    await expect(desk.call('folder.set', { id: 'desk', options: { poll: 77 } })).rejects.toMatchObject({ code: 'ENOSPC' });
    await desk.until((folder, { problems }) => problems.some(({ code, params }) => code === 'disk-full' && params['path'] === world.home) && folder.options.poll === 600);
    writeFileSync(at('mine.txt'), 'mine\n');
    await desk.until(({ lastCommit, ahead }) => lastCommit?.message === 'Add mine.txt' && ahead === 0);
    expect(world.hubFiles()).toEqual(['mine.txt', 'start.txt']);
    await desk.shell(`rm ${world.home}/filler`);
    await desk.until((_, { problems }) => problems.length === 0);
    await desk.call('folder.set', { id: 'desk', options: { poll: 77 } });
    await desk.until(({ options }) => options.poll === 77);
  });
});

describe.runIf(allowed)('read-only: what cannot be written', () => {
  const readOnly = (path: string): string => `mount --bind ${path} ${path}; mount -o remount,bind,ro ${path}`;
  const writable = (path: string): string => `umount -l ${path}`;

  it('is the work tree: what comes in waits, what is here is watched', async () => {
    const desk = await world.start({ script: 'true', separateGit: true });
    await desk.shell(readOnly(world.folder));
    world.arrives('theirs.txt', 'theirs\n');
    void again(desk);
    const folder = await desk.until(({ problem }) => problem?.code === 'read-only');
    expectTold(folder, { code: 'read-only', tier: 'retrying', action: 'retry', naming: /theirs\.txt cannot be written/, next: /Make it writable/ });
    // By another way: the folder itself is not read-only.
    writeFileSync(at('mine.txt'), 'mine\n');
    await desk.until(({ lastCommit }) => lastCommit?.message === 'Add mine.txt');
    await desk.shell(writable(world.folder));
    await desk.until(({ problem, ahead, behind }) => problem === null && ahead === 0 && behind === 0);
    await again(desk);
    expect(await desk.shell(`cat ${at('theirs.txt')}`)).toBe('theirs\n');
  });

  it('is .git: what was saved waits', async () => {
    const desk = await world.start({ script: 'true' });
    await desk.shell(readOnly(at('.git')));
    writeFileSync(at('mine.txt'), 'mine\n');
    const folder = await desk.until(({ problem }) => problem?.code === 'read-only');
    expectTold(folder, { code: 'read-only', tier: 'retrying', action: 'retry', naming: /\.git.* cannot be written/, next: /Make it writable/ });
    expect(world.hubFiles()).toEqual(['start.txt']);
    await desk.shell(writable(at('.git')));
    await desk.until(({ problem, ahead, lastCommit }) => problem === null && ahead === 0 && lastCommit?.message === 'Add mine.txt');
  });

  it('is the home: folders go on, and it is told', async () => {
    const desk = await world.start({ script: 'true' });
    await desk.shell(readOnly(world.home));
    await expect(desk.call('folder.set', { id: 'desk', options: { poll: 77 } })).rejects.toMatchObject({ code: 'EROFS' });
    await desk.until((_, { problems }) => problems.some(({ code }) => code === 'read-only'));
    writeFileSync(at('mine.txt'), 'mine\n');
    await desk.until(({ lastCommit, ahead }) => lastCommit?.message === 'Add mine.txt' && ahead === 0);
    await desk.shell(writable(world.home));
    await desk.until((_, { problems }) => problems.length === 0);
  });
});

describe.runIf(allowed)('root-missing: a disk that is taken away', () => {
  it('leaves an empty mount point, deletes nothing anywhere, and is taken up again when it is back', async () => {
    const desk = await world.start({ script: 'mv "$F" "$F-disk"; mkdir "$F"; mount --bind "$F-disk" "$F"' });
    const before = world.hubTip();
    await desk.shell(`umount -l ${world.folder}`);
    const folder = await desk.until(({ problem }) => problem?.code === 'root-missing');
    expectTold(folder, { code: 'root-missing', tier: 'waiting', action: 'locate', naming: /a disk is not there/, next: /mount the disk/ });
    world.arrives('meanwhile.txt', 'meanwhile\n');
    await again(desk);
    expect(await desk.shell(`ls -A ${world.folder}`)).toBe('');
    expect(world.hubFiles()).toEqual(['meanwhile.txt', 'start.txt']);
    expect(world.hubGit('rev-parse', 'main~1').trim()).toBe(before);
    await desk.shell(`mount --bind ${world.folder}-disk ${world.folder}`);
    await desk.until(({ problem }) => problem === null);
    await again(desk);
    expect(await desk.shell(`ls ${world.folder}`)).toBe('meanwhile.txt\nstart.txt\n');
  });
});
