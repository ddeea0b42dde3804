import type { Part, Result } from './part.ts';

export interface Finished {
  readonly part: Part;
  readonly result: Result;
  readonly seconds: number;
}

export interface Occasion {
  readonly seed: number;
  readonly scale: number;
  readonly at: string;
  readonly surroundings: string;
}

const hasPassed = ({ result }: Finished): boolean => result.failures.length === 0 && result.lost === 0;

/** One page of Markdown: the verdict first, then a table a part, then what failed. */
export function page(finished: readonly Finished[], { seed, scale, at, surroundings }: Occasion): string {
  const lost = finished.reduce((sum, { result }) => sum + result.lost, 0);
  const passed = finished.filter(hasPassed).length;
  return [
    '# Torture',
    '',
    `**${lost} lost**; ${passed} of ${finished.length} parts passed. Seed ${seed}, size ${scale}, ${at}, ${surroundings}.`,
    '',
    `Again: \`npm run torture -- --seed ${seed} --size ${scale}\``,
    ...finished.flatMap(section),
    '',
  ].join('\n');
}

function section(each: Finished): string[] {
  const { part, result, seconds } = each;
  return [
    '',
    `## ${part.title}: ${hasPassed(each) ? 'passed' : 'FAILED'}`,
    '',
    part.about,
    '',
    '| | |',
    '|---|---|',
    ...result.figures.map(({ name, value }) => `| ${cell(name)} | ${cell(value)} |`),
    `| lost | ${result.lost} |`,
    `| time | ${seconds.toFixed(0)} s |`,
    ...(result.failures.length > 0 ? ['', ...result.failures.map((failure) => `- ${failure.replace(/\n/g, '\n  ')}`)] : []),
  ];
}

const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');

/** What a terminal shows of a part. */
export function summary(each: Finished): string {
  const { part, result, seconds } = each;
  const figures = [...result.figures, { name: 'lost', value: String(result.lost) }].map(({ name, value }) => `      ${name}: ${value}\n`).join('');
  return `${hasPassed(each) ? 'passed' : 'FAILED'}  ${part.title} (${seconds.toFixed(0)} s)\n${figures}${result.failures.map((failure) => `      ! ${failure}\n`).join('')}`;
}
