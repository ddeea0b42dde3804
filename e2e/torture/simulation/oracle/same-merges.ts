import { Violation } from '../violation.ts';
import type { Call, Hearing, Witness } from './witness.ts';

/** Programs that merge the same two commits make the same commit, or merges of merges would follow. */
export class SameMerges implements Witness {
  readonly #made = new Map<string, { readonly commit: string; readonly by: string }>();

  call({ machine, verb, args }: Call): Hearing | void {
    const parents = args.filter((_, at) => args[at - 1] === '-p').sort();
    if (verb !== 'commit-tree' || parents.length < 2) return;
    const key = parents.join(' ');
    return (printed) => {
      const commit = printed.trim();
      const before = this.#made.get(key);
      if (before && before.commit !== commit) throw new Violation('apart', `${before.by} made ${before.commit} of ${key}, and ${machine.name} ${commit}`);
      this.#made.set(key, { commit, by: machine.name });
    };
  }
}
