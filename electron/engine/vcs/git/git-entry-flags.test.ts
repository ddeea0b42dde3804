import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TempRepos } from '../../testing/temp-repos.ts';
import { mayHoldFlags } from './git-entry-flags.ts';

let repos: TempRepos;
beforeEach(() => {
  repos = new TempRepos();
});
afterEach(() => repos.dispose());

const files = Object.fromEntries(['a', 'bb', 'ccc', 'dir/a name of twenty', 'x'.repeat(254), `deep/${'y'.repeat(200)}/${'z'.repeat(200)}`, 'z'].map((name) => [name, name]));

describe.each(['sha1', 'sha256'])('the bytes of an index (%s)', (format) => {
  async function index(...commands: string[][]): Promise<boolean> {
    const ada = repos.machine('ada');
    await ada.git(repos.root, 'init', '-q', `--object-format=${format}`, 'work');
    const path = await repos.committed(files);
    for (const command of commands) await ada.git(path, ...command);
    return mayHoldFlags(readFileSync(join(path, '.git/index')), format === 'sha1' ? 20 : 32);
  }

  it('tell that no entry has a flag', async () => {
    expect(await index()).toBe(false);
  });

  it.each([
    [['update-index', '--assume-unchanged', 'z']],
    [['update-index', '--skip-worktree', 'z']],
    [['update-index', '--index-version', '4']],
    [['update-index', '--split-index']],
  ])('leave it to git after %j', async (command) => {
    expect(await index(command)).toBe(true);
  });
});

it('are read as far as they go', () => {
  expect(mayHoldFlags(Buffer.alloc(0), 20)).toBe(true);
  expect(mayHoldFlags(Buffer.from('DIRC\0\0\0\x02\0\0\0\x02short'), 20)).toBe(true);
});
