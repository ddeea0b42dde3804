import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { glance } from './node-glance.ts';

it('tells what each of many names is, and what small files hold', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'lockstep-glance-'));
  const at = (name: string) => join(directory, name);
  try {
    writeFileSync(at('small'), 'abc');
    writeFileSync(at('large'), 'x'.repeat(101));
    writeFileSync(at('empty'), '');
    symlinkSync('small', at('link'));
    execFileSync('mkfifo', [at('fifo')]);
    const found = await glance(['small', 'large', 'empty', 'link', 'fifo', '.', 'none'].map(at), 100);
    expect(found.map(({ stat }) => stat?.kind)).toEqual(['file', 'file', 'file', 'link', 'other', 'directory', undefined]);
    expect(found.map(({ content }) => content?.toString())).toEqual(['abc', undefined, '', undefined, undefined, undefined, undefined]);
    expect((await glance(Array.from({ length: 100 }, () => at('small')), 100)).every(({ content }) => content?.toString() === 'abc')).toBe(true);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
