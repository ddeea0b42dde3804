import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeCertificate } from '../certificate.ts';

interface Account {
  readonly user: string;
  readonly password: string;
}

/** Bare repositories below a folder over https, for some names and passwords: git's own `http-backend`. */
export class GitHttpsServer {
  readonly certFile: string;
  readonly #root: string;
  readonly #accounts: readonly [Account, ...Account[]];
  readonly #server: Server;

  private constructor(options: { root: string; accounts: readonly [Account, ...Account[]]; certFile: string; keyFile: string }) {
    this.certFile = options.certFile;
    this.#root = options.root;
    this.#accounts = options.accounts;
    this.#server = createServer({ cert: readFileSync(options.certFile), key: readFileSync(options.keyFile) }, (request, response) => this.#answer(request, response));
  }

  static async start(root: string, ...accounts: readonly [Account, ...Account[]]): Promise<GitHttpsServer> {
    const server = new GitHttpsServer({ root, accounts, ...(await makeCertificate(root)) });
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** With a name in it, and the password where there is one. */
  url(repository: string, { user, password } = this.#accounts[0]): string {
    return `https://${user}${password === '' ? '' : `:${encodeURIComponent(password)}`}@localhost:${(this.#server.address() as AddressInfo).port}/${repository}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const given = Buffer.from(request.headers.authorization?.replace(/^Basic /, '') ?? '', 'base64').toString();
    if (!this.#accounts.some(({ user, password }) => given === `${user}:${password}`)) return void response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
    this.#serve(request, response);
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const [path = '', query = ''] = (request.url ?? '').split('?');
    const backend = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env['PATH'],
        GIT_PROJECT_ROOT: this.#root,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_CONFIG_NOSYSTEM: '1',
        PATH_INFO: path,
        QUERY_STRING: query,
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        HTTP_GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        REMOTE_USER: 'anybody',
      },
    });
    request.pipe(backend.stdin);
    const chunks: Buffer[] = [];
    backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    backend.on('close', () => reply(response, Buffer.concat(chunks)));
  }
}

/** A CGI answer: header lines, an empty one, the body (RFC 3875, section 6). */
function reply(response: ServerResponse, answer: Buffer): void {
  const end = answer.indexOf('\r\n\r\n');
  const headers = answer.subarray(0, Math.max(0, end)).toString().split('\r\n').map((line) => line.split(': ') as [string, string]);
  const status = headers.find(([name]) => name === 'Status')?.[1];
  response.writeHead(status ? Number.parseInt(status, 10) : 200, Object.fromEntries(headers.filter(([name]) => name !== 'Status' && name !== '')));
  response.end(answer.subarray(end + 4));
}
