import type { ProblemCode } from '../../../../shared/problem.ts';
import { isSystemLimit } from '../../errors.ts';
import type { CommandEnd } from '../run-command.ts';
import type { Finding, Trouble } from '../vcs.ts';

/** A process of git's, here or there, was ended by somebody (git: run-command.c): what git then says about the data is not so. */
export const CUT_SHORT = /died of signal (?:1|9|15)\b/;

/** What words mean; named groups become values, `how` tells apart kinds of one code. */
type Sign = readonly [words: RegExp, code: ProblemCode, how?: string];

/** git's and its helpers' words under LC_ALL=C, most telling first. */
const SIGNS: readonly Sign[] = [
  [/No space left on device|[Dd]isk quota exceeded|ENOSPC/, 'disk-full'],
  [/Read-only file system/, 'read-only'],
  [CUT_SHORT, 'offline'],
  [/REMOTE HOST IDENTIFICATION HAS CHANGED/, 'host-key-changed'],
  [/Host key verification failed|host key .* (?:known|verification)/i, 'host-key-changed', 'unknown'],
  [/SSL certificate problem|server certificate verification failed|certificate (?:has expired|subject name|is not)|SSL: no alternative certificate|unable to get local issuer|SSL_connect|gnutls_handshake|OpenSSL\/|schannel:|SSL peer certificate|SSL routines/i, 'tls-failed'],
  [/returned error: 429|rate limit|too many requests/i, 'rate-limited'],
  [/returned error: (?:401|403|407)|Authentication failed|could not read (?:Username|Password)|Permission denied \((?:publickey|password|keyboard|gssapi)|terminal prompts disabled|Invalid username or password|access denied/i, 'auth-failed'],
  [/ref updates aborted by hook/, 'remote-rejected'],
  [/returned error: (?:404|410)|[Rr]epository (?:'[^']*' )?not found|does not appear to be a git repository|not a git repository|No such remote|does not exist|fatal: '.*': No such file/, 'remote-gone'],
  [/repository corruption on the remote side|fsck error|pack is corrupted|bad pack header|pack signature mismatch/, 'remote-damaged'],
  [/returned error: (?<status>5\d\d)/, 'offline', 'server-error'],
  [/Could(?:n't| not) resolve|Temporary failure in name resolution|Name or service not known|nodename nor servname|Failed to connect|Couldn't connect|Could not connect|Connection (?:refused|reset|closed)|Network is unreachable|No route to host|unable to connect|Empty reply from server|recv failure|send failure|remote end hung up|early EOF|RPC failed|unexpected disconnect|transfer closed/i, 'offline'],
  [/Connection timed out|Operation timed out|Operation too slow|timed out/i, 'timeout'],
  [/index-pack (?:failed|abnormal)|fsck error|bad pack|pack has bad|inflate|remote did not send all necessary objects|bad (?:tree|blob|commit) object|error in object|protocol error|invalid index-pack output|did not receive expected object|unpack-objects (?:failed|abnormal)|object .* is corrupt/i, 'remote-damaged'],
];

/** What hurts the repository here, whatever was asked of git. */
const LOCAL_SIGNS: readonly Sign[] = [
  [/Unable to create '(?<file>[^']*\.lock)': File exists/, 'locked'],
  [/cannot lock ref .*File exists/, 'locked'],
  [/No space left on device|[Dd]isk quota exceeded|File too large|file write error/, 'disk-full'],
  [/Too many open files|Cannot allocate memory|cannot (?:fork|create (?:async )?thread)|unable to (?:fork|create thread)|Resource temporarily unavailable|[Oo]ut of memory/, 'system-limit'],
  [/Read-only file system|insufficient permission for adding an object|Unable to create '[^']*': Permission denied|unable to (?:create|write|open) .*Permission denied|cannot (?:create|open|mkdir) .*Permission denied/i, 'read-only'],
  [/object file .* is empty|loose object .* is corrupt|bad object|unable to read tree|index file (?:corrupt|smaller)|bad index file|bad signature|reference broken|unable to (?:find|read) [0-9a-f]{40}|is corrupt|not a valid object|missing (?:blob|tree|commit)|invalid sha1 pointer|unable to resolve reference|packfile .* (?:cannot|does not)|garbage at end|bad tree|bad ref|bad (?:numeric )?config|invalid object|not a git repository: '/i, 'damaged-repository'],
];

/** The last line that says something, for the details of a problem; progress and hints left out. */
export function detailOf(stderr: string): string {
  const lines = stderr.split(/[\r\n]+/).map((line) => line.trim()).filter((line) => line !== '' && !/^hint:|\d+% \(/.test(line));
  const telling = lines.filter((line) => /^(?:fatal|error|remote|ERROR|ssh|!)/.test(line));
  const line = telling.find((one) => one.startsWith('fatal:') && !/read from remote repository|correct access rights/.test(one)) ?? telling[0] ?? lines.at(-1) ?? '';
  return line.replace(/^(?:fatal|error): (?:unable to access '[^']*': )?/, '').slice(0, 400);
}

/** Trouble of the repository itself; null: nothing known. */
export function troubleOf(end: CommandEnd): Finding | null {
  if (end.ended === 'not-started') return notStarted(end.systemCode);
  if (end.ended === 'timed-out') return timedOut(end);
  return findSign(LOCAL_SIGNS, end.stderr);
}

const timedOut = ({ silentMs, stderr }: CommandEnd & { ended: 'timed-out' }): Finding => ({ code: 'timeout', params: { seconds: Math.round(silentMs / 1000), detail: detailOf(stderr) } });

/** What a failed command says of damage here, the remote's own words left out; null: nothing. */
export function localDamage(stderr: string): Finding | null {
  const finding = findSign(LOCAL_SIGNS, ourWords(stderr));
  return finding?.code === 'damaged-repository' ? finding : null;
}

const ourWords = (stderr: string): string => stderr.split('\n').filter((line) => !line.startsWith('remote:')).join('\n');

/** Trouble with the remote, or on the way to it. Unknown words are taken for a remote that cannot be used just now. */
export function remoteTroubleOf(end: CommandEnd): Trouble {
  if (end.ended === 'not-started') return { outcome: 'trouble', ...notStarted(end.systemCode) };
  if (end.ended === 'timed-out') return { outcome: 'trouble', ...timedOut(end) };
  // A full disk that the remote speaks of is its own.
  const ours = ourWords(end.stderr);
  const here = findSign(LOCAL_SIGNS.filter(([, code]) => code !== 'damaged-repository'), ours);
  const found = here ?? findSign(SIGNS, end.stderr) ?? findSign(LOCAL_SIGNS, ours) ?? { code: 'offline' as const, params: { detail: detailOf(end.stderr) } };
  if (!here && (found.code === 'disk-full' || found.code === 'read-only')) return { outcome: 'trouble', code: 'remote-rejected', params: { reason: found.code, ...found.params } };
  return { outcome: 'trouble', ...found };
}

function findSign(signs: readonly Sign[], stderr: string): Finding | null {
  for (const [words, code, how] of signs) {
    const match = words.exec(stderr);
    if (match) return { code, params: { detail: detailOf(stderr), ...(how === undefined ? {} : { how }), ...match.groups } };
  }
  return null;
}

/** Of a command that the system did not start. */
export function notStarted(systemCode: string | undefined): Finding {
  if (isSystemLimit(systemCode)) return { code: 'system-limit', params: { detail: systemCode ?? '' } };
  return { code: 'tool-missing', params: systemCode === 'ENOENT' ? { tool: 'git' } : { tool: 'git', detail: systemCode ?? '' } };
}
