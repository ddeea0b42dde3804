import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { History } from './history.ts';
import { historySchema } from './operation-schema.ts';

/** A history in which something was wrong once. */
export interface Regression {
  /** Of its file, without the ending. */
  readonly name: string;
  /** What it showed. */
  readonly about: string;
  readonly history: History;
}

/** From the root of the sources, where every run begins. */
export const REGRESSIONS = 'e2e/torture/simulation/regressions';

const schema = z.strictObject({ about: z.string().min(1), history: historySchema });

/** All that are kept, by name. Throws when one cannot be played any more, because an operation has another name now. */
export function regressions(directory = REGRESSIONS): Regression[] {
  const files = readdirSync(directory).filter((file) => file.endsWith('.json')).sort();
  return files.map((file) => ({ name: file.slice(0, -'.json'.length), ...schema.parse(JSON.parse(readFileSync(join(directory, file), 'utf8'))) }));
}
