import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { systemCode } from '../errors.ts';
import type { RunningProcess } from '../ports.ts';
import { nodeProcesses } from './node-processes.ts';

const shell = (script: string): RunningProcess =>
  nodeProcesses.start({ command: '/bin/sh', args: ['-c', script], cwd: '/', env: { PATH: process.env['PATH'] ?? '', GIVEN: 'yes' } });

describe('a process', () => {
  it('gives its output and its end, with nothing of our environment', async () => {
    const running = shell('env | grep -v -e ^PWD= -e ^_= -e ^PATH= -e ^SHLVL= -e ^OLDPWD=; echo bad >&2; exit 3');
    const [out, err] = await Promise.all([text(running.stdout), text(running.stderr)]);
    expect([out, err]).toEqual(['GIVEN=yes\n', 'bad\n']);
    expect(await running.ended).toEqual({ code: 3, signal: null });
  });

  it('rejects when it cannot be started, and can then be killed without harm', async () => {
    const running = nodeProcesses.start({ command: '/nowhere/git', args: [], cwd: '/', env: {} });
    running.kill('SIGKILL');
    expect(systemCode(await running.ended.catch((error: unknown) => error))).toBe('ENOENT');
  });

  it('that does not read its input is no accident', async () => {
    const running = shell('exec 0<&-; exit 0');
    running.stdin.end(Buffer.alloc(1_000_000));
    running.stdout.resume();
    expect(await running.ended).toEqual({ code: 0, signal: null });
  });

  it('ends with its children, and again when it is gone already', async () => {
    const running = shell('sleep 1000 & echo $!; wait');
    const child = await new Promise<number>((resolve) => running.stdout.once('data', (data: Buffer) => resolve(Number(data.toString()))));
    expect(await nodeProcesses.startTime(child)).not.toBeNull();
    running.kill('SIGKILL');
    expect(await running.ended).toEqual({ code: null, signal: 'SIGKILL' });
    running.kill('SIGKILL');
    while ((await nodeProcesses.startTime(child)) !== null);
  });

  it('ends though a grandchild in a session of its own holds its pipes', async () => {
    const running = shell('setsid sleep 1000 & echo $!; exit 0');
    const out: string[] = [];
    running.stdout.on('data', (data: Buffer) => out.push(data.toString()));
    expect(await running.ended).toEqual({ code: 0, signal: null });
    process.kill(Number(out.join('')), 'SIGKILL');
  });

  it('gives a slow reader everything, however long after its end', async () => {
    const running = shell('head -c 100000 /dev/zero; setsid sleep 1000 >&2 & echo $! >&2');
    const holder = new Promise<number>((resolve) => running.stderr.once('data', (data: Buffer) => resolve(Number(data.toString()))));
    let bytes = 0;
    for await (const chunk of running.stdout) {
      // Longer than the time after which pipes that have nothing to give are cut.
      if (bytes === 0) await new Promise((resolve) => setTimeout(resolve, 2_500));
      bytes += (chunk as Buffer).length;
    }
    process.kill(await holder, 'SIGKILL');
    expect(bytes).toBe(100_000);
    expect(await running.ended).toEqual({ code: 0, signal: null });
  });
});

describe('startTime', () => {
  it('tells processes apart and stays the same for one', async () => {
    const own = await nodeProcesses.startTime(process.pid);
    expect(own).toMatch(/^\d+@[0-9a-f-]{36}$/);
    expect(await nodeProcesses.startTime(process.pid)).toBe(own);
    expect(await nodeProcesses.startTime(1)).not.toBe(own);
  });

  it('is null for one that does not live', async () => {
    expect(await nodeProcesses.startTime(2 ** 22 + 1)).toBeNull();
  });
});
