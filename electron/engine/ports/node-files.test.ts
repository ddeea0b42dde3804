import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFiles } from './node-files.ts';

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lockstep-files-'));
  file = join(directory, 'file');
});
afterEach(() => rmSync(directory, { recursive: true }));

const failsWith = (code: string): unknown => expect.objectContaining({ code });

describe('stat', () => {
  it('tells kinds apart and follows no link', async () => {
    writeFileSync(file, 'abc', { mode: 0o640 });
    symlinkSync(file, join(directory, 'link'));
    execFileSync('mkfifo', [join(directory, 'fifo')]);
    expect(await nodeFiles.stat(file)).toMatchObject({ kind: 'file', bytes: 3, mode: 0o640, links: 1 });
    const kinds = await Promise.all(['link', 'fifo', '.'].map(async (name) => (await nodeFiles.stat(join(directory, name)))?.kind));
    expect(kinds).toEqual(['link', 'other', 'directory']);
  });

  it('is null below nothing and below a file', async () => {
    writeFileSync(file, '');
    expect(await nodeFiles.stat(join(directory, 'none'))).toBeNull();
    expect(await nodeFiles.stat(join(file, 'below'))).toBeNull();
  });
});

describe('names', () => {
  it('need not be UTF-8', async () => {
    const path = Buffer.concat([Buffer.from(`${directory}/`), Buffer.from([0xff, 0x41])]);
    await nodeFiles.create(path, Buffer.from('x'), { mode: 0o600, sync: true });
    const [entry] = await nodeFiles.list(directory);
    expect(entry).toEqual({ name: Buffer.from([0xff, 0x41]), kind: 'file' });
    expect((await nodeFiles.read(path)).toString()).toBe('x');
    await nodeFiles.remove(path);
  });

  it('of a whole tree may be others', async () => {
    const odd = Buffer.concat([Buffer.from(`${directory}/tree/`), Buffer.from([0xfe])]);
    await nodeFiles.makeDirectories(odd, 0o700);
    await nodeFiles.create(Buffer.concat([odd, Buffer.from('/x')]), Buffer.alloc(0), { mode: 0o600, sync: false });
    await nodeFiles.removeTree(join(directory, 'tree'));
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('directories', () => {
  it('are made with what lies above them, and may be there already', async () => {
    for (let twice = 0; twice < 2; twice += 1) await nodeFiles.makeDirectories(join(directory, 'a/b/c'), 0o700);
    expect(readdirSync(join(directory, 'a/b'))).toEqual(['c']);
  });

  it('are not made over a file, and not where none can be', async () => {
    writeFileSync(file, '');
    await expect(nodeFiles.makeDirectories(file, 0o700)).rejects.toEqual(failsWith('EEXIST'));
    await expect(nodeFiles.makeDirectories(join(file, 'below'), 0o700)).rejects.toEqual(failsWith('ENOTDIR'));
    await expect(nodeFiles.makeDirectories('/proc/nothing/below', 0o700)).rejects.toEqual(failsWith('ENOENT'));
  });
});

describe('reading', () => {
  it('never waits for a fifo', async () => {
    execFileSync('mkfifo', [file]);
    await expect(nodeFiles.append(file, 'x', 0o600)).rejects.toMatchObject({ code: 'ENXIO' });
    await expect(nodeFiles.read(file)).rejects.toEqual(failsWith('EINVAL'));
    await expect(text(nodeFiles.openRead(file))).rejects.toEqual(failsWith('EINVAL'));
  });

  it('gives null only for what is not there', async () => {
    expect(await nodeFiles.readIfThere(file)).toBeNull();
    await expect(nodeFiles.readIfThere(directory)).rejects.toEqual(failsWith('EISDIR'));
  });

  it('streams', async () => {
    writeFileSync(file, 'a'.repeat(200_000));
    expect(await text(nodeFiles.openRead(file))).toHaveLength(200_000);
  });
});

describe('create', () => {
  it('makes a new file only', async () => {
    writeFileSync(file, 'theirs');
    await expect(nodeFiles.create(file, Buffer.from('ours'), { mode: 0o600, sync: false })).rejects.toEqual(failsWith('EEXIST'));
    expect(readFileSync(file, 'utf8')).toBe('theirs');
  });

  it('does not write through a link that dangles', async () => {
    symlinkSync(join(directory, 'elsewhere'), file);
    await expect(nodeFiles.create(file, Buffer.from('ours'), { mode: 0o600, sync: false })).rejects.toEqual(failsWith('EEXIST'));
    expect(await nodeFiles.stat(join(directory, 'elsewhere'))).toBeNull();
  });

  it('leaves nothing when its source breaks off', async () => {
    const source = Readable.from(
      (async function* () {
        yield Buffer.from('half');
        throw new Error('broke off');
      })(),
    );
    await expect(nodeFiles.create(file, source, { mode: 0o600, sync: false })).rejects.toThrow('broke off');
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('writeAtomically', () => {
  it('replaces, with the mode asked for, and leaves nothing beside', async () => {
    writeFileSync(file, 'old', { mode: 0o644 });
    await nodeFiles.writeAtomically(file, 'new', 0o600);
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory)).toEqual(['file']);
  });

  it('leaves nothing beside when it fails', async () => {
    await nodeFiles.makeDirectory(file, 0o700);
    await expect(nodeFiles.writeAtomically(Buffer.from(file), 'new', 0o600)).rejects.toEqual(failsWith('EISDIR'));
    expect(readdirSync(directory)).toEqual(['file']);
  });
});

it('link never replaces', async () => {
  writeFileSync(file, 'ours');
  writeFileSync(join(directory, 'taken'), 'theirs');
  await expect(nodeFiles.link(file, join(directory, 'taken'))).rejects.toEqual(failsWith('EEXIST'));
});

it('setMode does not follow a link', async () => {
  writeFileSync(file, '', { mode: 0o600 });
  await nodeFiles.symlink(Buffer.from('file'), join(directory, 'link'));
  await expect(nodeFiles.setMode(join(directory, 'link'), 0o777)).rejects.toEqual(failsWith('ELOOP'));
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
