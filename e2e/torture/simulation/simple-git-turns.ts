import childProcess, { type ChildProcess, type SpawnOptions } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import { PassThrough } from 'node:stream';
import type { Processes } from '../../../electron/engine/ports.ts';

/** Whose repository a call is about. */
export type ProcessesAt = (directory: string) => Processes | null;

/**
 * simple-git starts git by itself, past the Processes port. While a simulation runs, its calls are led to the machine
 * whose folder they are about, so that they take their turn like every other. Ends with the function that it returns.
 */
export function takeInSimpleGit(processesAt: ProcessesAt): () => void {
  const original = childProcess.spawn;
  const intercepted = (command: string, args: readonly string[], options: SpawnOptions): ChildProcess => {
    const processes = command === 'git' && typeof options.cwd === 'string' ? processesAt(options.cwd) : null;
    if (!processes || args.some((argument) => argument.startsWith('--batch'))) return original(command, args, options);
    return asChild(processes, args, options);
  };
  // The overloads of `spawn` are more than simple-git uses; what it passes is what is taken here.
  childProcess.spawn = intercepted as typeof childProcess.spawn;
  syncBuiltinESMExports();
  return () => {
    childProcess.spawn = original;
    syncBuiltinESMExports();
  };
}

function asChild(processes: Processes, args: readonly string[], { cwd, env }: SpawnOptions): ChildProcess {
  const running = processes.start({ command: 'git', args, cwd: String(cwd), env: definite(env) });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const child = Object.assign(new EventEmitter(), { stdin: running.stdin, stdout, stderr, pid: running.pid, kill: () => true });
  running.stdin.end();
  running.stdout.pipe(stdout);
  running.stderr.pipe(stderr);
  void running.ended.then(({ code, signal }) => {
    // simple-git waits a twentieth of a second for the output of a process that printed nothing.
    stderr.emit('data', Buffer.alloc(0));
    child.emit('exit', code, signal);
    child.emit('close', code, signal);
  });
  // Everything of a child that simple-git asks for is there.
  return child as unknown as ChildProcess;
}

const definite = (env: SpawnOptions['env']): Record<string, string> => Object.fromEntries(Object.entries(env ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined));
