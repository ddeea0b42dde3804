import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { handOver, run } from './run.mjs';

const limit = () => AbortSignal.timeout(20_000);

describe('run', () => {
  it('collects both streams and gives the exit code', async () => {
    expect(await run('sh', ['-c', 'echo one; echo two >&2; exit 3'], { quiet: true, signal: limit() })).toEqual({ code: 3, output: 'one\ntwo\n', aborted: false });
  });

  it('says what could not be started', async () => {
    const { code, output } = await run('no-such-program-here', [], { quiet: true, signal: limit() });
    expect(code).toBe(127);
    expect(output).toContain('no-such-program-here');
  });

  it('ends what its child started as well, when the limit is reached', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lockstep-run-'));
    const started = join(folder, 'started');
    const controller = new AbortController();
    const running = run('sh', ['-c', `sleep 300 & touch ${started}; wait`], { quiet: true, signal: controller.signal });
    await expect.poll(() => existsSync(started)).toBe(true);
    controller.abort();
    // The grandchild holds the pipes as well: that this settles shows that it is gone too.
    expect(await running).toMatchObject({ code: 143, aborted: true });
    rmSync(folder, { recursive: true });
  });
});

describe('handOver', () => {
  it('gives the exit code', async () => {
    expect(await handOver(process.execPath, ['-e', 'process.exit(6)'])).toBe(6);
  });

  it('passes a signal on, once, and waits for the child to end by itself', async () => {
    const child = "let seen = 0; process.on('SIGTERM', () => { seen++; setTimeout(() => process.exit(40 + seen), 300); }); process.kill(process.ppid, 'SIGTERM'); process.kill(process.ppid, 'SIGTERM'); setInterval(() => {}, 1000);";
    expect(await handOver(process.execPath, ['-e', child])).toBe(41);
  });
});
