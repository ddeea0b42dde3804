import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repoPathFromText } from '../repo-path.ts';
import { TempRepos } from '../testing/temp-repos.ts';
import type { Vcs } from '../vcs/vcs.ts';
import { FileReplacer } from './file-replacer.ts';

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
/** Contents in rescue, and what was left where changes by hand are made. */
function kept(): { rescued: string[]; left: string[] } {
  const directory = join(vcs.ownDirectory, 'rescue');
  mkdirSync(directory, { recursive: true });
  const names = readdirSync(directory).filter((name) => !name.endsWith('.json'));
  return { rescued: names.map((name) => readFileSync(join(directory, name), 'utf8')), left: readdirSync(join(vcs.ownDirectory, 'by-hand')) };
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
