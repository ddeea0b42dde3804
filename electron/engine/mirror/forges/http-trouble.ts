import { LockstepError, isSystemLimit, systemCode } from '../../errors.ts';

const OFFLINE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EHOSTDOWN', 'EADDRNOTAVAIL', 'UND_ERR_SOCKET', 'UND_ERR_ABORTED', 'UND_ERR_DESTROYED', 'UND_ERR_CLOSED']);
const TIMEOUT = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
/** What Node's TLS says of a certificate or of a talk that is none (tls, "X509 certificate error codes"; OpenSSL's reasons). */
const TLS = /^(?:CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CRL_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH_EXCEEDED|INVALID_PURPOSE)/;

/** What the `Http` port rejected with, as trouble of the mirrors; null: nothing known, a surprise. `server` is for people. */
export function httpTrouble(error: unknown, server: string): LockstepError | null {
  const code = systemCode(error);
  if (!(error instanceof Error)) return null;
  // The standard of `fetch` forbids ports that other protocols are known by; nothing is asked of them.
  if (/\bbad port\b/.test(`${error.message} ${error.cause instanceof Error ? error.cause.message : ''}`)) return new LockstepError('address-refused', { url: server, reason: 'port' }, { cause: error });
  if (code === undefined) return null;
  const detail = error.message;
  if (isSystemLimit(code)) return new LockstepError('system-limit', { server }, { cause: error });
  if (TIMEOUT.has(code)) return new LockstepError('timeout', { server, seconds: 30 }, { cause: error });
  if (TLS.test(code)) return new LockstepError('tls-failed', { server, detail }, { cause: error });
  if (OFFLINE.has(code)) return new LockstepError('offline', { server, detail }, { cause: error });
  // Not HTTP at all, or an answer beyond every measure.
  if (code.startsWith('HPE_') || code.startsWith('UND_ERR_') || code === 'EMSGSIZE') return new LockstepError('remote-damaged', { server, detail }, { cause: error });
  return null;
}

/** Whether the same request may get through a moment later: a kept connection that the other side had closed, a gateway in between. */
export const isPassing = (error: unknown): boolean => ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(systemCode(error) ?? '');
