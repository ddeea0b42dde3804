import { MIRROR_CODES, type MirrorCode } from '../../../shared/mirror-problem.ts';
import type { Params } from '../../../shared/problem.ts';
import { LockstepError } from '../errors.ts';
import { detailOf, remoteTroubleOf, troubleOf } from '../vcs/git/git-failures.ts';
import { displayUrl, parseRemoteUrl } from '../vcs/remote-url.ts';
import type { CommandEnd } from '../vcs/run-command.ts';
import type { Trouble } from './repository-pair.ts';

/** Carries a trouble up from where it was met; never leaves this folder. */
export class PairTrouble extends Error {
  readonly trouble: Trouble;
  /** Where it was met. */
  readonly side: 'source' | 'store' | 'target';

  constructor(side: PairTrouble['side'], trouble: Trouble) {
    super(`${side}: ${trouble.code}`);
    this.name = 'PairTrouble';
    this.side = side;
    this.trouble = trouble;
  }
}

const isMirrorCode = (code: string): code is MirrorCode => (MIRROR_CODES as readonly string[]).includes(code);

/** What a failed call to a server means; throws `cancelled` when it was. */
export function remoteTrouble(side: 'source' | 'target', url: string, end: CommandEnd): PairTrouble {
  if (end.ended === 'cancelled') throw new LockstepError('cancelled');
  const { code, params } = remoteTroubleOf(end);
  return new PairTrouble(side, trouble(code, { server: serverOf(url), ...params }, end));
}

/** What a failed call on the store means. */
export function storeTrouble(path: string, end: CommandEnd): PairTrouble {
  if (end.ended === 'cancelled') throw new LockstepError('cancelled');
  const { code, params } = troubleOf(end) ?? { code: 'damaged-repository', params: { detail: detailOf(end.stderr) || end.ended } };
  return new PairTrouble('store', trouble(code, { path, ...params }, end));
}

function trouble(code: string, params: Params, end: CommandEnd): Trouble {
  return isMirrorCode(code) ? { code, params } : { code: 'remote-damaged', params: { ...params, detail: detailOf(end.stderr) } };
}

/** As a person knows it: the host, or the folder. */
export function serverOf(url: string): string {
  const parsed = parseRemoteUrl(url);
  return (parsed.ok ? (parsed.url.host ?? parsed.url.path) : null) ?? displayUrl(url);
}

/** An address that git is never given. */
export function refuseStrange(url: string): void {
  const parsed = parseRemoteUrl(url);
  if (!parsed.ok) throw new LockstepError('address-refused', { url: displayUrl(url), reason: parsed.reason });
}
