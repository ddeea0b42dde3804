import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { GitHttpsServer } from '../../../../electron/engine/testing/hostile/git-https-server.ts';
import type { Product } from '../../kills/product.ts';
import { Program } from '../../kills/program.ts';
import { World, write } from '../../kills/world.ts';
import { BareClient } from '../bare-client.ts';
import { CANARIES } from './canaries.ts';
import type { Place } from './canary.ts';
import { filesBelow } from './files-below.ts';
import { parseExecutions, recordingExecutions, type Execution } from './executions.ts';

const NAME = 'me';

/** The program on a home of its own, with everything around it that holds a secret, and all it starts and says recorded. */
export class Stage {
  readonly world: World;
  readonly server: GitHttpsServer;
  readonly looks: Look[] = [];
  /** What the command line printed. */
  readonly statuses: string[] = [];
  readonly #product: Product;
  readonly #traces: string[] = [];
  readonly #said: string[] = [];
  readonly #listeners: BareClient[] = [];
  #program: Program | null = null;
  #client: BareClient | null = null;

  private constructor(product: Product, world: World, server: GitHttpsServer) {
    this.#product = product;
    this.world = world;
    this.server = server;
  }

  static async set(product: Product, directory: string): Promise<Stage> {
    const world = await World.create(directory, { 'start.txt': 'start\n', 'shared.txt': 'one\n' });
    await world.git('hub.git', 'config', 'http.receivepack', 'true');
    const accounts = [CANARIES.cloned, CANARIES.configured, CANARIES.rewritten].map(({ value }) => ({ user: NAME, password: value }));
    const server = await GitHttpsServer.start(directory, { user: CANARIES.tokenAsUser.value, password: '' }, ...accounts);
    const stage = new Stage(product, world, server);
    stage.#person();
    return stage;
  }

  /** An address of the hub with a name and the password of one of the accounts. */
  address(password: string): string {
    return this.server.url('hub.git', { user: NAME, password });
  }

  /** Its own configuration, and a program that would answer for the person. */
  #person(): void {
    const helper = `"!f() { test $1 = get && echo username=me && echo password=${CANARIES.helper.value}; }; f"`;
    appendFileSync(this.world.path('person/.gitconfig'), `[credential "https://other.invalid"]\n\thelper = ${helper}\n[http "https://other.invalid/"]\n\textraHeader = "Authorization: Bearer ${CANARIES.header.value}"\n\tproxy = http://me:${CANARIES.proxy.value}@127.0.0.1:1\n[url "${this.address(CANARIES.rewritten.value).replace('hub.git', '')}"]\n\tinsteadOf = work:\n`);
    writeFileSync(this.world.path('askpass'), `#!/bin/sh\ntouch '${this.world.path('asked')}'\necho '${CANARIES.askpass.value}'\n`, { mode: 0o755 });
  }

  /** What the program is started with, some of it not for what it starts. */
  get #env(): Record<string, string> {
    return {
      ...this.world.env,
      LOCKSTEP_LOG: 'debug',
      GIT_SSL_CAINFO: this.server.certFile,
      HTTPS_PROXY: `http://me:${CANARIES.proxyVariable.value}@127.0.0.1:1`,
      NO_PROXY: 'localhost,127.0.0.1',
      DEPLOY_TOKEN: CANARIES.variable.value,
      GIT_CONFIG_PARAMETERS: `'http.cookie=${CANARIES.parameters.value}'`,
      GIT_ASKPASS: this.world.path('askpass'),
      SSH_ASKPASS: this.world.path('askpass'),
      SSH_ASKPASS_REQUIRE: 'force',
      DISPLAY: ':99',
    };
  }

  async start(): Promise<void> {
    const trace = this.world.path(`executions-${this.#traces.length}`);
    this.#traces.push(trace);
    this.#program = new Program(this.world, ['strace', ...recordingExecutions(trace), ...this.#product.daemon], this.#env);
    if (!(await this.#program.attached())) throw new Error(`the program did not start: ${this.#program.said}`);
    const socket = this.world.path('home/lockstep.sock');
    this.#client = await BareClient.connect(socket, { keeps: true });
    const window = await BareClient.connect(socket, { keeps: true });
    void window.ask('state.watch', {});
    void window.ask('activity.follow', {});
    this.#listeners.push(this.#client, window);
  }

  get client(): BareClient {
    if (!this.#client) throw new Error('it does not run');
    return this.#client;
  }

  /** Asks, and gives the code of the failure, or null. */
  async ask(command: string, input: object): Promise<string | null> {
    return (await this.client.ask(command, input))?.failure?.code ?? null;
  }

  /** Resolves when the state fulfils it. */
  async until(what: string, test: (folders: readonly Folder[]) => boolean): Promise<void> {
    const limit = Date.now() + 40_000;
    for (;;) {
      const folders = ((await this.client.ask('state.get', {}))?.value as { folders: Folder[] } | undefined)?.folders ?? [];
      if (test(folders)) return;
      if (Date.now() > limit) throw new Error(`${what}: it did not come to it: ${JSON.stringify(folders.map(({ id, phase, problem }) => [id, phase, problem]))}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** As a crash would end it, or as a person does. */
  async end(how: 'killed' | 'stopped'): Promise<void> {
    const program = this.#program;
    if (!program) return;
    this.#program = null;
    const pid = (await program.attached())?.store.get().pid;
    if (how === 'killed' && pid !== undefined) process.kill(pid, 'SIGKILL');
    else await program.stop();
    await program.ended;
    this.#said.push(program.said);
  }

  async clear(): Promise<void> {
    await this.end('stopped');
    await this.server.close();
    this.world.remove();
  }

  /** Every program that was started so far. */
  executions(): Execution[] {
    return this.#traces.flatMap((trace) => parseExecutions(readFileSync(trace, 'latin1')));
  }

  /** The files of the home as they are now, among what is searched at the end: a secret that another takes the place of was there. */
  lookAtHome(): void {
    const home = this.world.home;
    for (const file of filesBelow(home)) this.looks.push({ place: placeOf(relative(home, file)), where: file, content: readFileSync(file) });
  }

  /** On a connection of its own, which it costs. */
  async sendBroken(bytes: string): Promise<void> {
    const client = await BareClient.connect(this.world.path('home/lockstep.sock'));
    client.send(bytes);
    await client.closed;
  }

  /** What it wrote to its standard error. */
  get said(): string {
    return this.#said.join('\n');
  }

  heard(): { answers: Buffer; window: Buffer } {
    const of = (remainder: number): Buffer => Buffer.concat(this.#listeners.filter((_, index) => index % 2 === remainder).flatMap(({ heard }) => heard));
    return { answers: of(0), window: of(1) };
  }

  write(folder: string, files: Readonly<Record<string, string>>): void {
    write(this.world.path(folder), files);
  }

  cli(...args: string[]): Promise<string> {
    return this.#product.say(this.world, ...args);
  }
}

interface Look {
  readonly place: Place;
  readonly where: string;
  readonly content: Buffer;
}

const HOME_FILES: readonly (readonly [beginning: string, place: Place])[] = [
  ['settings.json', 'settings'],
  ['secrets.json', 'secret store'],
  ['lockstep.log', 'log'],
  ['activity.ndjson', 'activity'],
];

const placeOf = (name: string): Place => HOME_FILES.find(([beginning]) => name.startsWith(beginning))?.[1] ?? 'other files of the home';

interface Folder {
  readonly id: string;
  readonly phase: string;
  readonly problem: unknown;
  readonly messageRequest: unknown;
  readonly held: readonly { readonly path: string }[];
  readonly conflicts: readonly { readonly id: string }[];
}
