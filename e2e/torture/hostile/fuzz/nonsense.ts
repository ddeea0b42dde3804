import { FOLDER_OPTION_KEYS } from '../../../../shared/folder-options.ts';
import type { SeededRandom } from '../../random.ts';

/** Where what comes in may point, so that it can be seen if anything was made of it. */
export interface Aims {
  /** A folder that must stay empty: whatever runs or writes by an argument leaves something there. */
  readonly ran: string;
  /** A folder in which commands may write when they are told to. */
  readonly allowed: string;
}

const STRINGS: readonly string[] = [
  ...['', ' ', '\0', 'a\0b', '\n', '\r\n', 'a\nb', '\t', '\x1b[2J', '\x1b]0;x\x07', '\u202e', '\u200b', '\ud800', '\ufeff', '\ufffd', 'é', 'e\u0301', '\u{1f600}'],
  ...['.', '..', '/', '//', '../../../../etc/passwd', '..\\..\\x', './x', '~', '~root', '%2e%2e%2f', '/proc/self/environ', '/proc/self/mem', '/dev/zero', '/dev/stdin', '.git/config', '.git/hooks/post-checkout', '.lockstep-staging/x'],
  ...['-x', '--', '--help', '--upload-pack=touch RAN/x', '--receive-pack=touch RAN/x', '--output=RAN/x', '--exec=touch RAN/x', '-oProxyCommand=touch RAN/x', '-cprotocol.ext.allow=always', '--git-dir=/tmp'],
  ...['ext::sh -c touch% RAN/x', 'fd::3', 'file://RAN/x', 'ssh://-oProxyCommand=touch%20RAN/x/y', 'https://me:secret@host.invalid/x', 'http://127.0.0.1:1/x', 'x@-y:z', '$(touch RAN/x)', '`touch RAN/x`', ';touch RAN/x', '|touch RAN/x', '&&touch RAN/x', "'touch RAN/x'", '\ntouch RAN/x\n'],
  ...['HEAD', 'HEAD~1', '@{-1}', '@{u}', ':/x', ':0:a.txt', 'HEAD:../x', 'refs/heads/main', '^main', 'main..other', '0'.repeat(40), 'f'.repeat(40), 'f'.repeat(39)],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'null', 'true', '1e999', '-0', '{{path}}', '$t(problems.offline.plain)', '%s%n', '<script>x</script>'],
  ...['x'.repeat(201), 'x'.repeat(5_000), '\u0000'.repeat(300), '../'.repeat(2_000), 'é'.repeat(20_000)],
];

const NUMBERS: readonly number[] = [0, -0, 1, -1, 0.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, -1e308, Number.MIN_VALUE];

/** Values that no honest caller sends. The same random numbers, the same values. */
export class Nonsense {
  readonly #random: SeededRandom;
  readonly #aims: Aims;

  constructor(random: SeededRandom, aims: Aims) {
    this.#random = random;
    this.#aims = aims;
  }

  text(): string {
    const one = this.#random.pick(STRINGS).replaceAll('RAN', this.#aims.ran);
    return this.#random.below(8) === 0 ? one + this.#random.pick(STRINGS).replaceAll('RAN', this.#aims.ran) : one;
  }

  /** What JSON can say. */
  value(depth = 3): unknown {
    const { pick, below } = { pick: this.#random.pick.bind(this.#random), below: this.#random.below.bind(this.#random) };
    switch (below(depth > 0 ? 9 : 5)) {
      case 0:
        return null;
      case 1:
        return below(2) === 0;
      case 2:
        return pick(NUMBERS);
      case 3:
      case 4:
        return this.text();
      case 5:
        return Array.from({ length: below(6) }, () => this.value(depth - 1));
      case 6:
        return this.nested(below(2_000));
      case 7:
        return Object.defineProperty({ [this.text()]: this.value(depth - 1) }, '__proto__', { value: this.value(depth - 1), enumerable: true });
      default:
        return Object.fromEntries(Array.from({ length: below(6) }, () => [this.text(), this.value(depth - 1)]));
    }
  }

  /** What a page can hand over beside that (structured clone). */
  cloneable(): unknown {
    const circle: Record<string, unknown> = { id: 'watched' };
    circle['path'] = circle;
    const made: readonly (() => unknown)[] = [
      () => undefined,
      () => Number.NaN,
      () => -Infinity,
      () => 10n ** 30n,
      () => new Date(Number.NaN),
      () => new Map([['id', 'watched']]),
      () => new Set(['watched']),
      () => new Uint8Array(1_000),
      () => new ArrayBuffer(1_000_000),
      () => /(a+)+$/,
      () => new Error('x'),
      () => new Array<string>(1_000_000),
      () => circle,
      () => Object.assign(['watched'], { id: 'watched' }),
    ];
    return this.#random.pick(made)();
  }

  /** Boxes in boxes. */
  nested(levels: number): unknown {
    let inside: unknown = 'x';
    for (let level = 0; level < levels; level += 1) inside = level % 2 === 0 ? [inside] : { id: inside };
    return inside;
  }

  /** An honest input, with something about it that is not. `fields`: what it may have beside what it has. */
  spoilt(input: Readonly<Record<string, unknown>>, fields: readonly string[] = []): unknown {
    const keys = [...new Set([...Object.keys(input), ...fields])];
    const below = this.#random.below.bind(this.#random);
    if (keys.length === 0 || below(10) === 0) return this.value();
    const key = this.#random.pick(keys);
    const { [key]: was, ...others } = input;
    switch (below(5)) {
      case 0:
        return others;
      case 1:
        return { ...input, [this.text()]: this.value() };
      case 2:
        return isRecord(was) ? { ...input, [key]: this.spoilt(was, key === 'options' ? FOLDER_OPTION_KEYS : []) } : { ...input, [key]: this.value() };
      case 3:
        return { ...input, [key]: typeof was === 'number' || below(2) === 0 ? this.#random.pick(NUMBERS) : this.value(1) };
      default:
        return { ...input, [key]: FILES.has(key) ? this.#file() : this.text() };
    }
  }

  /** For what may name a file of the person's own choice: nothing that could be written in this machine's places. */
  #file(): string {
    return this.#random.pick([`${this.#aims.allowed}/${this.#random.below(1000)}`, this.#aims.allowed, `${this.#aims.allowed}/fifo`, '/dev/zero', '/dev/full', '/proc/self/environ', '/proc/self/fd/0', 'relative', '../up', '', '\0', `${this.#aims.allowed}/\0`, `/${'x'.repeat(5_000)}`, `${this.#aims.allowed}/${'y/'.repeat(300)}`]);
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const FILES = new Set(['path', 'to', 'file', 'bundle', 'ca', 'clone']);
