/**
 * SparkleShare's announcement protocol (https://github.com/travisghansen/fanout, `fanout.c`; the client is
 * `Sparkles/TcpListener.cs`): lines of UTF-8 over TCP, no encryption, no accounts. Whoever knows a channel's name may
 * listen and announce on it, so that what comes over it is a hint, or carries its own proof.
 */
export const FANOUT_PORT = 1986;

/** The longest line taken; a sealed doorbell has at most 2048 characters. */
export const MAX_LINE_BYTES = 8192;
const MAX_CHANNEL_CHARS = 128;
/** Channels of the protocol itself: everybody is on `all`, and `debug` is the server's voice. */
const RESERVED = new Set(['all', 'debug']);

export type ClientLine =
  | { readonly kind: 'subscribe' | 'unsubscribe'; readonly channel: string }
  | { readonly kind: 'announce'; readonly channel: string; readonly message: string }
  | { readonly kind: 'ping' | 'info' };

/** What a client says; null: nothing we know. */
export function parseClientLine(line: string): ClientLine | null {
  const [verb, channel, message] = split(line, ' ', 3);
  if (verb === 'ping' || verb === 'info') return { kind: verb };
  if (!channel || !isChannel(channel)) return null;
  if (verb === 'subscribe' || verb === 'unsubscribe') return message === undefined ? { kind: verb, channel } : null;
  return verb === 'announce' && message ? { kind: verb, channel, message } : null;
}

export type ServerLine = { readonly kind: 'message'; readonly channel: string; readonly message: string } | { readonly kind: 'time' | 'other' };

/** What a server says: `<channel>!<message>`, the time in answer to `ping`, or a greeting, anything. */
export function parseServerLine(line: string): ServerLine {
  if (/^\d{1,15}$/.test(line)) return { kind: 'time' };
  const [channel, message] = split(line, '!', 2);
  return channel && message && isChannel(channel) ? { kind: 'message', channel, message } : { kind: 'other' };
}

export const subscribeLine = (channel: string): string => `subscribe ${channel}\n`;
export const unsubscribeLine = (channel: string): string => `unsubscribe ${channel}\n`;
export const PING_LINE = 'ping\n';
export const announceLine = (channel: string, message: string): string => `announce ${channel} ${message}\n`;
export const messageLine = (channel: string, message: string): string => `${channel}!${message}\n`;

const isChannel = (name: string): boolean => name.length <= MAX_CHANNEL_CHARS && /^[\x22-\x7e]+$/.test(name) && !RESERVED.has(name);

/** At most `parts` parts; the last one keeps the separators in it. */
function split(line: string, separator: string, parts: number): string[] {
  const pieces = line.split(separator);
  return pieces.length <= parts ? pieces : [...pieces.slice(0, parts - 1), pieces.slice(parts - 1).join(separator)];
}

/** Cuts what comes from a socket into lines. */
export class LineSplitter {
  #rest: Buffer = Buffer.alloc(0);

  /** The lines that are complete now, without their ends; null when one is too long, after which nothing makes sense any more. */
  feed(chunk: Buffer): string[] | null {
    const text = Buffer.concat([this.#rest, chunk]);
    const lines: string[] = [];
    let start = 0;
    for (let end = text.indexOf(0x0a); end !== -1; end = text.indexOf(0x0a, start)) {
      if (end - start > MAX_LINE_BYTES) return null;
      lines.push(text.toString('utf8', start, end).replace(/\r$/, ''));
      start = end + 1;
    }
    this.#rest = text.subarray(start);
    return this.#rest.length > MAX_LINE_BYTES ? null : lines;
  }
}
