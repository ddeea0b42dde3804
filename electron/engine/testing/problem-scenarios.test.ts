import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROBLEM_CODES } from '../../../shared/problem.ts';
import { PROBLEM_SCENARIOS } from './problem-scenarios.ts';

const engine = join(import.meta.dirname, '..');

it.each(PROBLEM_CODES)('there is a way into %s', (code) => {
  expect(PROBLEM_SCENARIOS[code]).not.toEqual([]);
});

it.each(Object.entries(PROBLEM_SCENARIOS).flatMap(([code, scenarios]) => scenarios.map(([file, name]) => ({ code, file, name }))))('$code: $file › $name', ({ file, name }) => {
  const begins = ["'", '"', '`'].map((quote) => `${quote}${name}`);
  expect(begins.filter((begin) => readFileSync(join(engine, file), 'utf8').includes(begin))).toHaveLength(1);
});
