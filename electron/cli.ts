import { runCommandLine } from './cli/program.ts';

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ending.abort(signal));

// A reader that has gone away (`lockstep history | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  ending.abort('EPIPE');
});

process.exitCode = await runCommandLine({
  arguments: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  ending: ending.signal,
});

// Nothing that was opened may keep the process once the answer is out.
const leave = (): void => {
  if (process.stdout.writableLength === 0) process.exit();
  process.stdout.once('drain', leave);
};
setTimeout(leave, 500).unref();
