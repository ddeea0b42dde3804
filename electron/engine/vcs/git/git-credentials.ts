import { z } from 'zod';
import { LockstepError } from '../../errors.ts';
import type { Ports } from '../../ports.ts';
import { decoded, parseRemoteUrl, type RemoteUrl } from '../remote-url.ts';
import type { CallOptions } from './git-repository.ts';

/** An address as an argument, and what else the call needs. */
export interface Argument {
  readonly url: string;
  readonly options: Pick<CallOptions, 'secret' | 'config'>;
}

const credentialSchema = z.object({ username: z.string(), password: z.string() });
type Credential = z.infer<typeof credentialSchema>;

/** git's words for a name and a password are written to descriptor 3 of whatever it starts; one `get` reads them. */
const FROM_DESCRIPTOR = '!f() { test "$1" = get && cat <&3; }; f';

const PARTS = /^(https?:\/\/)(?:([^/]*)@)?([^/@]*)(.*)$/;

/**
 * What git is given in an argument: arguments can be read by every user of a machine. ssh never takes a password from
 * an address (git hands it on as a part of the name), so that there it is only left out.
 */
export function withoutSecret(address: string): string {
  const parsed = parseRemoteUrl(address);
  if (!parsed.ok || !parsed.url.hasPassword) return address;
  return PARTS.test(address) ? address.replace(PARTS, '$1$3$4') : address.replace(/^([a-z+]+:\/\/[^/:]*):[^/]*@/, '$1@');
}

/**
 * The address and, through a pipe, its password, to its own host only: the one that stands in it, or the one that stood
 * in it when it was cloned. Whatever the server says, it is taken out of that from now on.
 */
export async function withSecret(ports: Pick<Ports, 'secrets' | 'redactor' | 'log'>, address: string): Promise<Argument> {
  const url = withoutSecret(address);
  return withCredential(ports, url, credentialIn(address) ?? (await kept(ports, url)));
}

/** The same for an address without a secret, and a name and password that come from elsewhere (an account at a forge). */
export function withCredential(ports: Pick<Ports, 'redactor'>, url: string, credential: Credential | null): Argument {
  const [, scheme = '', , host = ''] = PARTS.exec(url) ?? [];
  if (!credential || scheme === '') return { url, options: {} };
  const { username, password } = credential;
  ports.redactor.learn('password', password || username);
  // The longest rule wins (git: remote.c, `alias_url`): none of the person's brings the secret back in.
  const asItIs: [string, string][] = [[`url.${url}.insteadOf`, url], [`url.${url}.pushInsteadOf`, url]];
  return { url, options: { config: [[`credential.${scheme}${host}.helper`, FROM_DESCRIPTOR], ...asItIs], secret: `username=${username}\npassword=${password}\n` } };
}

/** Keeps the password of an address, which no other file of ours has. */
export async function keepSecret({ secrets }: Pick<Ports, 'secrets'>, url: RemoteUrl): Promise<void> {
  const credential = credentialIn(url.text);
  if (credential) await secrets.set(secretName(withoutSecret(url.text)), JSON.stringify(credential));
}

/** Lets go of what `keepSecret` kept for an address. */
export async function forgetSecret({ secrets, log }: Pick<Ports, 'secrets' | 'log'>, address: string): Promise<void> {
  try {
    await secrets.remove(secretName(withoutSecret(address)));
  } catch (error) {
    if (!(error instanceof LockstepError)) throw error;
    // A keyring that is locked holds it under lock, at least.
    log.warn('the password of a remote stays', { error });
  }
}

const secretName = (url: string): string => `password for ${url}`;

function credentialIn(address: string): Credential | null {
  const parsed = parseRemoteUrl(address);
  const userinfo = parsed.ok && parsed.url.hasPassword ? PARTS.exec(address)?.[2] : undefined;
  if (userinfo === undefined) return null;
  const [username = '', password = ''] = /^([^:]*):?(.*)$/s.exec(userinfo)?.slice(1).map(decoded) ?? [];
  return { username, password };
}

async function kept({ secrets, log }: Pick<Ports, 'secrets' | 'log'>, url: string): Promise<Credential | null> {
  if (!/^https?:/.test(url)) return null;
  try {
    const text = await secrets.get(secretName(url));
    return text === null ? null : credentialSchema.parse(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof LockstepError)) throw error;
    // A keyring that is locked: the server will ask, and say what is missing.
    log.warn('the password of a remote is not to be had', { error });
    return null;
  }
}
