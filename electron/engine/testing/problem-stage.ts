import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FolderState } from '../../../shared/app-state.ts';
import type { FolderOptions } from '../../../shared/folder-options.ts';
import { problemTier, type ProblemAction, type ProblemCode } from '../../../shared/problem.ts';
import type { Ports } from '../ports.ts';
import { Machines, type Machine } from './machines.ts';
import { quickClock } from './quick-clock.ts';
import { expectTold } from './told.ts';

/** So many times as fast do waits pass, or nobody could wait for a second try. */
const QUICK = 20;
/** Nothing is left to be filled in, and nothing of a program's own words stands in for ours. */
const WHOLE_SENTENCE = /^\P{Ll}(?!.*(?:\{\{|undefined|null|\bfatal:)).+\.$/u;
const PHASES = { retrying: 'retrying', waiting: 'halted', halted: 'halted', note: 'halted', held: 'watching' } as const;

/** A problem as a person is to meet it. */
export interface Expected {
  readonly code: ProblemCode;
  /** What its sentence says; it names what matters. */
  readonly says: RegExp;
  /** What its one button does. */
  readonly action: ProblemAction;
}

/** `desk` with an engine on a clone of the hub, `first` where somebody else works by hand, and a branch `other` beside `main`. */
export class ProblemStage {
  readonly machines = new Machines();
  readonly first = join(this.machines.directory, 'first');
  #desk: Machine | null = null;

  constructor() {
    this.theySave({ 'start.txt': 'second\n' }, 'Second');
    this.they('switch', '-q', '-c', 'other', 'HEAD~1');
    this.theySave({ 'start.txt': 'other\n' }, 'Other');
    this.they('switch', '-q', 'main');
  }

  /** Adds `desk`, and resolves when it is in step (or, `expectTrouble`, as soon as it is watched). */
  async open(options: Partial<FolderOptions> = {}, around: Parameters<Machines['add']>[3] & { readonly expectTrouble?: boolean; readonly ports?: (ports: Ports) => Ports } = {}): Promise<Machine> {
    const { ports: change = (ports) => ports } = around;
    this.#desk = await this.machines.add('desk', { poll: 30, commitDelay: 1, ...options }, (ports) => change({ ...ports, clock: quickClock(ports.clock, QUICK) }), around);
    if (!around.expectTrouble) await this.#desk.until((folder) => folder.phase === 'watching' && folder.head !== null && folder.lastPull !== null);
    return this.#desk;
  }

  get desk(): Machine {
    if (!this.#desk) throw new Error('desk is not open');
    return this.#desk;
  }

  /** git as the person at the desk runs it; whether it succeeds is theirs to see. */
  readonly git = (...args: string[]): string => {
    const { stdout, stderr } = spawnSync('git', args, { cwd: this.desk.folder, env: { ...this.machines.env, GIT_EDITOR: 'true' }, encoding: 'utf8' });
    return `${stdout}${stderr}`.trim();
  };

  /** Written to the person's repository, and on no path. */
  blob(content: string): string {
    return execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: this.desk.folder, input: content, encoding: 'utf8' }).trim();
  }

  readonly save = (name: string, content = `${name}\n`): void => writeFileSync(this.desk.path(name), content);

  /** git as somebody else runs it, in a clone of their own. */
  they(...args: string[]): string {
    return this.machines.git(this.first, ...args).trim();
  }

  theySave(files: Readonly<Record<string, string>>, message = 'Theirs'): void {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(this.first, name), content);
    this.they('add', '-A');
    this.they('commit', '-qm', message);
    this.they('push', '-q', 'origin', 'HEAD');
  }

  /** The hub's branch, or null when there is none. */
  hubTip(branch = 'main'): string | null {
    if (!existsSync(this.machines.hub)) return null;
    const found = spawnSync('git', ['rev-parse', '--verify', '-q', `refs/heads/${branch}`], { cwd: this.machines.hub, env: this.machines.env, encoding: 'utf8' });
    return found.status === 0 ? found.stdout.trim() : null;
  }

  hubHas(name: string, branch = 'main'): boolean {
    return spawnSync('git', ['cat-file', '-e', `refs/heads/${branch}:${name}`], { cwd: this.machines.hub, env: this.machines.env }).status === 0;
  }

  hubHook(name: string, body: string): void {
    writeFileSync(join(this.machines.hub, 'hooks', name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  }

  /** Everything of git that is the person's: where HEAD is, branches, the stash, what they staged, what they are in the middle of. */
  persons(): string {
    const files = execFileSync('find', ['.git', '-maxdepth', '1', '-newer', '.git/description', '(', '-name', '*HEAD', '-o', '-name', 'rebase*', '-o', '-name', 'BISECT*', ')'], { cwd: this.desk.folder, encoding: 'utf8' });
    return [this.git('symbolic-ref', '-q', 'HEAD'), this.git('rev-parse', 'HEAD'), this.git('for-each-ref', 'refs/heads', 'refs/stash'), this.git('ls-files', '-s'), this.git('ls-files', '-v'), ...files.split('\n').sort()].join('\n');
  }

  /** Resolves when `desk` is in this trouble, and says so everywhere as it should. */
  async meets({ code, says, action }: Expected): Promise<FolderState> {
    const state = await this.desk.until((folder) => folder.problem?.code === code && folder.phase === PHASES[problemTier(code)]);
    expectTold(state, { code, tier: problemTier(code), action, naming: says, next: WHOLE_SENTENCE });
    return state;
  }

  /** Resolves when nothing troubles `desk` any more, and what was saved there has come to the hub. */
  async mended(saved: string): Promise<FolderState> {
    return this.desk.until((folder) => folder.problem === null && folder.ahead === 0 && !folder.dirty && folder.phase === 'watching' && this.hubHas(saved));
  }

  async close(): Promise<void> {
    await this.machines.close();
  }
}
