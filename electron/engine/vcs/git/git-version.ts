import { LockstepError } from '../../errors.ts';
import type { Host } from '../../ports.ts';
import type { CommandRunner } from '../run-command.ts';
import { gitEnvironment } from './git-env.ts';
import { troubleOf } from './git-failures.ts';

/** `merge-tree --write-tree` came with this one. */
const NEEDED = [2, 38] as const;
const LIMIT_MS = 30_000;

/** Throws `tool-missing` when git is not there, or too old to do its part. */
export async function requireGit(runner: CommandRunner, host: Host): Promise<void> {
  const env = gitEnvironment(host, { sshCommand: null, overrides: [], trusted: false });
  const end = await runner.run({ command: 'git', args: ['version'], cwd: '/', env, limitMs: LIMIT_MS });
  if (end.ended === 'cancelled') throw new LockstepError('cancelled');
  if (end.ended !== 'exit') {
    const { code = 'tool-missing', params = { tool: 'git' } } = troubleOf(end) ?? {};
    throw new LockstepError(code === 'system-limit' ? code : 'tool-missing', params);
  }
  const [, version = '', major = '', minor = ''] = /^git version ((\d+)\.(\d+)\S*)/.exec(end.stdout.toString('utf8')) ?? [];
  if (version === '' || Number(major) > NEEDED[0] || (Number(major) === NEEDED[0] && Number(minor) >= NEEDED[1])) return;
  throw new LockstepError('tool-missing', { tool: 'Git', how: 'too-old', version, needed: NEEDED.join('.') });
}
