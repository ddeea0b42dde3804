import type { Ports } from '../ports.ts';
import { withCredential, withSecret, type Argument } from '../vcs/git/git-credentials.ts';
import type { ConfigEntry } from '../vcs/git/git-config.ts';
import type { LsRefs } from './ls-refs.ts';
import { refuseStrange, remoteTrouble } from './pair-trouble.ts';
import type { PersonalGit } from './personal-git.ts';
import { isKeepable, isMirrored, isObjectId, type SideRefs } from './ref-map.ts';
import type { Endpoint } from './repository-pair.ts';

/** Within a minute it is told that a server says nothing. */
const LIMIT_MS = 40_000;

/** What a side has. */
export interface Seen extends SideRefs {
  /** Names that no store can hold. */
  readonly unkeepable: readonly string[];
}

interface Lookers {
  readonly ports: Ports;
  readonly git: PersonalGit;
  readonly lsRefs: LsRefs;
}

/** What git is given for an endpoint: its address without a secret, and the credential through a pipe. */
export async function argumentFor(ports: Ports, { url, credential }: Endpoint): Promise<Argument> {
  refuseStrange(url);
  return credential === null ? withSecret(ports, url) : withCredential(ports, url, credential);
}

/** Asks a server for its heads, tags and HEAD: in the cheapest way that works. Throws a `PairTrouble`. */
export async function look({ ports, git, lsRefs }: Lookers, endpoint: Endpoint, side: 'source' | 'target', signal: AbortSignal): Promise<Seen> {
  refuseStrange(endpoint.url);
  const plain = isPlain(await git.entries()) ? await lsRefs.list(endpoint.url, endpoint.credential, signal) : null;
  if (plain) return seen(plain.refs, plain.head);
  const { url, options } = await argumentFor(ports, endpoint);
  // Asked for by name, so that refs which only other servers make sense of need not be sent.
  const end = await git.call(['ls-remote', '--symref', '--quiet', '--', url, 'HEAD', 'refs/heads/*', 'refs/tags/*'], { ...options, limitMs: LIMIT_MS, network: true, signal });
  if (end.ended !== 'exit' || end.code !== 0) throw remoteTrouble(side, url, end);
  const refs = new Map<string, string>();
  let head: string | null = null;
  for (const line of end.stdout.toString('utf8').split('\n')) {
    const [id = '', name = ''] = line.split('\t');
    if (name === 'HEAD' && id.startsWith('ref: refs/heads/')) head = id.slice('ref: '.length);
    if (isObjectId(id) && isMirrored(name) && !name.endsWith('^{}')) refs.set(name, id);
  }
  return seen(refs, head);
}

function seen(all: ReadonlyMap<string, string>, head: string | null): Seen {
  const names = [...all.keys()];
  return { refs: new Map([...all].filter(([name]) => isKeepable(name))), head, unkeepable: names.filter((name) => !isKeepable(name)) };
}

/** Rules of the person's own for addresses and connections are known to git only. */
const isPlain = (entries: readonly ConfigEntry[]): boolean =>
  !entries.some(({ key }) => /^url\..*\.insteadof$/.test(key) || (key.startsWith('http.') && /\.(?:proxy\w*|ssl\w+|extraheader|cookiefile|curloptresolve|schannel\w*|pinnedpubkey)$/.test(key)));
