import { LockstepError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { isBranchName } from './branch-name.ts';
import { parseConfig, personalValue } from './git/git-config.ts';
import { keepSecret, withSecret } from './git/git-credentials.ts';
import { gitEnvironment } from './git/git-env.ts';
import { remoteTroubleOf } from './git/git-failures.ts';
import { head } from './git/git-head.ts';
import { GitObjects } from './git/git-objects.ts';
import { GitRepository, withConfig } from './git/git-repository.ts';
import { differsBeyondMeasure } from './git/git-tree-size.ts';
import type { RemoteUrl } from './remote-url.ts';
import { CommandRunner, type CommandEnd } from './run-command.ts';

/** Exit code of `git ls-remote --exit-code` when nothing matched. */
const NO_SUCH_REF = 2;

interface Wanted {
  readonly url: RemoteUrl;
  readonly path: string;
  /** To check out; undefined: the remote's own. */
  readonly branch: string | undefined;
}

/**
 * Clones into a folder that is not there yet, or empty. Throws with the code of the trouble that it met; `no-branch`,
 * before anything is made, for a branch that the remote does not have.
 */
export async function clone({ ports, runner }: { readonly ports: Ports; readonly runner?: CommandRunner }, { url, path, branch }: Wanted, signal: AbortSignal): Promise<void> {
  if (branch !== undefined && !isBranchName(branch)) throw new LockstepError('no-branch', { branch });
  const own = runner ?? new CommandRunner(ports);
  const bare = gitEnvironment(ports.host, { sshCommand: null, overrides: [], trusted: false });
  const config = await own.run({ command: 'git', args: ['config', '--list', '-z', '--show-scope', '--show-origin'], cwd: '/', env: bare, limitMs: 10_000, signal });
  const entries = config.ended === 'exit' && config.code === 0 ? parseConfig(config.stdout) : [];
  const personal = gitEnvironment(ports.host, { sshCommand: personalValue(entries, 'core.sshcommand'), overrides: [], trusted: false });
  const address = await withSecret(ports, url.text);
  const call = { command: 'git', env: withConfig(personal, address.options.config ?? []), secret: address.options.secret, silenceMs: 180_000, network: true, signal };
  if (branch !== undefined) {
    // `git clone --branch` takes tags, too, and would leave a work tree without a branch.
    const end = await own.run({ ...call, args: ['ls-remote', '--exit-code', '--heads', '--', address.url, `refs/heads/${branch}`], cwd: '/', limitMs: 180_000 });
    if (end.ended === 'exit' && end.code === NO_SUCH_REF) throw new LockstepError('no-branch', { branch });
    refuseTrouble(end);
  }
  const parent = path.slice(0, path.lastIndexOf('/')) || '/';
  await ports.files.makeDirectories(parent, 0o777);
  // A template could bring hooks along; a local clone would share files with its source.
  const args = ['clone', '--no-checkout', '--no-local', '--template=', '--progress', '--no-recurse-submodules', ...(branch === undefined ? [] : [`--branch=${branch}`]), '--', address.url, path];
  refuseTrouble(await own.run({ ...call, args, cwd: parent, limitMs: 6 * 3_600_000 }));
  await checkOut(new GitRepository({ ports, runner: own, place: { workTree: path, gitDir: `${path}/.git`, commonDir: `${path}/.git` }, ownDirectory: `${path}/.git/lockstep`, machine: '' }), signal);
  // The clone's own configuration has the address without it.
  await keepSecret(ports, url);
}

/** Not by the clone itself: git would take all memory there is for trees without end. What was cloned of such goes again. */
async function checkOut(repository: GitRepository, signal: AbortSignal): Promise<void> {
  const objects = new GitObjects(repository);
  try {
    const now = await head(repository);
    if (now.state === 'unborn') return;
    if (now.state === 'damaged' || (await differsBeyondMeasure(objects, null, now.commit))) throw new LockstepError('remote-damaged', { detail: 'there is no end of its files' });
    await repository.output(['reset', '--hard', '--quiet'], { signal, limitMs: 6 * 3_600_000 });
  } catch (error) {
    if (error instanceof LockstepError && error.code === 'remote-damaged') await repository.ports.files.removeTree(repository.place.gitDir);
    throw error;
  } finally {
    await objects.close();
  }
}

function refuseTrouble(end: CommandEnd): void {
  if (end.ended === 'exit' && end.code === 0) return;
  if (end.ended === 'cancelled') throw new LockstepError('cancelled');
  const { code, params } = remoteTroubleOf(end);
  throw new LockstepError(code, params);
}
