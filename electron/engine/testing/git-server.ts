import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** How a server treats whoever comes. `status`: an answer and nothing else; the others serve, up to a point. */
export type Behaviour =
  | { readonly as: 'serving' }
  | { readonly as: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** Takes the request and never says a word. */
  | { readonly as: 'silent' }
  /** Serves so many bytes of each answer, and then says nothing more. */
  | { readonly as: 'stalling'; readonly afterBytes: number }
  /** Serves a few bytes at a time. */
  | { readonly as: 'trickling'; readonly bytes: number; readonly everyMs: number };

/** The repositories of a directory over smart HTTP, by git's own `http-backend`; anybody may push. It can be told to misbehave. */
export class GitServer {
  behaviour: Behaviour = { as: 'serving' };
  /** What was asked, and the status of the answer (0: none was given). */
  readonly heard: { readonly method: string; readonly path: string; readonly authorization: string | undefined; status: number }[] = [];
  readonly #root: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #server: Server;
  readonly #scheme: 'http' | 'https';
  readonly #backends = new Set<() => void>();

  private constructor(root: string, env: Readonly<Record<string, string>>, certificate: { readonly certFile: string; readonly keyFile: string } | undefined) {
    this.#root = root;
    this.#env = env;
    const answer: RequestListener = (request, response) => void this.#answer(request, response);
    this.#scheme = certificate ? 'https' : 'http';
    this.#server = certificate ? createTlsServer({ cert: readFileSync(certificate.certFile), key: readFileSync(certificate.keyFile) }, answer) : createServer(answer);
  }

  static async open(root: string, env: Readonly<Record<string, string>>, certificate?: { readonly certFile: string; readonly keyFile: string }): Promise<GitServer> {
    const server = new GitServer(root, env, certificate);
    await server.listen(0);
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  address(repository: string): string {
    return `${this.#scheme}://127.0.0.1:${this.port}/${repository}`;
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve) => void this.#server.listen(port, '127.0.0.1', resolve));
  }

  /** Nobody listens afterwards, until `listen` again. */
  async close(): Promise<void> {
    for (const end of this.#backends) end();
    this.#server.closeAllConnections();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const heard = { method, path: url, authorization: headers.authorization, status: 0 };
    this.heard.push(heard);
    const { behaviour } = this;
    if (behaviour.as === 'silent') return;
    if (behaviour.as === 'status') {
      heard.status = behaviour.status;
      response.writeHead(behaviour.status, { connection: 'close', ...behaviour.headers }).end();
      return;
    }
    const { status, head, body } = await this.#backend(request);
    heard.status = status;
    response.writeHead(status, head);
    await this.#pour(body, response);
  }

  /** One call of `git http-backend` (RFC 3875): its answer, taken apart. */
  async #backend(request: IncomingMessage): Promise<{ status: number; head: Record<string, string>; body: Buffer }> {
    const [path = '', query = ''] = (request.url ?? '/').split('?');
    const cgi: Record<string, string | undefined> = {
      GIT_PROJECT_ROOT: this.#root,
      GIT_HTTP_EXPORT_ALL: '1',
      // With a name the backend lets people push.
      REMOTE_USER: 'anybody',
      REQUEST_METHOD: request.method,
      PATH_INFO: path,
      QUERY_STRING: query,
      CONTENT_TYPE: request.headers['content-type'],
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
      GIT_PROTOCOL: request.headers['git-protocol']?.toString(),
    };
    const child = spawn('git', ['http-backend'], { env: { ...this.#env, ...cgi }, stdio: ['pipe', 'pipe', 'ignore'] });
    const end = (): boolean => child.kill('SIGKILL');
    this.#backends.add(end);
    child.stdin.on('error', () => undefined);
    request.pipe(child.stdin);
    const chunks: Buffer[] = [];
    for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
    this.#backends.delete(end);
    const output = Buffer.concat(chunks);
    const gap = output.indexOf('\r\n\r\n');
    const lines = output.toString('latin1', 0, gap).split('\r\n').map((line) => line.split(/: (.*)/s));
    const head = Object.fromEntries(lines.map(([name = '', value = '']) => [name.toLowerCase(), value]));
    const { status = '200', ...others } = head;
    return { status: Number.parseInt(status, 10), head: others, body: output.subarray(gap + 4) };
  }

  /** The body, as this server's behaviour has it by now. */
  async #pour(body: Buffer, response: ServerResponse): Promise<void> {
    const { behaviour } = this;
    if (behaviour.as === 'stalling') {
      response.write(body.subarray(0, behaviour.afterBytes));
      if (body.length <= behaviour.afterBytes) response.end();
      return;
    }
    if (behaviour.as !== 'trickling') {
      response.end(body);
      return;
    }
    for (let at = 0; at < body.length && !response.destroyed; at += behaviour.bytes) {
      response.write(body.subarray(at, at + behaviour.bytes));
      await new Promise((resolve) => setTimeout(resolve, behaviour.everyMs));
    }
    response.end();
  }
}
