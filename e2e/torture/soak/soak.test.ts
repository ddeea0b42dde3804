import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SeededRandom } from '../random.ts';
import { FolderModel } from './folder-model.ts';
import { grown } from './soak-part.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-soak-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the model of the folder', () => {
  it('is what the folder holds after any number of operations', () => {
    const model = new FolderModel(new SeededRandom(1));
    for (let operation = 0; operation < 500; operation += 1) model.operate(folder);
    expect(model.files.size).toBeGreaterThan(50);
    expect(model.differences(folder)).toEqual([]);
  });

  it.each([
    ['changed', (path: string) => writeFileSync(path, 'other')],
    ['gone', (path: string) => rmSync(path)],
    ['too many', (path: string) => writeFileSync(`${path}.more`, '')],
  ])('names a file that is %s', (_, spoil) => {
    const model = new FolderModel(new SeededRandom(1));
    model.save(folder, 'a/b.txt');
    spoil(join(folder, 'a/b.txt'));
    expect(model.differences(folder)).toHaveLength(1);
  });
});

describe('memory', () => {
  const samples = (residentMb: readonly number[], descriptors = 30) => residentMb.map((each) => ({ residentMb: each, descriptors }));

  it('may grow while the program warms up', () => {
    expect(grown(samples([60, 80, 100, 101, 99, 100, 103, 102])).failure).toBeNull();
  });

  it('may not grow after that, and nor may open files', () => {
    expect(grown(samples([60, 80, 100, 105, 110, 115, 120, 125])).failure).toMatch(/memory grew/);
    expect(grown([...samples([100, 100, 100, 100, 100, 100]), ...samples([100, 100], 40)]).failure).toMatch(/descriptors grew/);
  });
});
