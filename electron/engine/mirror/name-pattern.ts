import { RE2JS } from 're2js';
import { LockstepError } from '../errors.ts';

/** Far more than a person writes; a pattern of this length is still compiled in no time. */
const MOST_CHARS = 1_000;

/**
 * Reads the regular expression by which repositories are chosen: found anywhere in the name, unless it says `^` and `$`.
 * RE2 takes time linear in the name, so that no pattern can hang the program; it knows no look-around and no back
 * references. Throws `bad-pattern`.
 */
export function namePattern(pattern: string | null): (name: string) => boolean {
  if (pattern === null) return () => true;
  if (pattern.length > MOST_CHARS) throw new LockstepError('bad-pattern', { pattern: `${pattern.slice(0, 40)}…`, detail: `it is longer than ${MOST_CHARS} characters` });
  try {
    const compiled = RE2JS.compile(pattern);
    return (name) => compiled.matcher(name).find();
  } catch (error) {
    throw new LockstepError('bad-pattern', { pattern, detail: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
}
