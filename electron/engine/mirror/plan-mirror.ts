import { posix } from 'node:path';
import type { CommandInput } from '../../../shared/commands.ts';
import { mirrorOptionsSchema, type MirrorSettings, type MirrorSource, type MirrorTarget } from '../../../shared/mirror.ts';
import type { Settings } from '../../../shared/settings.ts';
import { LockstepError } from '../errors.ts';
import { displayUrl, matchKey, type RemoteUrl } from '../vcs/remote-url.ts';
import { namePattern } from './name-pattern.ts';
import { oneName } from './one-name.ts';

type Input = CommandInput<'mirror.add'>;
export interface PlannedMirror {
  readonly settings: Omit<MirrorSettings, 'id' | 'addedAt'>;
  /** Addresses as given, whose passwords are to be kept. */
  readonly addresses: readonly RemoteUrl[];
}

/** Checks all that can be wrong with a new mirror before anything is asked or written. `address` refuses what may not be agreed to. */
export function planMirror(input: Input, present: Pick<Settings, 'mirrors' | 'accounts'>, address: (url: string) => RemoteUrl, directory: (path: string) => string): PlannedMirror {
  const addresses: RemoteUrl[] = [];
  const agreed = (url: string): string => {
    const parsed = address(url);
    addresses.push(parsed);
    return displayUrl(parsed.text);
  };
  const source = sourceOf(input, present, agreed);
  const target = targetOf(input, present, agreed, directory);
  const clash = present.mirrors.find((mirror) => overlaps(mirror, { source, target }));
  if (clash) throw new LockstepError('already-added', { path: shownTarget(target), folder: clash.name });
  if (source.kind !== 'owner' && target.kind === 'remote' && matchKey(source.url) === matchKey(target.url)) throw new LockstepError('address-refused', { url: target.url, reason: 'inside-itself' });
  const name = input.name ?? (source.kind === 'owner' ? posix.basename(source.owner) : oneName(source.url));
  return { settings: { name, source, target, options: mirrorOptionsSchema.parse(input.options) }, addresses };
}

function sourceOf({ source }: Input, present: Pick<Settings, 'accounts'>, agreed: (url: string) => string): MirrorSource {
  if ('hg' in source) throw new LockstepError('not-available', { detail: 'Mercurial repositories cannot be mirrored yet.' });
  if ('url' in source) return { kind: 'url', url: agreed(source.url) };
  namePattern(source.match ?? null);
  refuseUnknown(present, source.account);
  const { account, owner, match, syncNew, forks, archived } = source;
  return { kind: 'owner', account, owner: plainOwner(owner), match: match ?? null, syncNew, forks, archived };
}

function targetOf({ target, source }: Input, present: Pick<Settings, 'accounts'>, agreed: (url: string) => string, directory: (path: string) => string): MirrorTarget {
  if ('directory' in target) return { kind: 'directory', path: directory(target.directory) };
  if ('url' in target) {
    if ('account' in source) throw new LockstepError('usage', { detail: 'Many repositories cannot be pushed to one address; give --push-account and --push-owner.' });
    return { kind: 'remote', url: agreed(target.url) };
  }
  refuseUnknown(present, target.account);
  if ('account' in source && source.account === target.account && plainOwner(source.owner) === plainOwner(target.owner)) throw new LockstepError('usage', { detail: 'An owner cannot be mirrored to itself.' });
  return { kind: 'account', account: target.account, owner: plainOwner(target.owner) };
}

/** As it stands in addresses; slashes around it are a slip of the pen, `..` is none. */
function plainOwner(owner: string): string {
  const plain = owner.replace(/^\/+|\/+$/g, '');
  if (!/^[^\s?#%\\]+$/.test(plain) || plain.split('/').some((part) => /^\.*$/.test(part))) throw new LockstepError('usage', { detail: `“${owner}” is not an owner’s name.` });
  return plain;
}

function refuseUnknown({ accounts }: Pick<Settings, 'accounts'>, name: string): void {
  if (!accounts.some((account) => account.name === name)) throw new LockstepError('no-such-account', { account: name });
}

type Pair = Pick<MirrorSettings, 'source' | 'target'>;

/** Two mirrors that pushed to one place would take back each other's work; a folder has room for several, each repository once. */
function overlaps(a: Pair, b: Pair): boolean {
  if (a.target.kind === 'directory' && b.target.kind === 'directory') return a.target.path === b.target.path && sourceKey(a.source) === sourceKey(b.source);
  if (a.target.kind === 'remote' && b.target.kind === 'remote') return matchKey(a.target.url) === matchKey(b.target.url);
  return a.target.kind === 'account' && b.target.kind === 'account' && a.target.account === b.target.account && a.target.owner === b.target.owner;
}

const sourceKey = (source: MirrorSource): string => (source.kind === 'owner' ? `${source.account}#${source.owner}#${source.match ?? ''}` : matchKey(source.url));

const shownTarget = (target: MirrorTarget): string => (target.kind === 'directory' ? target.path : target.kind === 'remote' ? displayUrl(target.url) : `${target.account}/${target.owner}`);
