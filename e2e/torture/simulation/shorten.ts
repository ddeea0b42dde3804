import type { History } from './history.ts';
import type { Operation } from './operation.ts';

const FAULTS = new Set<Operation['do']>(['fault', 'hub', 'meanwhile']);

/**
 * Makes a failing history shorter while it goes on failing: first without its faults, then without whole parts of it,
 * ever smaller ones, then with fewer machines. `fails` is asked as long as time is left.
 */
export async function shorten(history: History, fails: (history: History) => Promise<boolean>, isTimeOver: () => boolean): Promise<History> {
  let shortest = history;
  const attempt = async (operations: readonly Operation[], machines = shortest.machines): Promise<boolean> => {
    const candidate = { ...shortest, operations, machines };
    if (isTimeOver() || !(await fails(candidate))) return false;
    shortest = candidate;
    return true;
  };
  await attempt(history.operations.filter((operation) => !FAULTS.has(operation.do)));
  for (let size = Math.ceil(shortest.operations.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    // From the end: what comes last needs what came before, seldom the other way round.
    for (let end = shortest.operations.length; end > 0; end -= size) {
      const begin = Math.max(0, end - size);
      await attempt([...shortest.operations.slice(0, begin), ...shortest.operations.slice(end)]);
    }
  }
  for (let machines = 2; machines < shortest.machines; machines += 1) if (await attempt(shortest.operations, machines)) break;
  return shortest;
}
