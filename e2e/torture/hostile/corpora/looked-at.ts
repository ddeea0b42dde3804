import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LockstepError } from '../../../../electron/engine/errors.ts';
import type { Ports, ProcessRequest } from '../../../../electron/engine/ports.ts';
import { whatRan } from '../../../../electron/engine/testing/hostile/poison.ts';
import { Machines, type Machine } from '../../../../electron/engine/testing/machines.ts';
import type { FailureCode } from '../../../../shared/failure.ts';
import { failureSentence } from '../../../../shared/text/problem-text.ts';
import { createText } from '../../../../shared/text/text.ts';
import { Outside } from '../outside.ts';

const text = createText();

/** A machine that is told hostile things, with an eye on all that it starts and on what lies around it. */
export class LookedAt {
  readonly machines = new Machines();
  /** Must stay empty. */
  readonly ran = join(this.machines.directory, 'ran');
  readonly failures: string[] = [];
  #started: ProcessRequest[] = [];
  #outside: Outside | null = null;

  constructor() {
    for (const name of ['ran', 'beside']) mkdirSync(join(this.machines.directory, name));
    writeFileSync(join(this.machines.directory, 'beside/sentinel'), 'as it was\n');
  }

  readonly #recording = (ports: Ports): Ports => ({
    ...ports,
    processes: {
      ...ports.processes,
      start: (request) => {
        this.#started.push(request);
        return ports.processes.start(request);
      },
    },
  });

  async machine(name: string): Promise<Machine> {
    const machine = await this.machines.add(name, { poll: 600 }, this.#recording);
    this.#outside = new Outside(['ran', 'beside', 'person'].map((each) => join(this.machines.directory, each)));
    return machine;
  }

  /** A piece of a corpus comes in; nothing may come of it but an answer in words. */
  async tell(what: string, verdict: 'refused' | 'either', told: () => Promise<unknown>): Promise<void> {
    this.#started = [];
    const code = await this.#answer(what, told);
    if (verdict === 'refused' && code === null) this.failures.push(`${what}: it was taken`);
    this.judge(what);
  }

  /** Whether a process has been given it since the last was told. */
  wasGiven(part: string): boolean {
    return this.#started.some(({ args, env }) => args.some((arg) => arg.includes(part)) || Object.values(env).some((value) => value.includes(part)));
  }

  judge(what: string): void {
    for (const path of this.#outside?.changed() ?? []) this.failures.push(`${what}: ${path} was written`);
    for (const name of whatRan(this.ran)) rmSync(join(this.ran, name), { recursive: true });
    this.#outside?.changed();
  }

  /** The code of the failure, or null. */
  async #answer(what: string, told: () => Promise<unknown>): Promise<FailureCode | null> {
    try {
      await told();
      return null;
    } catch (error) {
      if (!(error instanceof LockstepError)) {
        this.failures.push(`${what}: ${String(error).slice(0, 500)}`);
        return 'internal';
      }
      const sentence = failureSentence(text, error.code, error.params);
      if (error.code === 'internal' || error.code === 'tool-missing') this.failures.push(`${what}: ${sentence.slice(0, 500)}`);
      if (sentence.trim() === '') this.failures.push(`${what}: it is not said in words`);
      return error.code;
    }
  }

  close(): Promise<void> {
    return this.machines.close();
  }
}
