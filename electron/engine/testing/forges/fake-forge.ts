import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, request as forward, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AccountSettings, ForgeKind } from '../../../../shared/mirror.ts';
import { GitServer } from '../git-server.ts';
import { answerBy, record, type Dialect, type FakeAnswer, type FakeTalk } from './fake-answer.ts';
import { pushDelivery } from './fake-delivery.ts';
import { FakeFaults, answerWrongly } from './fake-faults.ts';
import { FakeRepositories, type FakeCommit } from './fake-repositories.ts';
import { FakeState, fullName, type FakeHook, type FakeRepository } from './fake-state.ts';
import { DIALECTS } from './dialects.ts';
import { tokensIn } from './tokens-in.ts';

export interface FakeForgeOptions {
  readonly kind: ForgeKind;
  /** For its repositories; made when it is not there. */
  readonly directory: string;
  /** For git: a home and a configuration of the test's own. */
  readonly env: Readonly<Record<string, string>>;
  readonly token?: string;
  /** Whose token it is; this user is there from the beginning. */
  readonly login?: string;
  readonly pageCap?: number;
  /** Path before everything, as behind some proxies. */
  readonly prefix?: string;
  /** Whether git has to say the token too. */
  readonly guardsGit?: boolean;
}

interface FakeContents extends Partial<Omit<FakeRepository, 'id' | 'owner' | 'slug'>> {
  /** How many commits `main` has (1); 0: an empty repository. */
  readonly commits?: number;
}

/** A forge on the loopback: its API, and its repositories over smart HTTP on the same port. */
export class FakeForge {
  readonly kind: ForgeKind;
  token: string;
  /** What the forge says about the token; `scopes` null: nothing. */
  about: { scopes: readonly string[] | null; expires: string | null } = { scopes: null, expires: null };
  readonly login: string;
  readonly faults = new FakeFaults();
  /** Requests to the API and for git, in order, with what was answered (0: nothing yet). */
  readonly heard: { readonly method: string; readonly path: string; readonly authorization: string | undefined; readonly isGit: boolean; status: number }[] = [];
  readonly state: FakeState;
  guardsGit: boolean;
  readonly #repositories: FakeRepositories;
  readonly #dialect: Dialect;
  readonly #git: GitServer;
  readonly #server: Server;
  readonly #options: FakeForgeOptions;

  private constructor(options: FakeForgeOptions, git: GitServer) {
    const { kind, directory, env, token = 'canary-forge-token', login = 'robin', guardsGit = true } = options;
    this.kind = kind;
    this.token = token;
    this.login = login;
    this.guardsGit = guardsGit;
    this.#options = options;
    this.#dialect = DIALECTS[kind];
    this.#git = git;
    const repositories = new FakeRepositories(directory, env);
    this.#repositories = repositories;
    this.state = new FakeState(repositories);
    this.state.addOwner(login, false);
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async open(options: FakeForgeOptions): Promise<FakeForge> {
    mkdirSync(options.directory, { recursive: true });
    const forge = new FakeForge(options, await GitServer.open(options.directory, options.env));
    await once(forge.#server.listen(0, '127.0.0.1'), 'listening');
    forge.state.origin = `http://127.0.0.1:${(forge.#server.address() as AddressInfo).port}${options.prefix ?? ''}`;
    return forge;
  }

  /** Address of the API. */
  get api(): string {
    return this.state.origin + this.#dialect.apiPath;
  }

  /** How it serves git: `serving`, `silent`, … */
  get git(): Pick<GitServer, 'behaviour'> {
    return this.#git;
  }

  account(name = 'work'): AccountSettings {
    return { name, forge: this.kind, api: this.api, user: this.login, check: null };
  }

  /** A repository of an organisation, group, workspace or project (made on the way), unless the owner is known as a user. */
  add(owner: string, slug: string, { commits = 1, ...others }: FakeContents = {}): FakeRepository {
    this.state.addOwner(owner, true);
    const repository = this.state.create(owner, { slug, ...others });
    if (!repository) throw new Error(`${owner}/${slug} is there already`);
    for (let count = 0; count < commits; count += 1) this.#repositories.commit(repository.id, { message: `Change ${count + 1} of ${slug}`, branch: repository.defaultBranch });
    if (commits > 0 && repository.defaultBranch !== 'main') this.#repositories.setHead(repository.id, repository.defaultBranch);
    return repository;
  }

  commit(name: string, commit: FakeCommit = {}): string {
    return this.#repositories.commit(this.#found(name).id, commit);
  }

  /** Wherever it points to now; null: deleted. */
  setRef(name: string, ref: string, commit: string | null): void {
    this.#repositories.setRef(this.#found(name).id, ref, commit);
  }

  setDefaultBranch(name: string, branch: string): void {
    const found = this.#found(name);
    found.defaultBranch = branch;
    this.#repositories.setHead(found.id, branch);
  }

  refs(name: string): Record<string, string> {
    return this.#repositories.refs(this.#found(name).id);
  }

  /** Its bare repository on this disk. */
  bare(name: string): string {
    return this.#repositories.directory(this.#found(name).id);
  }

  cloneUrl(name: string): string {
    return `${this.state.origin}${this.#dialect.gitPath(fullName(this.#found(name)))}.git`;
  }

  rename(name: string, slug: string): void {
    this.state.move(name, { slug });
  }

  transfer(name: string, owner: string): void {
    this.state.addOwner(owner, true);
    this.state.move(name, { owner });
  }

  remove(name: string): void {
    this.state.remove(name);
  }

  hooks(scope: string): readonly FakeHook[] {
    return this.state.hooksOf(scope);
  }

  /** Rings every hook that is there for it, as after a push; the statuses that were answered with. */
  async ring(name: string): Promise<number[]> {
    const repository = this.#found(name);
    const hooks = [...this.hooks(name), ...this.hooks(repository.owner)].filter(({ active }) => active);
    return Promise.all(
      hooks.map(async ({ url, secret }) => {
        const { headers, body } = pushDelivery(this.kind, repository, this.state.origin, secret);
        return (await fetch(url, { method: 'POST', headers, body })).status;
      }),
    );
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.#git.close();
  }

  #found(name: string): FakeRepository {
    const found = this.state.find(name);
    if (!found) throw new Error(`no ${name} here`);
    return found;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', headers } = request;
    const path = (request.url ?? '/').slice((this.#options.prefix ?? '').length);
    const isGit = !path.startsWith(`${this.#dialect.apiPath}/`);
    const heard = { method, path, authorization: headers.authorization ?? headers['private-token']?.toString(), isGit, status: 0 };
    this.heard.push(heard);
    const fault = this.faults.take(`${method} ${path}`);
    if (fault) heard.status = answerWrongly(fault, response);
    else if (isGit) this.#serveGit(request, response, path, (status) => (heard.status = status));
    else heard.status = await this.#serveApi(request, response, path.slice(this.#dialect.apiPath.length));
  }

  async #serveApi(request: IncomingMessage, response: ServerResponse, address: string): Promise<number> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = tokensIn(request.headers).includes(this.token) ? this.#answerTo(request, address, Buffer.concat(chunks).toString()) : { status: 401, body: this.#dialect.refusal('Bad credentials') };
    const content = answer.body === undefined ? '' : JSON.stringify(answer.body);
    const etag = `W/"${createHash('sha1').update(content + (answer.headers?.['link'] ?? '')).digest('hex')}"`;
    const unchanged = request.method === 'GET' && answer.status === 200 && request.headers['if-none-match'] === etag;
    const status = unchanged ? 304 : answer.status;
    response.writeHead(status, { ...(content === '' ? {} : { 'content-type': 'application/json; charset=utf-8', etag }), ...answer.headers }).end(unchanged ? '' : content);
    return status;
  }

  #answerTo(request: IncomingMessage, address: string, content: string): FakeAnswer {
    const { pathname: path, searchParams: query } = new URL(address, 'http://forge');
    const talk: FakeTalk = { state: this.state, api: this.api, login: this.login, pageCap: this.#options.pageCap ?? this.#dialect.pageCap, token: this.about };
    const call = { method: request.method ?? 'GET', path, query, body: record(content === '' ? null : JSON.parse(content)) };
    return answerBy(this.#dialect.routes, call, talk) ?? { status: 404, body: this.#dialect.refusal('Not Found') };
  }

  /** Passed on to git's own server, under the number of the repository. */
  #serveGit(request: IncomingMessage, response: ServerResponse, path: string, answered: (status: number) => void): void {
    const end = (status: number, headers: Record<string, string> = {}): void => {
      answered(status);
      response.writeHead(status, headers).end();
    };
    if (this.guardsGit && !tokensIn(request.headers).includes(this.token)) return end(401, { 'www-authenticate': 'Basic realm="forge"' });
    const [, name = '', rest = ''] = /^(.+?)\.git(\/.*)$/.exec(path) ?? [];
    const found = this.state.repositories.find((each) => this.#dialect.gitPath(fullName(each)) === name);
    if (!found) {
      const moved = this.state.formerly(name.replace(/^\/(?:scm\/)?/, ''));
      return moved ? end(301, { location: `${this.state.origin}${this.#dialect.gitPath(fullName(moved))}.git${rest}` }) : end(404);
    }
    this.#repositories.directory(found.id);
    const onward = forward({ host: '127.0.0.1', port: this.#git.port, method: request.method, path: `/${found.id}.git${rest}`, headers: request.headers }, (answer) => {
      answered(answer.statusCode ?? 0);
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  }
}
