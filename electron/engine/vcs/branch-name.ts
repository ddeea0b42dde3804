/** What no ref may hold (git-check-ref-format(1)): control characters, spaces, globs and what revisions are written with. */
const NEVER = /[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|\.$|\/$|^\/|^@$/;

/** Whether a branch can have this name; what looks like an option, or like a pattern, is none. */
export function isBranchName(name: string): boolean {
  if (name === '' || name === 'HEAD' || name.startsWith('-') || NEVER.test(name)) return false;
  return name.split('/').every((component) => !component.startsWith('.') && !component.endsWith('.lock'));
}
