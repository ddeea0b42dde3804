import { spawnSync } from 'node:child_process';

/** Null: strace can look on and inject here; else why not, in its own words. */
export function whyNotTraced(): string | null {
  const { status, stderr, error } = spawnSync('strace', ['-qq', '-o', '/dev/null', '-e', 'trace=none', '-e', 'inject=?mkdir:signal=KILL:when=1', 'true'], { encoding: 'utf8', timeout: 20_000 });
  if (error) return error.message;
  return status === 0 ? null : stderr.trim() || `strace ended with ${status}`;
}
