import { execFileSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { openEngine } from '../engine.ts';
import type { EngineHandlers } from '../engine-face.ts';
import { resolveHome } from '../home.ts';
import { nodePorts } from '../ports/node-ports.ts';
import { TurnedClock } from './turned-clock.ts';

/**
 * A program, for tests that start it where the system itself is short of something (`confined-machine.ts`): an engine on one
 * home. A line on stdin asks for a command, or for a shell where the engine is; each state and each answer is a line on stdout.
 */
const optionsSchema = z.object({ home: z.string(), hostName: z.string(), speed: z.number() });
const questionSchema = z.object({ number: z.number(), command: z.string().optional(), input: z.unknown().optional(), script: z.string().optional() });

/** What came in was made by the test; the engine's own schemas are at its other doors. */
type AnyHandlers = Readonly<Record<string, (input: unknown, signal: AbortSignal) => Promise<unknown>>>;

const say = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

async function answer(handlers: EngineHandlers, { command, input, script }: z.infer<typeof questionSchema>): Promise<unknown> {
  if (script !== undefined) return execFileSync('sh', ['-ec', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return (handlers as unknown as AnyHandlers)[command ?? '']?.(input, new AbortController().signal);
}

const { home, hostName, speed } = optionsSchema.parse(JSON.parse(process.argv[2] ?? ''));
const place = resolveHome({ env: {}, homeDirectory: '/', hostName, platform: 'linux', pid: 0, uid: 0 }, home);
const real = nodePorts({ home: place, processEnv: process.env });
const ports = { ...real, clock: new TurnedClock(speed), host: { ...real.host, hostName } };
const engine = await openEngine({ ports, home: place, version: '0.0.0', mode: 'running' });
engine.store.subscribe((state) => say({ state }));
await engine.start();
say({ ready: true });
for await (const line of createInterface({ input: process.stdin })) {
  const question = questionSchema.parse(JSON.parse(line));
  answer(engine.handlers, question).then(
    (value) => say({ number: question.number, value }),
    (error: unknown) => say({ number: question.number, error: error instanceof Error ? { ...error, message: error.message } : String(error) }),
  );
}
await engine.stop();
process.exit(0);
