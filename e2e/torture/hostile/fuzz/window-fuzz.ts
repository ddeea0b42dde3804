import { answerWindow } from '../../../../electron/shell/window-answers.ts';
import type { ShellHandlers } from '../../../../electron/shell/shell-handlers.ts';
import { MemoryLog } from '../../../../electron/engine/testing/memory-log.ts';
import { FAILURE_CODES } from '../../../../shared/failure.ts';
import type { Reply } from '../../../../shared/reply.ts';
import { SHELL_COMMANDS } from '../../../../shared/shell-commands.ts';
import { createText } from '../../../../shared/text/text.ts';
import { WINDOW_COMMANDS } from '../../../../shared/window-commands.ts';
import { sized, type Run } from '../../part.ts';
import { SeededRandom } from '../../random.ts';
import { figure, type Found } from '../trial.ts';
import type { FuzzedProgram } from './fuzzed-program.ts';
import { Messages } from './messages.ts';
import { Nonsense } from './nonsense.ts';

const MESSAGES = 100_000;
const AT_ONCE = 64;
const CLONEABLE_ONE_IN = 8;

/** What a page in the window can say, from where the main process takes it: parsed there, and again in the program it is attached to. */
export async function windowFuzz(program: FuzzedProgram, run: Run): Promise<Found> {
  const random = new SeededRandom(run.seed + 1);
  const nonsense = new Nonsense(random, program.aims);
  const page = new Page(program);
  const messages = sized(MESSAGES, run);
  let questions = new Messages(random, nonsense, program.subject);
  for (let sent = 0; sent < messages && program.isUp; sent += AT_ONCE) {
    const asked = Array.from({ length: Math.min(AT_ONCE, messages - sent) }, () => {
      const { command, input } = questions.next();
      const odd = random.below(CLONEABLE_ONE_IN);
      if (odd === 0) return page.ask(command, { ...Object(input), id: nonsense.cloneable() });
      return odd === 1 ? page.ask(random.below(2) === 0 ? nonsense.cloneable() : command, nonsense.cloneable()) : page.ask(command, input);
    });
    await Promise.all(asked);
    if (sent % 6_400 === 0) {
      questions = new Messages(random, nonsense, program.subject);
      run.say(`${sent} messages of a page`);
    }
  }
  return { figures: [figure('messages of a page', messages), figure('of them answered with a value', page.values)], failures: page.failures };
}

/** A page that checks what it is told. */
class Page {
  readonly failures: string[] = [];
  values = 0;
  readonly #program: FuzzedProgram;
  readonly #text = createText();
  readonly #log = new MemoryLog();
  readonly #shell: ShellHandlers;

  constructor(program: FuzzedProgram) {
    this.#program = program;
    const never = (): Promise<never> => Promise.reject(new Error('the shell was asked'));
    // Nothing of a desktop: what gets through to it is counted as done.
    this.#shell = Object.fromEntries(Object.keys(SHELL_COMMANDS).map((command) => [command, command === 'shell.pick-folder' ? async () => ({ path: null }) : never])) as unknown as ShellHandlers;
  }

  async ask(command: unknown, input: unknown): Promise<void> {
    const before = this.#log.lines.length;
    const { handlers } = this.#program.engine;
    const reply = await answerWindow({ handlers, shell: this.#shell, text: this.#text, log: this.#log }, command, input, AbortSignal.timeout(60_000));
    const wrong = wrongIn(reply, command);
    if (reply.ok) this.values += 1;
    if (wrong !== null && this.failures.length < 50) this.failures.push(`window: ${shown(command, input)}: ${wrong} ${JSON.stringify(this.#log.lines.slice(before)).slice(0, 500)}`);
  }
}

function wrongIn(reply: Reply, command: unknown): string | null {
  if (reply.ok) return typeof command === 'string' && Object.hasOwn(WINDOW_COMMANDS, command) ? null : 'it was answered';
  const { code, message } = reply.failure;
  if (code === 'internal' && typeof command === 'string' && Object.hasOwn(SHELL_COMMANDS, command)) return null;
  if (code === 'internal' || !(FAILURE_CODES as readonly string[]).includes(code)) return `${code}: ${message}`;
  return message.trim() === '' ? `${code} without words` : null;
}

function shown(command: unknown, input: unknown): string {
  try {
    return JSON.stringify({ command, input }).slice(0, 300);
  } catch {
    return `${String(command)} with what cannot be written down`;
  }
}
