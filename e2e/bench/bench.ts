import { burst } from './burst.ts';
import { idle } from './idle.ts';
import { largeTree } from './large-tree.ts';
import { mirrors } from './mirrors.ts';
import { propagation } from './propagation.ts';
import { remove, surroundings } from './surroundings.ts';

const CASES = { propagation, burst, largeTree, idle, mirrors };

/** Measures what the README promises, each beside a floor of plain git taken in the same run. Names as arguments: only these. */
const wanted = process.argv.slice(2).filter((name) => !name.startsWith('-'));
let kept = true;
for (const [name, measure] of Object.entries(CASES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const at = surroundings();
  try {
    const result = await measure(at);
    kept &&= result.kept;
    process.stdout.write(`${result.kept ? 'kept' : 'NOT KEPT'}  ${result.name}\n${result.figures.map((figure) => `      ${figure}\n`).join('')}`);
  } finally {
    remove(at);
  }
}
process.exitCode = kept ? 0 : 1;
