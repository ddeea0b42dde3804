import type { PushOutcome } from '../vcs.ts';
import { CUT_SHORT, detailOf, localDamage } from './git-failures.ts';

/** The reason in `--porcelain`'s line of a ref that was not taken: `!` TAB refs TAB `[rejected] (fetch first)`. */
export const rejectionIn = (output: string): string | null => /^!\t[^\t]*\t(.*)$/m.exec(output)?.[1] ?? null;

/** Somebody else was first, as our git or the server's puts it. */
const MOVED = /fetch first|non-fast-forward|stale info|but expected|incorrect old value|reference already exists|failed to update ref|cannot lock ref|fast-forwardable/;

/** A lock on the remote's side: of another push just now, or left by one that died. Either is tried again after a while. */
const LOCKED_THERE = /^remote: .*Unable to create '([^']+\.lock)': File exists/m;

/** What a refused push means, from the reason that stands with the ref and from what was said on the way. */
export function rejected(summary: string, stderr: string): PushOutcome {
  const lock = LOCKED_THERE.exec(stderr)?.[1];
  if (lock) return { outcome: 'trouble', code: 'locked', params: { how: 'remote', file: lock.replaceAll('/./', '/') } };
  const reason = /\((.*)\)/.exec(summary)?.[1] ?? summary;
  const said = stderr.split('\n').filter((line) => line.startsWith('remote:')).map((line) => line.slice('remote:'.length).trim()).filter(Boolean);
  const detail = (said.find((line) => /error|denied|reject|fatal/i.test(line)) ?? said[0] ?? reason).replace(/^(?:error|fatal): /, '').slice(0, 400);
  if (MOVED.test(summary)) return { outcome: 'remote-moved', detail };
  if (CUT_SHORT.test(stderr)) return { outcome: 'trouble', code: 'offline', params: { detail: detailOf(stderr) } };
  // The remote could not unpack what broke off here.
  const damage = reason === 'unpacker error' ? localDamage(stderr) : null;
  if (damage) return { outcome: 'trouble', ...damage };
  const path = /\bFile (.+?) is [\d.]+ [KMG]B/.exec(stderr)?.[1];
  return { outcome: 'trouble', code: 'remote-rejected', params: { reason, detail, ...(path ? { path } : {}) } };
}
