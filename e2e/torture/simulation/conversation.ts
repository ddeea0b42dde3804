import { PassThrough, Writable } from 'node:stream';
import type { ProcessRequest, RunningProcess } from '../../../electron/engine/ports.ts';
import type { KeptGits } from './kept-git.ts';
import type { Life, Turnstile } from './turnstile.ts';

interface ConversationOptions {
  readonly life: Life;
  readonly turnstile: Turnstile;
  readonly keptGits: KeptGits;
}

/** A kept `git cat-file --batch` as a program has it: each question is a turn of its own. */
export class Conversation implements RunningProcess {
  readonly pid: number;
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly stdin: Writable;
  readonly ended: RunningProcess['ended'];
  #end: (end: { code: number | null; signal: string | null }) => void = () => undefined;
  #over = false;

  constructor({ life, turnstile, keptGits }: ConversationOptions, request: ProcessRequest) {
    this.pid = life.pid + 1;
    this.ended = new Promise((resolve) => (this.#end = resolve));
    this.stdin = new Writable({
      write: (question: Buffer, _encoding, done) => {
        void turnstile.enter(life, `ask ${question.toString('latin1')}`, async () => {
          if (!this.#over) this.stdout.write(await keptGits.ask(request, question));
        });
        done();
      },
      final: (done) => {
        this.#finish(0, null);
        done();
      },
    });
  }

  kill(signal: 'SIGTERM' | 'SIGKILL'): void {
    this.#finish(null, signal);
  }

  #finish(code: number | null, signal: string | null): void {
    if (this.#over) return;
    this.#over = true;
    this.stdout.end();
    this.stderr.end();
    this.#end({ code, signal });
  }
}
