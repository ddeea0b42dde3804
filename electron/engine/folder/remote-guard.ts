import { displayUrl } from '../vcs/remote-url.ts';
import type { Finding } from '../vcs/vcs.ts';
import type { FolderContext } from './folder-context.ts';

/** The remote that was agreed to, or what keeps us from using it: an address changed outside is not followed unasked. */
export async function agreedRemote(context: FolderContext): Promise<{ readonly name: string; readonly branch: string } | Finding> {
  const { remote, branch } = context.settings();
  const current = branch ?? context.facts().branch;
  if (!remote || !current) return { code: 'no-remote', params: {} };
  const address = await context.vcs.remoteUrl(remote.name);
  if (address === null) return { code: 'no-remote', params: { remote: remote.name } };
  // A secret in the address is neither kept in the settings nor part of what was agreed to.
  if (displayUrl(address) !== remote.url) return { code: 'remote-changed', params: { remote: remote.name, url: displayUrl(address), agreed: remote.url } };
  return { name: remote.name, branch: current };
}
