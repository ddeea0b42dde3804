import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROBLEM_SCENARIOS } from './problem-scenarios.ts';

const engine = join(import.meta.dirname, '..');

it.each(Object.entries(PROBLEM_SCENARIOS).flatMap(([code, scenarios]) => scenarios.map(([file, name]) => ({ code, file, name }))))('$code: $file › $name', ({ file, name }) => {
  expect(readFileSync(join(engine, file), 'utf8')).toContain(name);
});
