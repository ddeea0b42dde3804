import { LockstepError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { parseConfig, personalValue } from './git/git-config.ts';
import { asArgument } from './git/git-address.ts';
import { gitEnvironment } from './git/git-env.ts';
import { remoteTroubleOf } from './git/git-failures.ts';
import { withConfig } from './git/git-repository.ts';
import type { RemoteUrl } from './remote-url.ts';
import { CommandRunner } from './run-command.ts';

/** Clones into a folder that is not there yet, or empty. Throws with the code of the trouble that it met. */
export async function clone({ ports, runner }: { readonly ports: Ports; readonly runner?: CommandRunner }, url: RemoteUrl, path: string, signal: AbortSignal): Promise<void> {
  const parent = path.slice(0, path.lastIndexOf('/')) || '/';
  await ports.files.makeDirectories(parent, 0o777);
  const own = runner ?? new CommandRunner(ports);
  const bare = gitEnvironment(ports.host, { sshCommand: null, overrides: [], trusted: false });
  const config = await own.run({ command: 'git', args: ['config', '--list', '-z', '--show-scope', '--show-origin'], cwd: '/', env: bare, limitMs: 10_000, signal });
  const entries = config.ended === 'exit' && config.code === 0 ? parseConfig(config.stdout) : [];
  const env = gitEnvironment(ports.host, { sshCommand: personalValue(entries, 'core.sshcommand'), overrides: [], trusted: false });
  const address = asArgument(url.text);
  // A template could bring hooks along; a local clone would share files with its source.
  const args = ['clone', '--no-local', '--template=', '--progress', '--no-recurse-submodules', '--', address.url, path];
  const end = await own.run({ command: 'git', args, cwd: parent, env: { ...withConfig(env, address.options.config ?? []), ...address.options.env }, limitMs: 6 * 3_600_000, silenceMs: 180_000, network: true, signal });
  if (end.ended === 'exit' && end.code === 0) return;
  if (end.ended === 'cancelled') throw new LockstepError('cancelled');
  const { code, params } = remoteTroubleOf(end);
  throw new LockstepError(code, params);
}
