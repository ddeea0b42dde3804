/** A limit that names no time: GitHub asks for at least a minute. */
const UNNAMED_MS = 60_000;
/** A server's clock may be far off; nobody is made to wait longer than this by one answer. */
const LONGEST_MS = 6 * 3_600_000;
/** Above this a number of seconds is a time since 1970. */
const A_TIME_S = 1_000_000_000;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** What the answer says, as far as it is words. */
  readonly words: string;
}

/**
 * Until when an answer asks us to wait (milliseconds since 1970); null: it is no such answer. `429` always is; `403` where a
 * counter stands at nothing or the words say so (GitHub's two kinds of limits); `503` with `Retry-After`.
 */
export function askedToWaitUntil({ status, headers, words }: Answer, nowMs: number): number | null {
  const spent = (headers.get('x-ratelimit-remaining') ?? headers.get('ratelimit-remaining')) === '0';
  const limited = status === 429 || (status === 403 && (spent || headers.has('retry-after') || /rate limit|abuse detection/i.test(words))) || (status === 503 && headers.has('retry-after'));
  if (!limited) return null;
  const asked = retryAfter(headers.get('retry-after'), nowMs) ?? (spent || status === 429 ? resetTime(headers, nowMs) : null);
  const untilMs = asked ?? nowMs + UNNAMED_MS;
  return Math.min(Math.max(untilMs, nowMs), nowMs + LONGEST_MS);
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function retryAfter(text: string | null, nowMs: number): number | null {
  if (text === null) return null;
  if (/^\d+$/.test(text.trim())) return nowMs + Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : date;
}

/** GitHub and GitLab give seconds since 1970, others seconds from now. */
function resetTime(headers: Headers, nowMs: number): number | null {
  const seconds = Number(headers.get('x-ratelimit-reset') ?? headers.get('ratelimit-reset') ?? Number.NaN);
  if (!Number.isFinite(seconds) || seconds <= 0) return null;
  // One more second, so that the reset has happened by then.
  return (seconds > A_TIME_S ? seconds * 1000 : nowMs + seconds * 1000) + 1000;
}
