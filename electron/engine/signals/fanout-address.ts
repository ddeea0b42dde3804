import { LockstepError } from '../errors.ts';
import { FANOUT_PORT } from './fanout-protocol.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

const HOST = String.raw`\[[0-9a-fA-F:.]+\]|[\p{L}\p{N}_.-]+`;

/** `tcp://HOST[:PORT]`. Throws `address-refused`. */
export const parseFanoutUrl = (url: string): Address => address(url, new RegExp(`^tcp://(${HOST})(?::(\\d{1,5}))?/?$`, 'u'));

/** `[HOST:]PORT`, `HOST` or `:PORT` to listen on; without a host nobody but this machine is served. Throws `address-refused`. */
export const parseServeAddress = (text: string): Address => address(/^:?\d+$/.test(text) ? `127.0.0.1:${text.replace(':', '')}` : text, new RegExp(`^(${HOST})(?::(\\d{1,5}))?$`, 'u'));

export const formatAddress = ({ host, port }: Address): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** Where a server that listens here is reached from this machine. */
export function ownAddress({ host, port }: Address): Address {
  const wildcards: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
  return { host: wildcards[host] ?? host, port };
}

function address(text: string, pattern: RegExp): Address {
  const [, host, digits] = pattern.exec(text.trim()) ?? [];
  const port = digits === undefined ? FANOUT_PORT : Number(digits);
  if (!host || port > 65_535) throw new LockstepError('address-refused', { address: text });
  return { host: host.replace(/^\[|\]$/g, ''), port };
}
