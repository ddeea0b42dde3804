/** One program that was started, as anybody who looks at processes sees it. */
export interface Execution {
  readonly pid: number;
  readonly program: string;
  readonly arguments: string;
  readonly environment: string;
}

/** Options for strace by which it writes to `file` every program that is started, with all it is given. */
export const recordingExecutions = (file: string): string[] => ['-f', '-qq', '-v', '-s', '1000000', '--seccomp-bpf', '-e', 'trace=execve', '-o', file];

/** `PID execve("/usr/bin/git", ["git", …], ["HOME=/root", …]) = 0`; without those that were not found, and without the first, which is the program itself. */
export function parseExecutions(trace: string): Execution[] {
  const lines = trace.split('\n').flatMap((line): Execution[] => {
    const [, pid, program = '', given = ''] = /^(\d+) +execve\("((?:[^"\\]|\\.)*)", \[(.*)\]\) += 0$/s.exec(line) ?? [];
    if (pid === undefined) return [];
    const [args = '', environment = ''] = given.split(/"\], \["/);
    return [{ pid: Number(pid), program, arguments: args, environment }];
  });
  return lines.slice(1);
}
