/** The account of a full address. */
export const bareJid = (jid: string): string => jid.split('/', 1)[0] ?? jid;

/** What stands behind the first slash; empty for a bare address. */
export const resourceOf = (jid: string): string => jid.slice(bareJid(jid).length + 1);

export interface AccountParts {
  readonly local: string;
  readonly domain: string;
}

/**
 * An account as a person types it. Null when it is none; what would need quoting in XML or could pass for something else
 * in an address is refused rather than escaped (RFC 7622 allows more than anybody's server gives out).
 */
export function parseAccount(jid: string): AccountParts | null {
  const [, local, domain] = /^([^\s"&'/:<>@]{1,255})@([\p{L}\p{N}.-]{1,255}|\[[0-9a-f:.]+\])$/iu.exec(bareJid(jid.trim())) ?? [];
  return local && domain ? { local: local.toLowerCase(), domain: domain.toLowerCase() } : null;
}
