import type { Files, Ports, RunningProcess } from '../ports.ts';

/** Steps of `Files` that change something. */
const CHANGING: ReadonlySet<PropertyKey> = new Set<keyof Files>(['create', 'writeAtomically', 'append', 'link', 'rename', 'remove', 'removeDirectory', 'removeTree', 'makeDirectory', 'makeDirectories', 'symlink', 'setMode']);

/**
 * The ports of a program that is killed at one step, counted over all that it does to the outside: nothing is done
 * afterwards, and a process that runs at that moment is killed with its children, `afterMs` after it began. It has the pid
 * of nobody, so that what it leaves is known to be a dead program's.
 */
export class MortalPorts {
  readonly ports: Ports;
  /** How many steps were begun. */
  steps = 0;
  #dead = false;

  constructor(real: Ports, dieAt: number, afterMs = 0) {
    const step = (): boolean => {
      if (this.#dead) throw new Error('the program is dead');
      this.steps++;
      return this.steps === dieAt;
    };
    const start: Ports['processes']['start'] = (request) => {
      // Looking at configuration changes nothing.
      if (this.#dead) throw new Error('the program is dead');
      if (request.args.includes('--show-origin')) return real.processes.start(request);
      const last = step();
      const running = real.processes.start(request);
      return last ? this.#kill(running, afterMs) : running;
    };
    this.ports = {
      ...real,
      host: { ...real.host, pid: 4_194_305 },
      processes: { ...real.processes, start, startTime: async (pid) => (pid === 4_194_305 ? 'once' : real.processes.startTime(pid)) },
      files: this.#mortal(real.files, step),
    };
  }

  #mortal(real: Files, step: () => boolean): Files {
    return new Proxy(real, {
      get: (files, name): unknown => {
        const call: unknown = Reflect.get(files, name);
        if (!CHANGING.has(name) || typeof call !== 'function') return call;
        return async (...args: unknown[]): Promise<unknown> => {
          if (!step()) return Reflect.apply(call, files, args) as Promise<unknown>;
          this.#dead = true;
          throw new Error('the program is killed');
        };
      },
    });
  }

  #kill(running: RunningProcess, afterMs: number): RunningProcess {
    const die = (): void => {
      this.#dead = true;
      running.kill('SIGKILL');
    };
    if (afterMs === 0) die();
    else setTimeout(die, afterMs);
    return {
      ...running,
      ended: running.ended.then((end) => {
        this.#dead = true;
        return end;
      }),
    };
  }
}
