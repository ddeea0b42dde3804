import type { History } from './history.ts';
import type { Operation } from './operation.ts';

const FAULTS = new Set<Operation['do']>(['fault', 'hub', 'meanwhile', 'race']);

/**
 * Makes a failing history shorter while it goes on failing: first with fewer machines and without its faults, then without
 * whole parts of it, ever smaller ones, until nothing can be left out. `fails` is asked at most so
 * many times: however busy the machine is, the same comes of it.
 */
export async function shorten(history: History, fails: (history: History) => Promise<boolean>, replays: number): Promise<History> {
  let [shortest, left] = [history, replays];
  const attempt = async (change: Partial<History>): Promise<boolean> => {
    const candidate = { ...shortest, ...change };
    left -= 1;
    if (left < 0 || !(await fails(candidate))) return false;
    shortest = candidate;
    return true;
  };
  for (let machines = 2; machines < shortest.machines; machines += 1) if (await attempt({ machines })) break;
  const faultless = history.operations.filter((operation) => !FAULTS.has(operation.do));
  if (faultless.length < history.operations.length) await attempt({ operations: faultless });
  for (let size = Math.ceil(shortest.operations.length / 2); size >= 1; ) {
    const before = shortest.operations.length;
    // From the end: what comes last needs what came before, seldom the other way round.
    for (let end = before; end > 0; end -= size) {
      const begin = Math.max(0, end - size);
      await attempt({ operations: [...shortest.operations.slice(0, begin), ...shortest.operations.slice(end)] });
    }
    if (size > 1) size = Math.ceil(size / 2);
    else if (shortest.operations.length === before || left <= 0) size = 0;
  }
  return shortest;
}
