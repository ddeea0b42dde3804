import { parseArgs } from 'node:util';
import { simulate } from '../simulation/simulate.ts';

/** `node catch-one.js --seed N --operations N --directory DIR`: one simulation of a program that a bug was planted in; what came of it, as JSON. */
const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' }, operations: { type: 'string', default: '1000' }, directory: { type: 'string', default: '.' } } });
const simulated = await simulate({ seed: Number(values.seed), operations: Number(values.operations), directory: values.directory, say: () => undefined });
process.stdout.write(`${JSON.stringify(simulated)}\n`);
