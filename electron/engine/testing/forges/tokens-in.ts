import type { IncomingHttpHeaders } from 'node:http';

/** Whatever a request brings that could be a token: `Bearer`, `token`, the password of `Basic`, GitLab's own header. */
export function tokensIn(headers: IncomingHttpHeaders): string[] {
  const [scheme = '', value = ''] = (headers.authorization ?? '').split(' ');
  const said = scheme.toLowerCase() === 'basic' ? (Buffer.from(value, 'base64').toString().split(/:(.*)/s)[1] ?? '') : value;
  return [said, headers['private-token']?.toString() ?? ''].filter(Boolean);
}
