import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { posix } from 'node:path';
import type { Activity } from '../../shared/activity.ts';
import { pathList } from '../../shared/text/activity-text.ts';
import { durationWords } from '../../shared/text/times.ts';
import { systemCode } from '../engine/errors.ts';
import type { CliContext } from './cli-context.ts';
import { DEMO_COMMIT_DELAY_S, makeDemoPlace, type DemoPlace } from './demo-place.ts';
import { startDemoProgram, until, type DemoProgram } from './demo-program.ts';

/**
 * A hub and two machines on this one, connected. Saves a file on the one, shows it arrive on the other with the time it
 * took, and goes on showing what arrives until it is ended; with `once` it ends there and removes what it made.
 */
export async function demo(context: CliContext, { directory, once }: { directory: string | undefined; once: boolean }): Promise<number> {
  const { text, invocation } = context;
  const place = await makeDemoPlace(directory && context.path(directory), invocation.env);
  const programs: DemoProgram[] = [];
  // A folder of its own is removed again, unless the person was invited to work in it.
  let keep = directory !== undefined;
  try {
    for (const machine of place.machines) programs.push(await startDemoProgram(machine, invocation.env, invocation.ending));
    const [from, to] = programs;
    if (!from || !to) return 1;
    context.out.answer(readyDocument(place), () => text.t('commandLine.demo.ready', { hub: place.hub, first: from.machine.folder, second: to.machine.folder }));
    await firstRound(context, from, to);
    if (once) return 0;
    keep = true;
    await goOn(context, from, to);
    return 0;
  } finally {
    await Promise.all(programs.map((program) => program.stop()));
    if (keep) context.out.note(text.t('commandLine.demo.kept', { directory: place.directory }));
    else await rm(place.directory, { recursive: true, force: true });
  }
}

const readyDocument = ({ hub, machines }: DemoPlace) => ({ event: 'ready', hub, machines: machines.map(({ name, folder, home }) => ({ name, folder, home: home.directory })) });

async function firstRound(context: CliContext, from: DemoProgram, to: DemoProgram): Promise<void> {
  const name = `hello-${new Date().toISOString().slice(0, 19).replace(/[^0-9]/g, '')}.md`;
  const content = `Saved on ${from.machine.name} at ${new Date().toISOString()}\n`;
  const savedMs = performance.now();
  await writeFile(posix.join(from.machine.folder, name), content);
  await until(to.engine, to.ended, context.invocation.ending, async () => (await contentOf(posix.join(to.machine.folder, name))) === content);
  arrived(context, from, to, [name], performance.now() - savedMs);
}

async function goOn(context: CliContext, first: DemoProgram, second: DemoProgram): Promise<void> {
  const { text, out, invocation } = context;
  if (!out.json) out.line(text.t('commandLine.demo.play', { file: posix.join(first.machine.folder, 'README.md'), other: posix.join(second.machine.folder, 'README.md') }));
  const shown = Promise.all([showArrivals(context, first, second), showArrivals(context, second, first)]);
  const ended = new Promise<void>((resolve) => invocation.ending.addEventListener('abort', () => resolve(), { once: true }));
  await Promise.race([shown, ended, first.ended, second.ended]);
}

async function showArrivals(context: CliContext, from: DemoProgram, to: DemoProgram): Promise<void> {
  for await (const entry of to.engine.handlers['activity.follow']({}, context.invocation.ending)) {
    if (entry.what === 'pulled') arrived(context, from, to, entry.paths, await sinceSaved(from, entry));
    if (entry.what === 'conflict') context.out.answer({ event: 'conflict', on: to.machine.name, paths: entry.paths }, () => context.text.t('commandLine.demo.conflict', { machine: to.machine.name, paths: pathList(context.text, entry.paths) }));
  }
}

/** From the saving of the newest of its files to now; null when it has none any more. */
async function sinceSaved(from: DemoProgram, entry: Activity): Promise<number | null> {
  const times = await Promise.all(entry.paths.map(async (path) => (await stat(posix.join(from.machine.folder, path)).catch(() => null))?.mtimeMs ?? 0));
  const newest = Math.max(0, ...times);
  return newest === 0 ? null : Math.max(0, Date.now() - newest);
}

function arrived({ out, text }: CliContext, from: DemoProgram, to: DemoProgram, paths: readonly string[], tookMs: number | null): void {
  const document = { event: 'arrived', from: from.machine.name, to: to.machine.name, paths, seconds: tookMs === null ? null : Math.round(tookMs) / 1000 };
  out.answer(document, () =>
    text.first(['commandLine.demo.arrived', 'commandLine.demo.arrived-gone'], {
      from: from.machine.name,
      to: to.machine.name,
      paths: pathList(text, paths),
      took: tookMs === null ? undefined : durationWords(text, tookMs),
      quiet: durationWords(text, DEMO_COMMIT_DELAY_S * 1000),
    }),
  );
}

async function contentOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}
