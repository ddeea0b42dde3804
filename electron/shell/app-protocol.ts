import { readFile } from 'node:fs/promises';
import { extname, join, relative, resolve } from 'node:path';
import { protocol } from 'electron';
import { systemCode } from '../engine/errors.ts';

const SCHEME = 'app';
const HOST = 'lockstep';

/** Where the window's page comes from; nobody else may talk to the main process. */
export const APP_ORIGIN = `${SCHEME}://${HOST}`;

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Before `ready`: an origin of its own, so that the page is neither a file nor anything from the network. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/** Serves the files below `root` and nothing else. */
export function serveApp(root: string): void {
  protocol.handle(SCHEME, async ({ method, url }) => {
    const file = method === 'GET' ? appFile(root, url) : null;
    if (file === null) return answer(404);
    try {
      return answer(200, await readFile(file), TYPES[extname(file)]);
    } catch (error) {
      return answer(systemCode(error) === undefined ? 500 : 404);
    }
  });
}

/** The file behind an address; null for another host, another kind of file, or one that is not below `root`. */
export function appFile(root: string, address: string): string | null {
  const url = new URL(address);
  if (url.host !== HOST) return null;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  const file = resolve(join(root, path));
  const isBelow = !relative(root, file).startsWith('..') && !path.includes('\0');
  return isBelow && extname(file) in TYPES ? file : null;
}

const answer = (status: number, body: ConstructorParameters<typeof Response>[0] = null, type = 'text/plain'): Response =>
  new Response(body, { status, headers: { 'content-type': type, 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' } });
