import { posix } from 'node:path';
import type { Files } from '../../ports.ts';
import type { RepositoryPlace, Trouble } from '../vcs.ts';
import { displayUrl, matchKey, parseRemoteUrl, type RemoteUrl } from '../remote-url.ts';
import { withoutSecret } from './git-credentials.ts';
import type { GitRepository } from './git-repository.ts';
import { configValue, firstValue, isLocal, splitKey, type ConfigEntry } from './git-config.ts';

/** Names of remotes that have an address. */
export function remoteNames(entries: readonly ConfigEntry[]): string[] {
  const named = entries.map(({ key }) => splitKey(key)).filter(({ section, name, subsection }) => section === 'remote' && name === 'url' && subsection !== '');
  return [...new Set(named.map(({ subsection }) => subsection))];
}

/** Folders on this machine that are remotes: where they were fetched from or pushed to, processes of ours were at work. */
export function localRemotes(entries: readonly ConfigEntry[]): string[] {
  const addresses = remoteNames(entries).flatMap((name) => [fetchAddress(entries, name), pushAddress(entries, name)]);
  return addresses.flatMap((address) => {
    const parsed = typeof address === 'string' ? parseRemoteUrl(address) : null;
    return parsed?.ok && parsed.url.kind === 'file' ? [parsed.url.path] : [];
  });
}

/** As `url.BASE.insteadOf` rewrites it: the longest beginning that fits wins (git: remote.c, `alias_url`). */
function rewritten(entries: readonly ConfigEntry[], address: string, rule: 'insteadof' | 'pushinsteadof'): string {
  let best: { base: string; length: number } | null = null;
  for (const { key, value } of entries) {
    const { section, subsection, name } = splitKey(key);
    if (section !== 'url' || name !== rule || !value || !address.startsWith(value)) continue;
    if (!best || value.length > best.length) best = { base: subsection, length: value.length };
  }
  return best ? best.base + address.slice(best.length) : address;
}

/** The address of a remote, as the repository's own configuration has it; null: no such remote. */
export function remoteAddress(entries: readonly ConfigEntry[], remote: string): string | null {
  const configured = firstValue(entries, `remote.${remote}.url`);
  return configured === null ? null : rewritten(entries.filter(isLocal), configured, 'insteadof');
}

/** What git is given to fetch from: only what `parseRemoteUrl` takes, before and after rewriting. */
export function fetchAddress(entries: readonly ConfigEntry[], remote: string): string | Trouble {
  const configured = firstValue(entries, `remote.${remote}.url`);
  if (configured === null) return { outcome: 'trouble', code: 'no-remote', params: { remote } };
  return vetted(entries, configured, rewritten(entries, configured, 'insteadof'), remote);
}

/**
 * What git is given to push to. An address of its own for pushing counts when it is the same repository reached
 * another way; another repository would be one that nobody agreed to.
 */
export function pushAddress(entries: readonly ConfigEntry[], remote: string): string | Trouble {
  const agreed = fetchAddress(entries, remote);
  if (typeof agreed !== 'string') return agreed;
  const own = configValue(entries, `remote.${remote}.pushurl`);
  const target = own !== null && matchKey(own) === matchKey(agreed) ? own : agreed;
  const redirected = rewritten(entries.filter(isLocal), target, 'pushinsteadof');
  if (matchKey(redirected) !== matchKey(target)) return { outcome: 'trouble', code: 'remote-changed', params: { remote, url: displayUrl(redirected) } };
  const pushed = rewritten(entries, target, 'pushinsteadof');
  return vetted(entries, target, pushed === target ? rewritten(entries, target, 'insteadof') : pushed, remote);
}

function vetted(entries: readonly ConfigEntry[], given: string, effective: string, remote: string): string | Trouble {
  for (const address of [given, effective]) {
    const parsed = parseRemoteUrl(address);
    if (!parsed.ok) return astray(remote, address, parsed.reason);
  }
  // A secret that the rewriting brings in would be an argument of what git starts for it.
  const used = withoutSecret(effective) === effective ? given : effective;
  return [used, withoutSecret(used)].some((address) => isShadowed(entries, address)) ? astray(remote, given, 'shadowed') : used;
}

const astray = (remote: string, address: string, reason: string): Trouble => ({ outcome: 'trouble', code: 'remote-changed', params: { remote, url: displayUrl(address), reason } });

/** A remote of the repository that is called like the address would take its place, with an address of its own (git: remote.c, `remote_get`). */
function isShadowed(entries: readonly ConfigEntry[], address: string): boolean {
  return entries.some((entry) => isLocal(entry) && splitKey(entry.key).section === 'remote' && splitKey(entry.key).subsection === address);
}

/**
 * The same address, unless files say otherwise: git looks up one without a slash in files of an old kind, and a folder
 * on this machine that lies in the repository itself would bring hooks along.
 */
export async function agreedPlace({ ports: { files }, place }: GitRepository, remote: string, address: string | Trouble): Promise<string | Trouble> {
  if (typeof address !== 'string') return address;
  if (!address.includes('/')) {
    for (const folder of ['remotes', 'branches']) if (await files.stat(`${place.commonDir}/${folder}/${address}`)) return astray(remote, address, 'shadowed');
  }
  const parsed = parseRemoteUrl(address);
  return parsed.ok && (await leadsInside(files, parsed.url, place)) ? astray(remote, address, 'inside-itself') : address;
}

/** Whether a local address is a folder below the work tree, or in the repository's own data. */
export async function leadsInside(files: Files, { kind, path }: RemoteUrl, place: RepositoryPlace): Promise<boolean> {
  if (kind !== 'file') return false;
  // git also takes `path.git` for `path`.
  const real = await Promise.all([path, `${path}.git`, posix.dirname(path)].map((one) => files.realPath(one).catch(() => one)));
  return real.some((one) => [place.workTree, place.gitDir, place.commonDir].some((folder) => one === folder || one.startsWith(`${folder}/`)));
}
