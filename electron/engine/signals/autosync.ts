import { displayUrl } from '../vcs/remote-url.ts';

/**
 * The messages of dvcs-autosync (https://codeberg.org/rmayr/dvcs-autosync, `dvcs-autosync` and `jabberbot.py`): chat
 * messages from the account to itself. Its bots answer every unknown word with a message of their own, so nothing but
 * `pushed` is ever said to them.
 */
const RESOURCE = 'AutosyncJabberBot';
const MAX_BODY_CHARS = 4096;

/** Whether a resource is such a bot: `AutosyncJabberBot on <hostname>`. */
export const isAutosyncBot = (resource: string): boolean => resource.startsWith(RESOURCE);

/** The address in `pushed URL`, as it was sent but for white space and the `b'…\n'` that the Python 3 port wraps around it; null for all other bodies. */
export function pushedUrl(body: string): string | null {
  if (body.length > MAX_BODY_CHARS) return null;
  const [, url] = /^pushed\s+(\S.*)$/is.exec(body.trim()) ?? [];
  if (!url) return null;
  const [, , bytes] = /^b(['"])(.*)\1$/s.exec(url) ?? [];
  return (bytes ?? url).replace(/(?:\\n|\s)+$/, '') || null;
}

/** The body to say. Whoever reads the account's messages need not know the password in an address: it is left out. */
export const pushedBody = (url: string): string => `pushed ${displayUrl(url)}`;
