import { z } from 'zod';
import { faultDoings } from './doings/faults.ts';
import { fileDoings } from './doings/files.ts';
import { gitDoings } from './doings/git.ts';
import { hubDoings } from './doings/hub.ts';
import { programDoings } from './doings/programs.ts';
import { raceDoings } from './doings/races.ts';
import type { History } from './history.ts';

const number = z.int().min(0);

/** One of the names of a table. */
const named = <Table extends object>(table: Table) => z.enum(Object.keys(table) as [Extract<keyof Table, string>]);

const files = z.strictObject({ do: z.literal('files'), what: named(fileDoings), machine: number, which: number, other: number });
const git = z.strictObject({ do: z.literal('git'), what: named(gitDoings), machine: number, which: number });

const operation = z.discriminatedUnion('do', [
  files,
  git,
  z.strictObject({ do: z.literal('pass'), ms: number }),
  z.strictObject({ do: z.literal('program'), what: named(programDoings), machine: number, which: number }),
  z.strictObject({ do: z.literal('fault'), what: named(faultDoings), machine: number, at: number }),
  z.strictObject({ do: z.literal('hub'), what: named(hubDoings), which: number }),
  z.strictObject({ do: z.literal('meanwhile'), at: number, then: z.discriminatedUnion('do', [files, git]) }),
  z.strictObject({ do: z.literal('race'), what: named(raceDoings), machine: number, at: number }),
  z.strictObject({ do: z.literal('stabilize') }),
]);

/** A history as it is kept in a file. */
export const historySchema: z.ZodType<History> = z.strictObject({ seed: number, machines: z.int().min(2).max(4), operations: z.array(operation).min(1) });
