import { chmodSync, mkdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { conflictCopyName, parseConflictCopyName } from '../../apply/conflict-copy-name.ts';
import { repoPathFromText } from '../../repo-path.ts';
import { commitAll, TempRepos, write, type Clone, type Files } from '../../testing/temp-repos.ts';
import type { MergeOutcome } from '../vcs.ts';

const signal = new AbortController().signal;
const lines = (middle: string): string => `${'top\n'.repeat(5)}${middle}\n${'end\n'.repeat(5)}`;

let repos: TempRepos;
beforeEach(() => {
  repos = new TempRepos();
});
afterEach(() => repos.dispose());

type Merged = MergeOutcome & { outcome: 'merged' };
type Edit = Files | ((root: string) => void);

/** Both machines merge the same two commits alone; gives the one result, its files by name, and how to look further. */
async function mergeBoth(base: Edit, ada: Edit, grace: Edit): Promise<{ merged: Merged; files: Map<string, string>; modes: Map<string, string>; at: Clone }> {
  const clones = await repos.twoClones({ 'root.txt': 'root\n' });
  const act = async ({ machine, path }: Clone, edit: Edit, message: string): Promise<string> => {
    if (typeof edit === 'function') edit(path);
    else write(path, edit);
    await machine.git(path, 'add', '-A');
    await machine.git(path, 'commit', '-q', '--allow-empty', '-m', `${message}\n\nLockstep-Machine: ${machine.name}`);
    return machine.git(path, 'rev-parse', 'HEAD');
  };
  await act(clones.ada, base, 'base');
  await clones.ada.machine.git(clones.ada.path, 'push', '-q', 'origin', 'main');
  await clones.grace.machine.git(clones.grace.path, 'pull', '-q');
  const ours = await act(clones.ada, ada, 'by ada');
  const theirs = await act(clones.grace, grace, 'by grace');
  await clones.ada.machine.git(clones.ada.path, 'fetch', '-q', clones.grace.path, 'main');
  await clones.grace.machine.git(clones.grace.path, 'fetch', '-q', clones.ada.path, 'main');
  clones.grace.machine.configure('[user]\nname=Else\nemail=e@e\n[merge]\nconflictStyle=zdiff3\nrenames=false\nrenormalize=true\n[core]\nautocrlf=true\n[diff]\nalgorithm=patience\n');
  const one = await (await clones.ada.machine.vcs(clones.ada.path)).merge(ours, theirs, signal);
  const two = await (await clones.grace.machine.vcs(clones.grace.path)).merge(theirs, ours, signal);
  expect(two).toEqual(one);
  if (one.outcome !== 'merged') throw new Error(one.outcome);
  const files = new Map<string, string>();
  const modes = new Map<string, string>();
  const { machine, path } = clones.ada;
  for (const record of (await machine.git(path, 'ls-tree', '-r', '-z', one.commit)).split('\0').filter(Boolean)) {
    const [, mode = '', kind = '', id = '', name = ''] = /^(\d+) (\w+) (\w+)\t(.*)$/s.exec(record) ?? [];
    modes.set(name, mode);
    files.set(name, kind === 'blob' ? await machine.git(path, 'cat-file', 'blob', id) : id);
    expect(files.get(name)).not.toMatch(/^(<<<<<<<|=======|>>>>>>>)/m);
  }
  await machine.git(path, 'fsck', '--strict', '--no-dangling');
  return { merged: one, files, modes, at: clones.ada };
}

const blobId = async (text: string): Promise<string> => {
  const machine = repos.machine('ada');
  const repository = repos.path('ids');
  await machine.git(repos.root, 'init', '-q', '--bare', repository);
  write(repos.root, { text });
  return machine.git(repository, 'hash-object', repos.path('text'));
};

async function sortedById(texts: readonly string[]): Promise<string[]> {
  const ids = new Map<string, string>();
  for (const text of texts) ids.set(text, await blobId(text));
  return [...texts].sort((a, b) => ((ids.get(a) ?? '') < (ids.get(b) ?? '') ? -1 : 1));
}

const contents = (files: Map<string, string>): string[] => [...files].filter(([name]) => name !== 'root.txt').map(([, content]) => content).sort();
const copies = (files: Map<string, string>): string[] => [...files.keys()].filter((name) => parseConflictCopyName(repoPathFromText(name)));

describe('a merge of two machines apart', () => {
  it('puts disjoint lines together', async () => {
    const { files, merged } = await mergeBoth({ f: `a\n${lines('m')}z\n` }, { f: `A\n${lines('m')}z\n` }, { f: `a\n${lines('m')}Z\n` });
    expect(files.get('f')).toBe(`A\n${lines('m')}Z`);
    expect(merged.conflicts).toEqual([]);
  });

  it('keeps both of two edits of one line, the copy named after the machine', async () => {
    const { files, merged } = await mergeBoth({ 'f.txt': lines('m') }, { 'f.txt': lines('by ada') }, { 'f.txt': lines('by grace') });
    const [copy = ''] = copies(files);
    const name = parseConflictCopyName(repoPathFromText(copy));
    expect(files.get(copy)).toContain(`by ${name?.machine}`);
    expect(contents(files)).toEqual([lines('by ada').trimEnd(), lines('by grace').trimEnd()]);
    expect(merged.conflicts).toEqual([{ path: 'f.txt', copy }]);
  });

  it('keeps both of two files added under one name', async () => {
    const { files } = await mergeBoth({}, { 'new.txt': 'ada' }, { 'new.txt': 'grace' });
    expect(contents(files)).toEqual(['ada', 'grace']);
  });

  it('takes equal edits as one', async () => {
    const { files } = await mergeBoth({ f: 'x' }, { f: 'same', g: 'new' }, { f: 'same', g: 'new' });
    expect([...files.keys()]).toEqual(['f', 'g', 'root.txt']);
  });

  it('lets an edit outlive a deletion, without a copy', async () => {
    const { files, merged } = await mergeBoth({ f: lines('m') }, { f: lines('edited') }, { f: null });
    expect(files.get('f')).toBe(lines('edited').trimEnd());
    expect(merged.conflicts).toEqual([]);
  });

  it('keeps both of two binary files', async () => {
    const { files } = await mergeBoth({ b: Buffer.from('\0base') }, { b: Buffer.from('\0ada') }, { b: Buffer.from('\0grace') });
    expect(contents(files)).toEqual(['\0ada', '\0grace']);
  });

  it('follows a rename with the other side\'s edit', async () => {
    const { files } = await mergeBoth({ old: lines('m') }, { old: null, fresh: lines('m') }, { old: lines('edited') });
    expect(files.get('fresh')).toBe(lines('edited').trimEnd());
    expect(files.has('old')).toBe(false);
  });

  it.each<[string, Files, Files, Files, string[]]>([
    ['one file renamed to two names', { old: lines('m') }, { old: null, x: lines('m') }, { old: null, y: lines('m') }, [lines('m'), lines('m')]],
    ['one file renamed to two names and edited', { old: lines('m') }, { old: null, x: lines('ada') }, { old: null, y: lines('grace') }, [lines('ada'), lines('grace')]],
    ['two files renamed to one name', { a: lines('a'), b: `${lines('b')}more\n`.repeat(2) }, { a: null, x: lines('a') }, { b: null, x: `${lines('b')}more\n`.repeat(2) }, [lines('a'), `${lines('b')}more\n`.repeat(2)]],
    ['a rename onto a name that the other side added', { a: lines('a') }, { a: null, x: lines('a') }, { x: 'added' }, [lines('a'), 'added']],
    ['a rename and edit of a file that the other side edited too', { a: lines('m') }, { a: null, x: lines('ada') }, { a: lines('grace') }, [lines('ada'), lines('grace')]],
    ['a rename and a deletion', { a: lines('m') }, { a: null, x: lines('m2') }, { a: null }, [lines('m2')]],
    ['a file that became a folder, edited by the other side', { f: lines('m') }, { f: null, 'f/in': 'inside' }, { f: lines('edited') }, [lines('edited'), 'inside']],
    ['a folder that became a file, with a file added by the other side', { 'd/a': 'a' }, { 'd/a': null, d: 'now a file' }, { 'd/b': 'b' }, ['b', 'now a file']],
    ['a file and a folder added under one name', {}, { n: 'file' }, { 'n/in': 'inside' }, ['file', 'inside']],
  ])('loses nothing of %s', async (_, base, ada, grace, expected) => {
    const { files } = await mergeBoth(base, adaFirst(ada), adaFirst(grace));
    for (const content of expected) expect(contents(files)).toContain(content.trimEnd());
  });

  it('keeps a link and a file that came under one name', async () => {
    const link = (root: string): void => {
      unlinkSync(join(root, 'f'));
      symlinkSync('root.txt', join(root, 'f'));
    };
    const { files, modes } = await mergeBoth({ f: lines('m') }, link, { f: lines('edited') });
    expect(contents(files)).toEqual(['root.txt', lines('edited').trimEnd()].sort());
    expect([...modes.values()].filter((mode) => mode === '120000')).toHaveLength(1);
  });

  it('joins an executable bit and an edit', async () => {
    const { files, modes, merged } = await mergeBoth({ f: lines('m') }, (root) => chmodSync(join(root, 'f'), 0o755), { f: lines('edited') });
    expect([files.get('f'), modes.get('f'), merged.conflicts]).toEqual([lines('edited').trimEnd(), '100755', []]);
  });

  it('joins them beside a file that became a folder, too', async () => {
    const toFolder = (root: string): void => {
      chmodSync(join(root, 'run'), 0o755);
      unlinkSync(join(root, 'f'));
      mkdirSync(join(root, 'f'));
      writeFileSync(join(root, 'f/in'), 'inside');
    };
    const { files, modes, merged } = await mergeBoth({ f: lines('m'), run: lines('m') }, toFolder, { f: lines('edited'), run: lines('edited') });
    expect([files.get('run'), modes.get('run')]).toEqual([lines('edited').trimEnd(), '100755']);
    expect(merged.conflicts.map(({ path }) => path)).toEqual(['f']);
  });

  it.each(['first', 'second'] as const)('lets an edited copy be where the same conflict comes again (the edit on the %s side)', async (side) => {
    const [smaller = '', greater = ''] = await sortedById(['one\n', 'another\n']);
    const copy = conflictCopyName(repoPathFromText('f.txt'), 'grace', await blobId(greater), () => false);
    const { ada, grace } = await repos.twoClones({ 'f.txt': 'base\n', [copy]: greater });
    for (const clone of [ada, grace]) clone.machine.configure('[user]\nname=Person\nemail=p@p\n');
    const commit = ({ machine, path }: Clone, files: Files) => {
      write(path, files);
      return commitAll(machine, path, `change\n\nLockstep-Machine: ${machine.name}`);
    };
    let edited = await commit(ada, { 'f.txt': smaller, [copy]: 'edited\n' });
    const taken = await commit(grace, { 'f.txt': greater });
    for (let attempt = 1; edited < taken !== (side === 'first'); attempt++) edited = await commit(ada, { count: String(attempt) });
    await ada.machine.git(ada.path, 'fetch', '-q', grace.path, 'main');
    const merged = await (await ada.machine.vcs(ada.path)).merge(edited, taken, signal);
    if (merged.outcome !== 'merged') throw new Error(merged.outcome);
    const names = (await ada.machine.git(ada.path, 'ls-tree', '--name-only', '-z', merged.commit)).split('\0').filter((name) => name.startsWith('f'));
    const texts = await Promise.all(names.map((name) => ada.machine.git(ada.path, 'show', `${merged.commit}:${name}`)));
    expect(texts.sort()).toEqual(['another', 'edited', 'one']);
  });

  it('does not let names of copies grow', async () => {
    const copy = 'f (conflict ada 0123456).txt';
    const { files } = await mergeBoth({ 'f.txt': 'x', [copy]: lines('m') }, { [copy]: lines('ada') }, { [copy]: lines('grace') });
    expect(copies(files)).toHaveLength(2);
    for (const name of copies(files)) expect(name).toMatch(/^f \(conflict (ada|grace) [0-9a-f]{7}\)\.txt$/);
  });

  it('shortens a name of 255 bytes', async () => {
    const name = `${'ä'.repeat(125)}n.txt`;
    const { files } = await mergeBoth({ [name]: 'm' }, { [name]: 'ada' }, { [name]: 'grace' });
    expect(contents(files)).toEqual(['ada', 'grace']);
    for (const one of files.keys()) expect(Buffer.byteLength(one)).toBeLessThanOrEqual(255);
  });

  it('says when there is no common history', async () => {
    const { ada, ours } = await repos.diverged({ a: '1' }, { a: '2' }, { a: '3' });
    await ada.machine.git(ada.path, 'checkout', '-q', '--orphan', 'alone');
    await ada.machine.git(ada.path, 'commit', '-qm', 'alone');
    const alone = await ada.machine.git(ada.path, 'rev-parse', 'HEAD');
    expect(await (await ada.machine.vcs(ada.path)).merge(ours, alone, signal)).toEqual({ outcome: 'unrelated' });
  });

  it('merges what was merged crosswise before', async () => {
    const { ada, ours, theirs } = await repos.diverged({ f: lines('m') }, { f: lines('ada'), a: 'a' }, { f: lines('grace'), b: 'b' });
    const vcs = await ada.machine.vcs(ada.path);
    const { git } = { git: (...args: string[]) => ada.machine.git(ada.path, ...args) };
    const next: string[] = [];
    for (const [mine, other, content] of [[ours, theirs, 'left'], [theirs, ours, 'right']] as const) {
      await git('checkout', '-q', mine);
      await git('merge', '-q', '-s', 'ours', other);
      write(ada.path, { f: lines(content) });
      await git('commit', '-qam', content);
      next.push(await git('rev-parse', 'HEAD'));
    }
    const merged = await vcs.merge(next[0] ?? '', next[1] ?? '', signal);
    expect(merged).toMatchObject({ outcome: 'merged', conflicts: [{ path: 'f' }] });
    expect(await vcs.merge(next[1] ?? '', next[0] ?? '', signal)).toEqual(merged);
  });
});

/** Removals first, so that a folder can take the place of a file. */
const adaFirst = (files: Files): Files => Object.fromEntries(Object.entries(files).sort(([, a], [, b]) => Number(a !== null) - Number(b !== null)));
