import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, closeSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beingWritten } from './node-writers.ts';

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'writers-'));
  mkdirSync(join(directory, 'run/aside'), { recursive: true });
  file = join(directory, 'run/aside/0');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Resolves with a process that holds the file open as the shell's redirection says. */
async function holder(redirection: string): Promise<{ end(): Promise<void> }> {
  const child = execFile('/bin/sh', ['-c', `exec 3${redirection}"$0"; echo ready; read -r _`, file]);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  return {
    end: () => {
      child.stdin?.end();
      return ended;
    },
  };
}

describe('beingWritten', () => {
  it.each(['>', '>>', '<>'])('knows of a process that has a file open by %s, until it ends', async (redirection) => {
    writeFileSync(file, 'x');
    const { end } = await holder(redirection);
    expect(await beingWritten([`${file}1`, file])).toEqual(new Set([file]));
    await end();
    expect(await beingWritten([file])).toEqual(new Set());
  });

  it('leaves readers alone', async () => {
    writeFileSync(file, 'x');
    const { end } = await holder('<');
    expect(await beingWritten([file])).toEqual(new Set());
    await end();
  });

  it('goes by the name that the file has now', async () => {
    const handle = openSync(join(directory, 'in the work tree'), 'w');
    renameSync(join(directory, 'in the work tree'), file);
    expect(await beingWritten([file])).toEqual(new Set([file]));
    closeSync(handle);
  });

  it('knows of a file that is only mapped, and of one that a sandbox sees elsewhere', async () => {
    const proc = join(directory, 'proc');
    for (const pid of ['7', '8', 'self']) mkdirSync(join(proc, pid, 'fd'), { recursive: true });
    writeFileSync(join(proc, '7/maps'), `7f00-7f01 r--s 0 00:2a 9 /p/run/aside/1\n7f01-7f02 rw-s 0 00:2a 12                         ${file}\n7f02-7f03 rw-p 0 00:2a 9 /p/run/aside/2\n`);
    symlinkSync('/sandbox/run/aside/3', join(proc, '8/fd/5'));
    const others = [1, 2, 3].map((number) => join(directory, `run/aside/${number}`));
    expect(await beingWritten([file, ...others], proc)).toEqual(new Set([file, others[2]]));
  });

  it('says so when the system does not tell', async () => {
    expect(await beingWritten([file], join(directory, 'no proc'))).toBeNull();
  });
});
