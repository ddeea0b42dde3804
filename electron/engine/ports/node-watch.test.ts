import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeWatch } from './node-watch.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lockstep-watch-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const unexpected = (error: unknown): never => {
  throw error;
};

/** Resolves with the first report that fits. */
const report = (watch: ReturnType<typeof nodeWatch>, fits: (name: string | null, moved: boolean) => boolean): Promise<{ close(): void }> =>
  new Promise((resolve) => {
    const watcher = watch.directory(directory, (name, moved) => fits(name === null ? null : name.toString('latin1'), moved) && resolve(watcher), unexpected);
  });

describe('the real watch', () => {
  it('tells a new name from new content', async () => {
    writeFileSync(join(directory, 'old'), '');
    const grown = report(nodeWatch(), (name, moved) => name === 'old' && !moved);
    const made = report(nodeWatch(), (name, moved) => name === 'new' && moved);
    writeFileSync(join(directory, 'old'), 'content');
    writeFileSync(join(directory, 'new'), '');
    (await grown).close();
    (await made).close();
  });

  it('throws when the directory is gone', () => {
    expect(() => nodeWatch().directory(join(directory, 'none'), unexpected, unexpected)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });

  it('reports as unknown what a full queue may have lost', async () => {
    // More than the system queues, written while nobody reads.
    const lost = report(nodeWatch(), (name) => name === null);
    for (let index = 0; index < 20_000; index += 1) writeFileSync(join(directory, String(index)), '');
    (await lost).close();
  });

  it('does not take an ordinary burst for a full queue', async () => {
    let unknown = 0;
    const watcher = nodeWatch();
    const last = report(watcher, (name) => {
      unknown += name === null ? 1 : 0;
      return name === 'last';
    });
    for (let index = 0; index < 500; index += 1) writeFileSync(join(directory, String(index)), '');
    writeFileSync(join(directory, 'last'), '');
    (await last).close();
    expect(unknown).toBe(0);
  });
});
