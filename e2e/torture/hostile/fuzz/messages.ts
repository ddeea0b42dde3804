import { ENGINE_COMMANDS, type EngineCommand } from '../../../../shared/commands.ts';
import { WINDOW_COMMANDS } from '../../../../shared/window-commands.ts';
import type { SeededRandom } from '../../random.ts';
import { honestQuestions, type Subject } from '../every-action.ts';
import type { Nonsense } from './nonsense.ts';

export interface Message {
  readonly command: string;
  readonly input: unknown;
}

/** These end the program, or answer until they are told to stop: they have tests of their own. */
const LEFT_OUT = new Set(['stop', 'state.watch', 'activity.follow']);
/** Each is work for git or the network; of what is right about them there are few. */
const HEAVY = new Set(['sync', 'folder.add', 'import', 'doctor', 'folder.locate', 'folder.address', 'restore', 'folder.bring-back', 'folder.take-out', 'signal.xmpp', 'signal.fanout', 'signal.join', 'folder.set']);
const HEAVY_ONE_IN = 40;

/** Messages without end, most of them almost right. */
export class Messages {
  readonly #random: SeededRandom;
  readonly #nonsense: Nonsense;
  readonly #honest: readonly { readonly command: EngineCommand; readonly input: Readonly<Record<string, unknown>> }[];
  readonly #names: readonly string[];

  /** `subject`: as things are now. */
  constructor(random: SeededRandom, nonsense: Nonsense, subject: Subject) {
    this.#random = random;
    this.#nonsense = nonsense;
    this.#honest = honestQuestions(subject).filter(({ command }) => !LEFT_OUT.has(command));
    this.#names = [...new Set([...Object.keys(ENGINE_COMMANDS), ...Object.keys(WINDOW_COMMANDS)])].filter((name) => !LEFT_OUT.has(name));
  }

  next(): Message {
    const kind = this.#random.below(10);
    if (kind === 0) return { command: this.#nonsense.text(), input: this.#nonsense.value() };
    if (kind === 1) return { command: this.#random.pick(this.#names), input: this.#nonsense.value() };
    const { command, input } = this.#random.pick(this.#honest);
    if (HEAVY.has(command) && this.#random.below(HEAVY_ONE_IN) !== 0) return this.next();
    return { command, input: kind === 2 ? input : this.#nonsense.spoilt(input, Object.keys(ENGINE_COMMANDS[command].input.shape)) };
  }

  /** A line for the socket that was right once: cut, torn, or with bytes in it that are no text. */
  torn(): Buffer {
    const { command, input } = this.next();
    const line = Buffer.from(`${JSON.stringify({ id: this.#random.below(2 ** 40), command, input })}\n`);
    const at = this.#random.below(line.length);
    switch (this.#random.below(7)) {
      case 0:
        return Buffer.concat([line.subarray(0, at), Buffer.from('\n')]);
      case 1:
        return Buffer.concat([line.subarray(0, at), Buffer.from([0xff, 0xfe, 0xc0, 0x80]), line.subarray(at)]);
      case 2:
        return Buffer.concat([line.subarray(0, at), Buffer.from([this.#random.below(256)]), line.subarray(at + 1)]);
      case 3:
        return Buffer.concat([line, line]);
      case 4:
        return Buffer.from(`${JSON.stringify({ id: 1, command: this.#nonsense.value(), input })}\n`);
      case 5:
        return Buffer.from(`${JSON.stringify(this.#nonsense.value())}\n`);
      default:
        return Buffer.concat([line.subarray(at), line.subarray(0, at), Buffer.from('\n')]);
    }
  }
}
