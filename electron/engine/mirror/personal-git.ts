import { parseConfig, personalValue, type ConfigEntry } from '../vcs/git/git-config.ts';
import { gitEnvironment } from '../vcs/git/git-env.ts';
import { withConfig, type CallOptions } from '../vcs/git/git-repository.ts';
import type { CommandEnd, CommandRunner } from '../vcs/run-command.ts';
import type { Ports } from '../ports.ts';

/** The person's configuration is read anew after so long. */
const FRESH_MS = 60_000;
const LIMIT_MS = 60_000;

/** git outside of any repository, as the person has it set up: for looks at a server, and to make repositories. One for all mirrors. */
export class PersonalGit {
  readonly #ports: Ports;
  readonly #runner: CommandRunner;
  #settled: { readonly entries: readonly ConfigEntry[]; readonly atMs: number } | null = null;

  constructor({ ports, runner }: { readonly ports: Ports; readonly runner: CommandRunner }) {
    this.#ports = ports;
    this.#runner = runner;
  }

  /** Every end is a value. */
  async call(args: readonly string[], { config = [], env, ...rest }: Omit<CallOptions, 'index' | 'workTree'>): Promise<CommandEnd> {
    const personal = gitEnvironment(this.#ports.host, { sshCommand: personalValue(await this.entries(), 'core.sshcommand'), overrides: [], trusted: false });
    return this.#runner.run({ limitMs: LIMIT_MS, ...rest, command: 'git', args, cwd: '/', env: { ...withConfig(personal, config), ...env } });
  }

  /** What the person's own files say. */
  async entries(): Promise<readonly ConfigEntry[]> {
    const nowMs = this.#ports.clock.monotonic();
    if (this.#settled && nowMs - this.#settled.atMs < FRESH_MS) return this.#settled.entries;
    const bare = gitEnvironment(this.#ports.host, { sshCommand: null, overrides: [], trusted: false });
    const end = await this.#runner.run({ command: 'git', args: ['config', '--list', '-z', '--show-scope', '--show-origin'], cwd: '/', env: bare, limitMs: LIMIT_MS });
    const entries = end.ended === 'exit' && end.code === 0 ? parseConfig(end.stdout).filter(({ scope }) => scope !== 'command') : [];
    if (end.ended === 'exit') this.#settled = { entries, atMs: nowMs };
    return entries;
  }
}
