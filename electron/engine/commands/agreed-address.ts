import { LockstepError } from '../errors.ts';
import { displayUrl, parseRemoteUrl, type RemoteUrl } from '../vcs/remote-url.ts';

/** An address that may be agreed to. Throws `address-refused` for what is none, and for a secret that `http` would carry in clear. */
export function agreeable(address: string): RemoteUrl {
  const parsed = parseRemoteUrl(address);
  const reason = parsed.ok ? 'secret-in-clear' : parsed.reason;
  if (!parsed.ok || (parsed.url.kind === 'http' && parsed.url.hasPassword)) throw new LockstepError('address-refused', { url: displayUrl(address), reason });
  return parsed.url;
}
