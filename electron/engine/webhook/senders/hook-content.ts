import type { Delivery } from './sender.ts';

/** JSON, or the form that some senders wrap it in (`payload=…`); undefined: neither. */
export function hookContent({ headers, body }: Delivery): unknown {
  const text = body.toString('utf8');
  const isForm = (headers['content-type'] ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded');
  try {
    return JSON.parse(isForm ? (new URLSearchParams(text).get('payload') ?? '') : text) as unknown;
  } catch {
    return undefined;
  }
}
