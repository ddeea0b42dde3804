import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repoPathFromText } from '../repo-path.ts';
import { Crash, filesThatCrashAt } from '../testing/apply/watched-files.ts';
import { TempRepos } from '../testing/temp-repos.ts';
import type { Vcs } from '../vcs/vcs.ts';
import { FileReplacer } from './file-replacer.ts';
import { Rescue } from './rescue.ts';
import { createApplier } from './work-tree-applier.ts';

let repos: TempRepos;
let folder: string;
let vcs: Vcs;
let replacer: FileReplacer;

beforeEach(async () => {
  repos = new TempRepos();
  folder = await repos.committed({ 'a.txt': 'committed\n' });
  vcs = await repos.machine('ada').vcs(folder);
  replacer = new FileReplacer(repos.machine('ada').ports, vcs);
});
afterEach(() => repos.dispose());

const path = repoPathFromText('a.txt');
const read = () => readFileSync(join(folder, 'a.txt'), 'utf8');
function leftByHand(): string[] {
  const directory = join(vcs.ownDirectory, 'by-hand');
  return existsSync(directory) ? readdirSync(directory) : [];
}
/** Contents in rescue, and what was left where changes by hand are made. */
function kept(): { rescued: string[]; left: string[] } {
  const directory = join(vcs.ownDirectory, 'rescue');
  mkdirSync(directory, { recursive: true });
  const names = readdirSync(directory).filter((name) => !name.endsWith('.json'));
  return { rescued: names.map((name) => readFileSync(join(directory, name), 'utf8')), left: leftByHand().filter((name) => !name.endsWith('.json')) };
}

describe('what a change by hand replaces', () => {
  it('is kept in rescue, unless the history has it', async () => {
    await replacer.write(path, Buffer.from('first\n'));
    expect(kept()).toEqual({ rescued: [], left: [] });
    await replacer.write(path, Buffer.from('second\n'));
    expect(kept()).toEqual({ rescued: ['first\n'], left: [] });
    expect(read()).toBe('second\n');
  });

  it('is kept with all that an editor writes to it later, though it was committed', async () => {
    const editor = await open(join(folder, 'a.txt'), 'r+');
    await replacer.write(path, Buffer.from('by hand\n'));
    await editor.write('later', 0);
    await editor.close();
    expect(read()).toBe('by hand\n');
    expect(kept()).toEqual({ rescued: ['latertted\n'], left: [] });
  });

  it('stays where the same bytes are in rescue already, as an editor may still change them', async () => {
    await replacer.write(path, Buffer.from('first\n'));
    await replacer.remove(path);
    writeFileSync(join(folder, 'a.txt'), 'first\n');
    const editor = await open(join(folder, 'a.txt'), 'r+');
    await replacer.remove(path);
    await editor.write('later', 0);
    await editor.close();
    const { rescued, left } = kept();
    expect(rescued).toEqual(['first\n']);
    expect(left.map((name) => readFileSync(join(vcs.ownDirectory, 'by-hand', name), 'utf8'))).toEqual(['later\n']);
  });
});

describe('killed at any changing call', () => {
  const changes = {
    write: (at: FileReplacer) => at.write(path, Buffer.from('by hand\n')),
    remove: (at: FileReplacer) => at.remove(path),
  };

  it.each(['write', 'remove'] as const)('of a %s, it is done or not done after the next start, and nothing is lost', async (change) => {
    const { ports } = repos.machine('ada');
    const seen = new Set<string | null>();
    for (let n = 0, crashed = true; crashed; n += 1) {
      writeFileSync(join(folder, 'a.txt'), 'unsaved\n');
      const run = filesThatCrashAt(n);
      const done = changes[change](new FileReplacer({ ...ports, files: run.files }, vcs));
      await done.catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
      crashed = run.crashed;
      await createApplier({ ports, vcs }).recover();
      const now = existsSync(join(folder, 'a.txt')) ? read() : null;
      seen.add(now);
      expect([now, ...kept().rescued]).toContain('unsaved\n');
      expect(leftByHand()).toEqual([]);
      rmSync(join(vcs.ownDirectory, 'rescue'), { recursive: true });
    }
    expect([...seen]).toEqual(['unsaved\n', change === 'write' ? 'by hand\n' : null]);
  });

  it('tells where it was what is set aside then', async () => {
    const { ports } = repos.machine('ada');
    const run = filesThatCrashAt(3);
    await expect(changes.remove(new FileReplacer({ ...ports, files: run.files }, vcs))).rejects.toThrow(Crash);
    expect(await createApplier({ ports, vcs }).recover()).toEqual([{ path, how: 'set-aside' }]);
    expect(await new Rescue(ports, vcs.ownDirectory).list()).toMatchObject([{ path: 'a.txt', why: 'left-behind' }]);
  });
});
