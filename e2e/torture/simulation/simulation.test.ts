import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { simulate } from './simulate.ts';

const OPERATIONS = Number(process.env['LOCKSTEP_SIMULATED_OPERATIONS'] ?? 60);
const SEED = Number(process.env['LOCKSTEP_SIMULATION_SEED'] ?? 1);

it(`loses nothing in ${OPERATIONS} operations on two to four machines`, async () => {
  const { failure } = await simulate({ seed: SEED, operations: OPERATIONS, directory: tmpdir(), say: () => undefined });
  expect(failure).toBeNull();
}, 900_000);
