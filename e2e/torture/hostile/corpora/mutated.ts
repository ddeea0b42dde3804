import type { SeededRandom } from '../../random.ts';

const PIECES: readonly string[] = ['-', '--', ':', '::', '//', '@', '%2d', '%0a', '%00', '\n', '\0', '\r', ' ', "'", '"', '`', '$(touch RAN/x)', ';', '|', '&', '\\', '../', '~', '[', ']', '{', '}', '#', '?', '\u202e', '\u200b', 'é', '\ud800', '-oProxyCommand=touch RAN/x', '--upload-pack=touch RAN/x', 'ext::sh -c touch% RAN/x', 'file://', 'ssh://', '.git', '.lock', '\x1b', '\x7f'];

/** Something that was like this. */
export function mutated(random: SeededRandom, text: string): string {
  let changed = text;
  for (let times = 1 + random.below(3); times > 0; times -= 1) {
    const [one, other] = [random.below(changed.length + 1), random.below(changed.length + 1)];
    const [from, to] = [Math.min(one, other), Math.max(one, other)];
    switch (random.below(4)) {
      case 0:
        changed = changed.slice(0, from) + random.pick(PIECES) + changed.slice(from);
        break;
      case 1:
        changed = changed.slice(0, from) + changed.slice(to);
        break;
      case 2:
        changed = changed.slice(0, to) + changed.slice(from);
        break;
      default:
        changed = changed.slice(0, from) + String.fromCharCode(random.below(256)) + changed.slice(from + 1);
    }
  }
  return changed;
}
