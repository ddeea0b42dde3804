import { appendFileSync, linkSync, mkdirSync, renameSync, rmSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFiles } from '../ports/node-files.ts';
import { repoPathFromText } from '../repo-path.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { RealWorkTree } from '../testing/real-work-tree.ts';
import { OwnWriteMarks } from './own-writes.ts';

let tree: RealWorkTree;
beforeEach(() => {
  tree = new RealWorkTree();
});
afterEach(() => tree.remove());

const paths = (...names: readonly string[]) => names.map(repoPathFromText);

/** As we write: the finished file is linked into place. */
function place(name: string): void {
  tree.write('.git/lockstep/staged', name);
  mkdirSync(dirname(tree.path(name)), { recursive: true });
  linkSync(tree.path('.git/lockstep/staged'), tree.path(name));
  unlinkSync(tree.path('.git/lockstep/staged'));
}

describe('own writes', () => {
  it('are not reported: files made, replaced, removed, and their directories', async () => {
    tree.write('.git/lockstep/journal');
    tree.write('replaced');
    tree.write('emptied/removed');
    const { ownWrites } = await tree.watch();
    ownWrites.begin();
    place('made/deep/file');
    renameSync(tree.path('replaced'), tree.path('.git/lockstep/aside'));
    place('replaced');
    rmSync(tree.path('emptied'), { recursive: true });
    await ownWrites.end(paths('made/deep/file', 'replaced', 'emptied/removed'));
    await tree.fence();
    expect(tree.reported()).toEqual([]);
  });

  it('are told from others\' writes of the same time', async () => {
    const { ownWrites } = await tree.watch();
    ownWrites.begin();
    place('ours');
    tree.write('theirs');
    await ownWrites.end(paths('ours'));
    await tree.fence();
    expect(new Set(tree.reported())).toEqual(new Set(['theirs']));
  });

  it('do not cover what others wrote into our file before we were done', async () => {
    const { ownWrites } = await tree.watch();
    ownWrites.begin();
    place('ours');
    appendFileSync(tree.path('ours'), 'theirs');
    await ownWrites.end(paths('ours'));
    await tree.record.untilChanged('ours');
  });

  it('are no excuse for a later write of the same path', async () => {
    const { ownWrites } = await tree.watch();
    ownWrites.begin();
    place('ours');
    await ownWrites.end(paths('ours'));
    appendFileSync(tree.path('ours'), 'theirs');
    await tree.record.untilChanged('ours');
  });

  it('leave the directories that they made watched', async () => {
    const { ownWrites } = await tree.watch();
    ownWrites.begin();
    place('made/deep/file');
    await ownWrites.end(paths('made/deep/file'));
    await tree.record.until(({ lastCoverage }) => lastCoverage.directories === 3);
    tree.write('made/deep/theirs');
    await tree.record.untilChanged('made/deep/theirs');
    expect(tree.record.changes).not.toContain('made/deep/file');
  });
});

describe('a mark', () => {
  let clock: FakeClock;
  let reported: (string | null)[];
  let marks: OwnWriteMarks;
  const [file] = paths('file') as [ReturnType<typeof repoPathFromText>];

  beforeEach(async () => {
    clock = new FakeClock();
    reported = [];
    marks = new OwnWriteMarks({
      clock,
      files: nodeFiles,
      absolute: (path) => Buffer.from(tree.path(path)),
      report: (path) => reported.push(path),
    });
    tree.write('file', 'ours');
    utimesSync(tree.path('file'), 1, 1);
    marks.begin();
    await marks.end([file]);
  });

  /** Resolves when the marks have judged everything seen so far: a path that differs is reported last. */
  async function judged(): Promise<void> {
    const [other] = paths('other');
    tree.write('other', 'ours');
    marks.begin();
    await marks.end(paths('other'));
    unlinkSync(tree.path('other'));
    marks.seen(other ?? null, false);
    while (!reported.includes('other')) await nodeFiles.stat(tree.path('other'));
    reported = reported.filter((path) => path !== 'other');
  }

  it('holds for late events', async () => {
    marks.seen(file, false);
    await judged();
    marks.seen(file, false);
    await judged();
    expect(reported).toEqual([]);
  });

  it.each([
    ['content of the same size', () => writeFileSync(tree.path('file'), 'OURS')],
    [
      'content whose time was set back',
      () => {
        writeFileSync(tree.path('file'), 'OURS');
        utimesSync(tree.path('file'), 1, 1);
      },
    ],
    ['another file', () => writeFileSync(tree.path('next'), 'ours') ?? renameSync(tree.path('next'), tree.path('file'))],
    ['no file', () => unlinkSync(tree.path('file'))],
    ['a directory', () => unlinkSync(tree.path('file')) ?? mkdirSync(tree.path('file'))],
  ])('does not hold for %s', async (_, act) => {
    act();
    marks.seen(file, false);
    await judged();
    expect(reported).toEqual(['file']);
  });

  it('expires', async () => {
    await clock.advance(60_000);
    marks.seen(file, false);
    expect(reported).toEqual(['file']);
    expect(clock.pending).toBe(0);
  });

  it('lets "look at everything" through, after the writing', async () => {
    marks.begin();
    marks.seen(null, false);
    expect(reported).toEqual([]);
    await marks.end([file]);
    expect(reported).toEqual([null]);
  });
});
