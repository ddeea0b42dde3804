import { execFile, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFiles } from '../ports/node-files.ts';
import type { Files } from '../ports.ts';
import { repoPathFromText } from '../repo-path.ts';
import { bundledProgram } from '../testing/bundled-program.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { RealWorkTree } from '../testing/real-work-tree.ts';
import { ScriptedWatch } from '../testing/scripted-watch.ts';
import type { FolderWatcher } from './watcher.ts';

let tree: RealWorkTree;
let clock: FakeClock;
let watch: ScriptedWatch;
let watcher: FolderWatcher;
beforeEach(() => {
  tree = new RealWorkTree();
  clock = new FakeClock();
  watch = new ScriptedWatch();
});
afterEach(() => tree.remove());

/** Lets the polled directories be looked at until this holds; real files are read meanwhile. */
async function polledUntil(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await clock.advance(1_000);
    await nodeFiles.stat(tree.root);
  }
}

describe('where the system has no watches left', () => {
  beforeEach(async () => {
    for (const name of ['a', 'b', 'c']) tree.write(`${name}/file`);
    // All of the repository's own directories (.git, refs, refs/heads, info), and one or two of the work tree.
    watch.limit = 6;
    watcher = await tree.watch({ clock, watch });
  });

  it('says how many directories are polled', () => {
    expect(watch.open).toBe(6);
    expect(tree.record.lastCoverage.polled).toBeGreaterThan(0);
    expect(tree.record.lastCoverage.directories + tree.record.lastCoverage.polled).toBeGreaterThanOrEqual(4);
  });

  it('sees changes in polled directories, in new ones below them, and removals', async () => {
    const polled = ['a', 'b', 'c'].find((name) => !watch.isWatched(tree.path(name))) ?? '';
    expect(polled).not.toBe('');
    appendFileSync(tree.path(`${polled}/file`), 'more');
    await polledUntil(() => tree.record.changes.includes(polled));
    tree.write(`${polled}/new/deep/file`);
    await polledUntil(() => tree.record.changes.includes(`${polled}/new/deep/file`));
    tree.record.forget();
    appendFileSync(tree.path(`${polled}/new/deep/file`), 'more');
    await polledUntil(() => tree.record.changes.includes(`${polled}/new/deep`));
    const observed = (): number => tree.record.lastCoverage.directories + tree.record.lastCoverage.polled;
    const before = observed();
    rmSync(tree.path(polled), { recursive: true });
    await polledUntil(() => observed() === before - 3);
  });

  it('sees others\' changes in a polled directory in which we wrote', async () => {
    const polled = ['a', 'b', 'c'].find((name) => !watch.isWatched(tree.path(name))) ?? '';
    watcher.ownWrites.begin();
    await watcher.ownWrites.end([repoPathFromText(`${polled}/file`)]);
    appendFileSync(tree.path(`${polled}/file`), 'theirs');
    await polledUntil(() => tree.record.changes.includes(polled));
  });

  it('watches them again when there are watches', async () => {
    watch.limit = 100;
    await polledUntil(() => tree.record.lastCoverage.polled === 0);
    expect(tree.record.lastCoverage.directories).toBe(4);
    expect(watch.isWatched(tree.path('c'))).toBe(true);
  });
});

describe('the system\'s own limit', () => {
  // A user namespace has a limit of its own; where the system allows none, the scripted watch above stands for it.
  const allowed = spawnSync('unshare', ['-Ur', 'true']).status === 0;

  it(allowed ? 'is met by polling the rest' : 'cannot be set here: unshare -Ur is refused', async () => {
    if (!allowed) return expect(spawnSync('unshare', ['-Ur', 'true']).status).not.toBe(0);
    for (let index = 0; index < 30; index += 1) tree.write(`d${index}/file`);
    const program = await bundledProgram('limited-watch', tree.parent);
    const directories = Array.from({ length: 30 }, (_, index) => `d${index}`);
    for (const name of directories) tree.write(`${name}/file`);
    const limited = ['-Ur', 'sh', '-c', 'echo 20 > /proc/sys/user/max_inotify_watches && exec "$0" "$@"', process.execPath, program, tree.root, ...directories];
    const { stdout, stderr } = await promisify(execFile)('unshare', limited, { timeout: 20_000 });
    expect(stderr).toBe('');
    // Four watches serve the repository's own directories.
    expect(JSON.parse(stdout)).toEqual({ directories: 16, polled: 15 });
  });
});

describe('a network file system', () => {
  it('is polled wholly', async () => {
    tree.write('a/file');
    const files: Files = {
      ...nodeFiles,
      readIfThere: async (path) => (path === '/proc/mounts' ? Buffer.from(`server:/x ${tree.root} nfs4 rw 0 0\n`) : nodeFiles.readIfThere(path)),
    };
    await tree.watch({ clock, watch, files });
    expect(watch.open).toBe(0);
    expect(tree.record.lastCoverage.directories).toBe(0);
    appendFileSync(tree.path('a/file'), 'more');
    await polledUntil(() => tree.record.changes.includes('a'));
    tree.write('.git/MERGE_HEAD');
    await polledUntil(() => tree.record.repositoryChanges > 0);
  });
});

describe('looking at everything again', () => {
  it('does not swallow what is in a new directory', async () => {
    watcher = await tree.watch({ clock, watch });
    tree.write('new/file');
    watch.report(tree.root, 'new', { moved: true });
    await watcher.rescan();
    await tree.record.untilChanged('new', 'new/file');
  });
});

describe('an unreadable directory', () => {
  it('is polled, without counting as a want of watches, and watched when it can be read', async () => {
    tree.write('closed/sub/file');
    let closed = true;
    const list: Files['list'] = (path) => (closed && path.toString().endsWith('/closed') ? Promise.reject(Object.assign(new Error('EACCES'), { code: 'EACCES' })) : nodeFiles.list(path));
    await tree.watch({ clock, watch, files: { ...nodeFiles, list } });
    expect(tree.record.lastCoverage).toEqual({ directories: 1, polled: 0 });
    closed = false;
    await polledUntil(() => tree.record.lastCoverage.directories === 3);
    expect(tree.record.changes).toEqual(['closed', 'closed/sub/file']);
  });
});

describe('a lost queue of events', () => {
  it('is reported once as "look at everything", and new directories are found', async () => {
    await tree.watch({ clock, watch });
    tree.write('unseen/deep/file');
    watch.overflow();
    await tree.record.until(({ lastCoverage }) => lastCoverage.directories === 3);
    expect(tree.record.changes).toEqual([null]);
    expect(watch.isWatched(tree.path('unseen/deep'))).toBe(true);
  });

  it('is reported for a watch that failed', async () => {
    mkdirSync(tree.path('a'));
    await tree.watch({ clock, watch });
    watch.fail(tree.path('a'), new Error('EIO'));
    await tree.record.untilChanged(null);
  });

  it('is reported for more names than are worth looking at one by one', async () => {
    await tree.watch({ clock, watch });
    for (let index = 0; index <= 20_000; index += 1) watch.report(tree.root, `f${index}`, { moved: true });
    await tree.record.untilChanged(null);
    expect(tree.record.changes.filter((path) => path === null)).toHaveLength(1);
  });
});
