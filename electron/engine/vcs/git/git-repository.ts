import { LockstepError } from '../../errors.ts';
import type { FileStat, Ports, ProcessRequest } from '../../ports.ts';
import { Patience } from '../patience.ts';
import type { Command, CommandEnd, CommandRunner } from '../run-command.ts';
import type { RepositoryPlace } from '../vcs.ts';
import { configFiles, configValue, parseConfig, personalValue, type ConfigEntry } from './git-config.ts';
import { gitEnvironment, type ConfigPair } from './git-env.ts';
import { overridesFor } from './git-executing.ts';
import { troubleOf } from './git-failures.ts';
import { executingIn, hooksStamp } from './git-trust.ts';

/** Enough for the slowest local work on a very large repository. */
const LOCAL_LIMIT_MS = 10 * 60_000;

export interface GitOptions {
  readonly ports: Ports;
  readonly runner: CommandRunner;
  readonly place: RepositoryPlace;
  readonly ownDirectory: string;
  /** This machine's name, for the trailer of commits. */
  readonly machine: string;
}

export interface CallOptions extends Partial<Omit<Command, 'command' | 'args' | 'cwd' | 'env'>> {
  /** On top of the repository's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Another index than the person's. */
  readonly index?: string;
  /** Another work tree: an empty folder, where attributes must not come from the person's files. */
  readonly workTree?: string;
  /** Configuration for this call only. */
  readonly config?: readonly ConfigPair[];
}

interface Settled {
  readonly entries: readonly ConfigEntry[];
  /** Or why git must not be called here. */
  readonly env: Readonly<Record<string, string>> | LockstepError;
  readonly trusted: boolean;
  readonly fingerprint: string;
}

/** One repository as the verbs see it: where it is, how git is called on it, and its configuration. */
export class GitRepository {
  readonly ports: Ports;
  readonly runner: CommandRunner;
  readonly place: RepositoryPlace;
  readonly ownDirectory: string;
  readonly machine: string;
  /** With its remotes. */
  readonly patience = new Patience();
  /** Combined excludes file (`git-ignore.ts`), when this folder has patterns of its own. */
  excludesFile: string | null = null;
  #agreed: { readonly digest: string | null } | null = null;
  #settled: Settled | null = null;

  constructor(options: GitOptions) {
    this.ports = options.ports;
    this.runner = options.runner;
    this.place = options.place;
    this.ownDirectory = options.ownDirectory;
    this.machine = options.machine;
  }

  trust(agreed: { readonly digest: string | null } | null): void {
    this.#agreed = agreed;
    this.#settled = null;
  }

  /** Whether what the repository would run just now is what was agreed to: with a pull, it may have become something else. */
  async isTrusted(): Promise<boolean> {
    return (await this.#settle()).trusted;
  }

  own(name: string): string {
    return `${this.ownDirectory}/${name}`;
  }

  /** Runs git; every end is a value. */
  async call(args: readonly string[], options: CallOptions = {}): Promise<CommandEnd> {
    const { env, index, workTree: _workTree, config: _config, ...rest } = options;
    const request = await this.request(args, options);
    const end = await this.runner.run({ limitMs: LOCAL_LIMIT_MS, ...rest, ...request, env: { ...request.env, ...env } });
    if (index !== undefined && end.ended !== 'exit') await this.#removeIfThere(`${index}.lock`);
    return end;
  }

  /** The lock of an index of our own, after its git was killed. */
  async #removeIfThere(lock: string): Promise<void> {
    const { files } = this.ports;
    if (await files.stat(lock)) await files.remove(lock);
  }

  /** Runs git where anything but exit code 0 is a surprise; throws with the code of the trouble that it is. */
  async output(args: readonly string[], options: CallOptions = {}): Promise<Buffer> {
    const end = await this.call(args, options);
    if (end.ended === 'exit' && end.code === 0) return end.stdout;
    throw this.surprise(args, end);
  }

  surprise(args: readonly string[], end: CommandEnd): LockstepError {
    if (end.ended === 'cancelled') return new LockstepError('cancelled');
    const { code, params } = troubleOf(end) ?? { code: 'internal' as const, params: { detail: `git ${args[0]}: ${end.stderr.slice(-500) || end.ended}` } };
    return new LockstepError(code, params, { cause: new Error(`git ${args[0]} ended: ${end.ended}${end.ended === 'exit' ? ` ${end.code}` : ''}\n${end.stderr}`) });
  }

  async request(args: readonly string[], { index, workTree, config = [] }: Pick<CallOptions, 'index' | 'workTree' | 'config'> = {}): Promise<ProcessRequest> {
    const { env } = await this.#settle();
    // Not before: what cannot be overridden can still be read, and trusted.
    if (env instanceof LockstepError) throw env;
    const excludes: ConfigPair[] = this.excludesFile === null ? [] : [['core.excludesFile', this.excludesFile]];
    return {
      command: 'git',
      args: [`--git-dir=${this.place.gitDir}`, `--work-tree=${workTree ?? this.place.workTree}`, ...args],
      cwd: workTree ?? this.place.workTree,
      env: { ...withConfig(env, [...excludes, ...config]), ...(index === undefined ? {} : { GIT_INDEX_FILE: index }) },
    };
  }

  /** Every configuration entry in force, read again when one of the files it comes from changed. */
  async config(): Promise<readonly ConfigEntry[]> {
    return (await this.#settle()).entries;
  }

  async configValue(key: string): Promise<string | null> {
    return configValue(await this.config(), key);
  }

  async #settle(): Promise<Settled> {
    // Another call may forget it meanwhile.
    const known = this.#settled;
    if (known && (await this.#fingerprint(known.entries)) === known.fingerprint) return known;
    const bare = gitEnvironment(this.ports.host, { sshCommand: null, overrides: [], trusted: false });
    const args = [`--git-dir=${this.place.gitDir}`, `--work-tree=${this.place.workTree}`, 'config', '--list', '-z', '--show-scope', '--show-origin'];
    const end = await this.runner.run({ command: 'git', args, cwd: this.place.workTree, env: bare, limitMs: LOCAL_LIMIT_MS });
    if (end.ended !== 'exit' || end.code !== 0) throw this.surprise(['config'], end);
    const entries = parseConfig(end.stdout).filter(({ scope }) => scope !== 'command');
    const fingerprint = await this.#fingerprint(entries);
    const trusted = this.#agreed !== null && ((await executingIn(this.ports.files, this.place, entries))?.digest ?? null) === this.#agreed.digest;
    const overrides = overridesFor(entries, trusted, this.ports.host.env);
    const env = overrides instanceof LockstepError ? overrides : gitEnvironment(this.ports.host, { sshCommand: personalValue(entries, 'core.sshcommand'), overrides, trusted });
    const settled = { entries, env, trusted, fingerprint };
    this.#settled = settled;
    return settled;
  }

  async #fingerprint(entries: readonly ConfigEntry[]): Promise<string> {
    const { host } = this.ports;
    const usual = [`${this.place.commonDir}/config`, `${this.place.gitDir}/config.worktree`, `${host.homeDirectory}/.gitconfig`, `${host.env['XDG_CONFIG_HOME'] ?? `${host.homeDirectory}/.config`}/git/config`];
    const { files: read, byBranch } = configFiles(entries, { workTree: this.place.workTree, home: host.homeDirectory });
    const paths = [...new Set([...usual, ...read, ...(byBranch ? [`${this.place.gitDir}/HEAD`] : [])])];
    const stats = await Promise.all(paths.map((path) => this.#target(path)));
    const hooks = this.#agreed === null ? '' : await hooksStamp(this.ports.files, this.place, entries);
    return JSON.stringify([hooks, ...stats.map((stat) => stat && [stat.inode, stat.bytes, stat.modifiedMs, stat.changedMs])]);
  }

  /** What is there, at the end of all links; null: nothing. */
  async #target(path: string): Promise<FileStat | null> {
    const { files } = this.ports;
    try {
      const stat = await files.stat(path);
      return stat?.kind === 'link' ? await files.stat(await files.realPath(path)) : stat;
    } catch {
      return null;
    }
  }
}

/** Adds configuration to an environment that already carries some. */
export function withConfig(env: Readonly<Record<string, string>>, config: readonly ConfigPair[]): Record<string, string> {
  const count = Number(env['GIT_CONFIG_COUNT'] ?? '0');
  const added = config.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${count + index}`, key],
    [`GIT_CONFIG_VALUE_${count + index}`, value],
  ]);
  return { ...env, ...Object.fromEntries<string>(added as [string, string][]), GIT_CONFIG_COUNT: String(count + config.length) };
}
