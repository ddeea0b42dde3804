import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { ForgeBench } from '../../engine/testing/forges/forge-bench.ts';
import type { FakeForge } from '../../engine/testing/forges/fake-forge.ts';
import { runCli, startCli, type CliRun, type StartedCli } from './run-cli.ts';

const problemSchema = z.object({ code: z.string(), message: z.string() });
const mirrorSchema = z.object({
  id: z.string(),
  state: z.string(),
  problem: problemSchema.nullable(),
  repos: z.array(z.object({ name: z.string(), state: z.string(), refs: z.number(), lastSync: z.string().nullable(), path: z.string(), problem: problemSchema.nullable() })),
});
type Shown = z.infer<typeof mirrorSchema>;

/** A program that runs on a home of its own, asked by the command line, beside fake forges with real git. */
export class MirrorBench extends ForgeBench {
  readonly home = join(this.directory, 'home');
  #daemon: StartedCli | null = null;

  async start(): Promise<void> {
    const daemon = startCli(this.home, ['daemon']);
    this.#daemon = daemon;
    await new Promise<void>((resolve) => daemon.stdout.once('data', () => resolve()));
  }

  async stop(): Promise<void> {
    this.#daemon?.end();
    await this.#daemon?.done;
    this.#daemon = null;
  }

  override async close(): Promise<void> {
    await this.stop();
    await super.close();
  }

  run(...args: string[]): Promise<CliRun> {
    return runCli(this.home, args, { cwd: this.directory });
  }

  /** The one JSON document that a command printed, whatever its exit code. */
  async json(...args: string[]): Promise<unknown> {
    const { stdout } = await this.run(...args, '--json');
    return JSON.parse(stdout);
  }

  /** The first mirror, as scripts see it. */
  async mirror(): Promise<Shown> {
    const [first] = z.array(mirrorSchema).parse(await this.json('mirror', 'list'));
    if (!first) throw new Error('there is no mirror');
    return first;
  }

  async repository(name: string): Promise<Shown['repos'][number] | undefined> {
    return (await this.mirror()).repos.find((repo) => repo.name === name);
  }

  /** A forge with three repositories of an organisation, and an account there. */
  async tidepool(): Promise<FakeForge> {
    const forge = await this.fake('gitea');
    forge.add('tidepool', 'lib-a', { commits: 2 });
    forge.add('tidepool', 'lib-b');
    forge.add('tidepool', 'site');
    const { code, stderr } = await this.addAccount(forge);
    if (code !== 0) throw new Error(stderr);
    return forge;
  }

  /** Of all of it, into the folder `srv`. */
  addMirror(...more: string[]): Promise<CliRun> {
    return this.run('mirror', 'add', '--account', 'work', '--owner', 'tidepool', '--to', join(this.directory, 'srv'), '--how', 'none', ...more);
  }

  addAccount(forge: FakeForge, name = 'work', token = forge.token): Promise<CliRun> {
    return runCli(this.home, ['account', 'add', name, '--forge', forge.kind, '--api', forge.api, ...(forge.kind.startsWith('bitbucket') ? ['--user', forge.login] : []), '--token-stdin'], { stdin: `${token}\n` });
  }

  git(directory: string, ...args: string[]): string {
    return execFileSync('git', ['--git-dir', directory, ...args], { env: this.env, encoding: 'utf8' }).trim();
  }

  /** Heads and tags of a bare repository. */
  refs(directory: string): Record<string, string> {
    const lines = this.git(directory, 'for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads', 'refs/tags').split('\n');
    return Object.fromEntries(lines.filter(Boolean).map((line) => line.split(' ') as [string, string]));
  }
}
