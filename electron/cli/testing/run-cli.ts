import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { runCommandLine } from '../program.ts';

export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartedCli {
  readonly done: Promise<CliRun & { readonly bytes: Buffer }>;
  readonly stdout: PassThrough;
  /** As a signal to the process would. */
  end(): void;
}

/** The command line in this process, with streams of its own and no person's configuration. */
export function startCli(home: string, args: readonly string[], options: { cwd?: string; stdin?: string } = {}): StartedCli {
  const ending = new AbortController();
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [buffer(stdout), buffer(stderr)];
  const env = { PATH: process.env['PATH'], HOME: home, LANG: 'C.UTF-8', LOCKSTEP_HOME: home, GIT_CONFIG_NOSYSTEM: '1' };
  const run = async () => {
    const code = await runCommandLine({ arguments: args, env, cwd: options.cwd ?? home, stdin: Readable.from([options.stdin ?? '']), stdout, stderr, ending: ending.signal });
    stdout.end();
    stderr.end();
    const bytes = await out;
    return { code, bytes, stdout: bytes.toString('utf8'), stderr: (await err).toString('utf8') };
  };
  return { done: run(), stdout, end: () => ending.abort() };
}

export const runCli = (home: string, args: readonly string[], options: { cwd?: string; stdin?: string } = {}): Promise<CliRun & { readonly bytes: Buffer }> => startCli(home, args, options).done;
