import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TempRepos } from '../testing/temp-repos.ts';
import { ByteReader } from './byte-reader.ts';
import { KeptProcess } from './kept-process.ts';
import { CommandRunner, type Command } from './run-command.ts';
import { Readable } from 'node:stream';

let repos: TempRepos;
beforeEach(() => {
  repos = new TempRepos();
});
afterEach(() => repos.dispose());

const shell = (script: string, more: Partial<Command> = {}): Command => ({ command: 'sh', args: ['-c', script], cwd: repos.root, env: { PATH: process.env['PATH'] ?? '' }, limitMs: 20_000, ...more });
const run = (script: string, more: Partial<Command> = {}) => repos.machine('ada').runner.run(shell(script, more));

describe('a command', () => {
  it('gives its code, output and the last words', async () => {
    expect(await run('cat; echo oops >&2; exit 3', { stdin: 'in' })).toEqual({ ended: 'exit', code: 3, stdout: Buffer.from('in'), stderr: 'oops' });
  });

  it('gets the given environment and nothing else', async () => {
    const end = await run('env', { env: { PATH: process.env['PATH'] ?? '', ONLY: 'this' } });
    expect(end.ended === 'exit' && end.stdout.toString().split('\n').filter((line) => !/^(PWD|_|SHLVL|PATH|OLDPWD)=/.test(line)).join()).toBe('ONLY=this,');
  });

  it('tells why it could not be started', async () => {
    expect(await run('', { command: '/no/such/program' })).toEqual({ ended: 'not-started', systemCode: 'ENOENT', stderr: '' });
  });

  it('ends at its limit, by force if need be, with its children', async () => {
    let child = 0;
    const stop = new AbortController();
    const onOutput = (chunk: Buffer): void => {
      child = Number(chunk.toString());
      stop.abort();
    };
    expect(await run('trap "" TERM; sleep 1000 & echo $!; wait; wait', { signal: stop.signal, onOutput })).toMatchObject({ ended: 'cancelled' });
    expect(child).toBeGreaterThan(0);
    expect(await repos.machine('ada').ports.processes.startTime(child)).toBeNull();
    expect(await run('exec sleep 1000', { limitMs: 50 })).toMatchObject({ ended: 'timed-out' });
  });

  it('may last while it speaks', async () => {
    expect(await run('for i in 1 2 3 4 5 6; do echo $i >&2; sleep 0.05; done', { silenceMs: 10_000 })).toMatchObject({ ended: 'exit', code: 0 });
    expect(await run('echo once; exec sleep 1000', { silenceMs: 60 })).toMatchObject({ ended: 'timed-out' });
  });

  it('may last while it moves bytes, though it says nothing', async () => {
    const quietly = 'for i in 1 2 3 4 5 6 7 8; do head -c 100000 /dev/zero > /dev/null; sleep 0.1; done';
    expect(await run(quietly, { silenceMs: 400 })).toMatchObject({ ended: 'exit', code: 0 });
  });

  it('is cancelled, killed, cut short', async () => {
    const stop = new AbortController();
    expect(await run('echo started; exec sleep 1000', { signal: stop.signal, onOutput: () => stop.abort() })).toMatchObject({ ended: 'cancelled' });
    expect(await run('true', { signal: stop.signal })).toEqual({ ended: 'cancelled', stderr: '' });
    expect(await run('kill -9 $$')).toMatchObject({ ended: 'killed', signal: 'SIGKILL' });
    expect(await run('yes', { maxOutputBytes: 1_000 })).toMatchObject({ ended: 'too-much-output' });
  });

  it('keeps secrets of addresses out of its last words', async () => {
    expect(await run('echo "fatal: https://ada:hunter22@example.org/x" >&2; exit 1')).toMatchObject({ stderr: 'fatal: https://ada:[redacted]@example.org/x' });
  });

  it('passes on what the reader of its output threw', async () => {
    const failing = run('echo x; exec sleep 1000', {
      onOutput: () => {
        throw new Error('unreadable');
      },
    });
    await expect(failing).rejects.toThrow('unreadable');
  });
});

describe('the runner', () => {
  it('lets so many network jobs in at once', async () => {
    const { ports } = repos.machine('ada');
    const runner = new CommandRunner(ports, { networkJobs: 2 });
    let now = 0;
    let most = 0;
    const jobs = Array.from({ length: 6 }, () =>
      runner.run(
        shell('echo begin; read x; echo end', {
          network: true,
          stdin: 'x\n',
          onOutput: (chunk) => {
            for (const word of chunk.toString().trim().split('\n')) now += word === 'begin' ? 1 : -1;
            most = Math.max(most, now);
          },
        }),
      ),
    );
    expect((await Promise.all(jobs)).every((end) => end.ended === 'exit')).toBe(true);
    expect(most).toBeLessThanOrEqual(2);
  });

  it('ends everything, and starts nothing afterwards', async () => {
    const runner = new CommandRunner(repos.machine('ada').ports, { networkJobs: 1 });
    const started = new Promise<void>((resolve) => {
      void runner.run(shell('echo x; exec sleep 1000', { network: true, onOutput: () => resolve() }));
    });
    const waiting = runner.run(shell('true', { network: true }));
    await started;
    await runner.stopAll();
    expect([await waiting, await runner.run(shell('true'))]).toEqual([{ ended: 'cancelled', stderr: '' }, { ended: 'cancelled', stderr: '' }]);
  });
});

describe('a kept process', () => {
  it('answers in order, comes back from the dead, and ends', async () => {
    const { ports, runner } = repos.machine('ada');
    let started = 0;
    const kept = new KeptProcess(runner, ports.clock, async () => {
      started++;
      return shell('while read x; do [ "$x" = die ] && exit 1; echo "$x?"; done');
    });
    const ask = (word: string) => kept.ask(Buffer.from(`${word}\n`), async (reader) => (await reader.line()).toString());
    expect(await Promise.all(['a', 'b', 'c'].map(ask))).toEqual(['a?', 'b?', 'c?']);
    await expect(ask('die')).rejects.toThrow('ended early');
    expect([await ask('d'), started]).toEqual(['d?', 3]);
    await kept.close();
    await expect(ask('e')).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('gives up a question that is not answered', async () => {
    const { ports, runner } = repos.machine('ada');
    const kept = new KeptProcess(runner, ports.clock, async () => shell('exec sleep 1000'), { idleMs: 1_000, answerMs: 30 });
    await expect(kept.ask(Buffer.from('x'), (reader) => reader.line())).rejects.toMatchObject({ code: 'timeout' });
    await kept.close();
  });
});

describe('reading by need', () => {
  it('finds lines, counts and marks across chunks', async () => {
    const reader = new ByteReader(Readable.from(['ab', 'c\nde', 'fg', 'h--', '-', 'x', '-', '-', '-y\n'].map((text) => Buffer.from(text)), { objectMode: true }));
    expect((await reader.line()).toString()).toBe('abc');
    expect((await reader.bytes(4)).toString()).toBe('defg');
    expect((await reader.until(Buffer.from('---y'))).toString()).toBe('h---x');
    await expect(reader.bytes(2)).rejects.toThrow('ended early');
  });
});
