import { parseArgs } from 'node:util';
import { historySchema } from '../simulation/operation-schema.ts';
import { simulate } from '../simulation/simulate.ts';

/**
 * `node catch-one.js --seed N --operations N --directory DIR [--history JSON]`: one simulation of a program that a bug was
 * planted in, or one history only; what came of it, as JSON.
 */
const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' }, operations: { type: 'string', default: '1000' }, directory: { type: 'string', default: '.' }, history: { type: 'string' } } });
const known = values.history === undefined ? [] : [historySchema.parse(JSON.parse(values.history))];
const simulated = await simulate({ seed: Number(values.seed), operations: known.length > 0 ? 0 : Number(values.operations), known, directory: values.directory, say: () => undefined });
process.stdout.write(`${JSON.stringify(simulated)}\n`);
