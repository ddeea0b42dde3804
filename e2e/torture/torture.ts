import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hostilePart } from './hostile/hostile-part.ts';
import { killsPart } from './kills/kills-part.ts';
import { page, summary, type Finished } from './page.ts';
import type { Part, Run } from './part.ts';
import { plantedPart } from './planted/planted-part.ts';
import { plannerPart } from './planner/planner-part.ts';
import { inThread } from './planner/threads.ts';
import { racesPart } from './races/races-part.ts';
import { simulationPart } from './simulation/simulation-part.ts';
import { soakPart } from './soak/soak-part.ts';

/** In the order in which they run: what is quick and pure first. */
const PARTS: Readonly<Record<string, Part>> = {
  planner: plannerPart(inThread(new URL('planner-worker.js', import.meta.url))),
  races: racesPart(new URL('race-editor.js', import.meta.url)),
  simulation: simulationPart(new URL('playground-thread.js', import.meta.url)),
  planted: plantedPart,
  kills: killsPart,
  hostile: hostilePart,
  soak: soakPart,
};

/** `npm run torture [-- PART… --seed N --size FACTOR --page FILE]`: does everything to the product that it must bear, and writes down what came of it. */
async function torture(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options: { seed: { type: 'string' }, size: { type: 'string', default: '1' }, page: { type: 'string', default: 'out/torture/page.md' } }, allowPositionals: true });
  const unknown = positionals.filter((name) => !(name in PARTS));
  if (unknown.length > 0) throw new Error(`No such part: ${unknown.join(', ')}. There are ${Object.keys(PARTS).join(', ')}.`);
  const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
  const scale = Number(values.size);
  if (!Number.isInteger(seed) || !(scale > 0)) throw new Error('--seed takes a whole number, --size a factor above 0.');
  process.stdout.write(`seed ${seed}, size ${scale}\n`);
  const finished: Finished[] = [];
  for (const [name, part] of Object.entries(PARTS)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const each = await run(part, { seed, scale });
    finished.push(each);
    process.stdout.write(summary(each));
  }
  const file = resolve(values.page);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, page(finished, { seed, scale, at: new Date().toISOString().slice(0, 16).replace('T', ' '), surroundings: surroundings() }));
  process.stdout.write(`${file}\n`);
  return finished.every(({ result }) => result.failures.length === 0 && result.lost === 0) ? 0 : 1;
}

async function run(part: Part, { seed, scale }: Pick<Run, 'seed' | 'scale'>): Promise<Finished> {
  const directory = mkdtempSync(join(tmpdir(), 'lockstep-torture-'));
  const began = performance.now();
  try {
    const result = await part.run({ seed, scale, directory, say: (line) => process.stdout.write(`  ${line}\n`) });
    return { part, result, seconds: (performance.now() - began) / 1000 };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const surroundings = (): string => `${cpus().length} processors, Node ${process.versions.node}, ${execFileSync('git', ['--version'], { encoding: 'utf8' }).trim()}`;

process.exitCode = await torture(process.argv.slice(2));
