import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { CHANGING_SET, parseCall } from './mutating-calls.ts';
import type { GitPoint } from './point.ts';
import type { World } from './world.ts';

/** What git calls by a name of its own, besides `git VERB`, when the remote is a folder. */
const BY_NAME = ['git-receive-pack', 'git-upload-pack'];

/**
 * A `git` that goes before the real one in the program's PATH, and by GIT_EXEC_PATH before those that git itself starts:
 * so each git process can be told from the others, counted, listed and killed by strace alone.
 */
const script = (real: string): string => `#!/bin/sh
bin=\${0%/*}
export GIT_EXEC_PATH="$bin"
case \${0##*/} in git-*) name=\${0##*/}; set -- "\${name#git-}" "$@";; esac
[ -f "$bin/orders" ] || exec ${real} "$@"
verb=
for word in "$@"; do case $word in -*) ;; *) verb=$word; break;; esac; done
. "$bin/orders"
nth=1
until mkdir "$bin/calls/$verb.$nth" 2>/dev/null; do nth=$((nth + 1)); done
log="$bin/calls/$verb.$nth/log"
[ "$order" = list ] && exec strace -qq -y -s 0 -o "$log" -e "trace=$calls" ${real} "$@"
[ "$verb.$nth" = "$process" ] || exec ${real} "$@"
[ "$program" = lives ] && exec strace -y -s 0 -o "$log" -e "trace=$call" -e "inject=$call:signal=KILL:when=$when" ${real} "$@"
strace -y -s 0 -o "$log" -e "trace=$call" -e "inject=$call:signal=KILL:when=$when" ${real} "$@"
code=$?
[ $code = 137 ] || exit $code
kill -9 "$(cat "$bin/program")"
kill -9 0
`;

export class GitStandIn {
  readonly #world: World;
  readonly #bin: string;

  constructor(world: World) {
    this.#world = world;
    this.#bin = world.path('bin');
    mkdirSync(`${this.#bin}/calls`, { recursive: true });
    const exec = execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim();
    writeFileSync(`${this.#bin}/git`, script(`${exec}/git`));
    chmodSync(`${this.#bin}/git`, 0o755);
    for (const name of BY_NAME) symlinkSync('git', `${this.#bin}/${name}`);
  }

  get env(): Record<string, string> {
    return { ...this.#world.env, PATH: `${this.#bin}:${this.#world.env['PATH']}` };
  }

  list(): void {
    this.#order({ order: 'list', calls: CHANGING_SET });
  }

  arm({ verb, nth, call, when, program }: GitPoint): void {
    this.#order({ order: 'kill', process: `${verb}.${nth}`, call, when: String(when), program });
  }

  /** Whom to kill with it. */
  set program(pid: number) {
    writeFileSync(`${this.#bin}/program`, String(pid));
  }

  /** From now on git is git again. */
  rest(): void {
    rmSync(`${this.#bin}/orders`, { force: true });
  }

  /** After `list`: every place where one of the git processes can be killed before it changes something. */
  points(scene: string): GitPoint[] {
    return readdirSync(`${this.#bin}/calls`).sort().flatMap((name) => this.#pointsOf(scene, name));
  }

  /** After `arm`: the call before which git was killed; null: it never came to that. */
  killedAt(): string | null {
    for (const name of readdirSync(`${this.#bin}/calls`)) {
      const log = `${this.#bin}/calls/${name}/log`;
      const lines = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : [];
      if (lines.at(-1)?.includes('killed by SIGKILL')) return parseCall(lines.at(-2) ?? '', this.#world.directory)?.label ?? '';
    }
    return null;
  }

  #pointsOf(scene: string, name: string): GitPoint[] {
    const [verb = '', nth = ''] = name.split('.');
    const counted = new Map<string, number>();
    const log = `${this.#bin}/calls/${name}/log`;
    return (existsSync(log) ? readFileSync(log, 'utf8') : '').split('\n').flatMap((line) => {
      const call = parseCall(line, this.#world.directory);
      if (!call) return [];
      const when = (counted.get(call.name) ?? 0) + 1;
      counted.set(call.name, when);
      const place = { victim: 'git', scene, verb, nth: Number(nth), call: call.name, when, label: `git ${verb}: ${call.label}` } as const;
      return call.counts ? [{ ...place, program: 'lives' } as const, { ...place, program: 'dies' } as const] : [];
    });
  }

  #order(words: Readonly<Record<string, string>>): void {
    writeFileSync(`${this.#bin}/orders`, Object.entries(words).map(([name, value]) => `${name}='${value}'\n`).join(''));
  }
}
