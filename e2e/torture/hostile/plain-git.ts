import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutingKey } from '../../../electron/engine/testing/hostile/executing-keys.ts';
import { poison, whatRan } from '../../../electron/engine/testing/hostile/poison.ts';

/** More than git takes to find out that nobody answers. */
const LIMIT_MS = 10_000;

/** What the commands of the table are asked about: two branches that differ, a change that is not saved yet. */
export class PlainGit {
  readonly #directory: string;
  readonly #template: string;
  readonly #env: Record<string, string>;

  private constructor(directory: string) {
    this.#directory = directory;
    this.#template = join(directory, 'template');
    this.#env = { PATH: process.env['PATH'] ?? '', HOME: directory, LC_ALL: 'C', GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0', GIT_ALLOW_PROTOCOL: 'file:ext:ssh:git:https' };
  }

  static async prepare(directory: string): Promise<PlainGit> {
    mkdirSync(directory, { recursive: true });
    const plain = new PlainGit(directory);
    writeFileSync(join(directory, '.gitconfig'), '[user]\n\tname = t\n\temail = t@localhost\n[init]\n\tdefaultBranch = main\n');
    await plain.#git(directory, ['init', '-q', '--bare', 'hub.git']);
    await plain.#git(directory, ['clone', '-q', 'hub.git', 'template']);
    await plain.#commit('base', { 'a.txt': 'base\n', 'x.external': 'base\n', 'x.streaming': 'base\n', 'x.quoted': 'base\n' });
    await plain.#git(plain.#template, ['branch', 'other']);
    await plain.#commit('main', { 'a.txt': 'main\n' });
    await plain.#git(plain.#template, ['switch', '-q', 'other']);
    await plain.#commit('other', { 'a.txt': 'other\n' });
    await plain.#git(plain.#template, ['switch', '-q', 'main']);
    await plain.#git(plain.#template, ['push', '-q', 'origin', 'main']);
    for (const name of ['a.txt', 'x.external', 'x.streaming', 'x.quoted']) writeFileSync(join(plain.#template, name), 'unsaved\n');
    return plain;
  }

  /** Whether the key makes git run what it names. */
  async fires(key: ExecutingKey): Promise<boolean> {
    const [path, canaries] = [join(this.#directory, 'poisoned'), join(this.#directory, 'canaries')];
    for (const left of [path, canaries]) rmSync(left, { recursive: true, force: true });
    cpSync(this.#template, path, { recursive: true });
    poison({ path, canaries, hub: join(this.#directory, 'hub.git'), keys: [key], hooks: false });
    await this.#git(path, ['config', '--unset-all', 'core.worktree']);
    await this.#git(path, key.by ?? []);
    return whatRan(canaries).includes(key.name);
  }

  async #commit(message: string, files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(this.#template, name), content);
    await this.#git(this.#template, ['add', '-A']);
    await this.#git(this.#template, ['commit', '-qm', message]);
  }

  /** Whatever comes of it. */
  #git(cwd: string, args: readonly string[]): Promise<void> {
    return new Promise((resolve) => {
      const child = execFile('git', args, { cwd, env: this.#env, timeout: LIMIT_MS }, () => resolve());
      child.stdin?.on('error', () => undefined);
      // For `credential fill` and `interpret-trailers`.
      child.stdin?.end('protocol=https\nhost=host.invalid\n\n');
    });
  }
}
