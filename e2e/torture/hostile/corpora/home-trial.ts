import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '../../../../electron/engine/testing/machines.ts';
import { sized, type Run } from '../../part.ts';
import { SeededRandom } from '../../random.ts';
import { figure, type Found } from '../trial.ts';
import { ODD_TEXTS, ODD_VALUES } from './home-files.ts';
import { LookedAt } from './looked-at.ts';

const FILES = ['settings.json', 'settings.json.1', 'secrets.json', 'keyring.json', 'activity.ndjson', 'signals.json', 'lockstep.lock', 'lockstep.log'] as const;
const FIELDS = 400;

/** The files of a home, as somebody's editor, another program or a dying disk leaves them: the program starts, or says why not, and nothing comes of what is written there. */
export async function homeTrial(run: Run): Promise<Found> {
  const random = new SeededRandom(run.seed);
  const looked = new LookedAt();
  try {
    const machine = await looked.machine('desk');
    await machine.stop();
    const home = join(looked.machines.directory, 'home-desk');
    const honest = new Map(FILES.filter((name) => existsSync(join(home, name))).map((name) => [name, readFileSync(join(home, name))]));
    const [whole, single] = [wholeFiles(looked), fields(honest.get('settings.json'), looked.ran)];
    const some = (cases: readonly Case[], count: number): Case[] => Array.from({ length: sized(count, run) }, () => random.pick(cases));
    const chosen = [...(run.scale < 1 ? some(whole, whole.length) : whole), ...some(single, FIELDS)];
    run.say(`${chosen.length} files of a home`);
    for (const { what, file, put } of chosen) {
      put(join(home, file));
      await looked.tell(`${file}: ${what}`, 'either', () => lived(machine));
      await machine.stop();
      rmSync(home, { recursive: true });
      mkdirSync(home, { mode: 0o700 });
      for (const [name, content] of honest) writeFileSync(join(home, name), content, { mode: 0o600 });
    }
    return { figures: [figure('files of a home, damaged or made up', chosen.length)], failures: looked.failures };
  } finally {
    await looked.close();
  }
}

/** It starts, is asked what there is, and ends. */
async function lived(machine: Machine): Promise<void> {
  await machine.start();
  await machine.engine.handlers['state.get']({}, AbortSignal.timeout(20_000));
  await machine.engine.handlers.activity({ limit: 100 }, AbortSignal.timeout(20_000));
  await machine.engine.handlers['settings.set']({ theme: 'dark' }, AbortSignal.timeout(20_000));
}

interface Case {
  readonly what: string;
  readonly file: string;
  readonly put: (file: string) => void;
}

function wholeFiles({ machines, ran }: LookedAt): Case[] {
  const beside = join(machines.directory, 'beside/sentinel');
  const odd: readonly (readonly [string, (file: string) => void])[] = [
    ['a folder', (file) => mkdirSync(file)],
    ['a folder with something in it', (file) => mkdirSync(join(file, 'x'), { recursive: true })],
    ['a fifo', (file) => execFileSync('mkfifo', [file])],
    ['a link to what is not ours', (file) => symlinkSync(beside, file)],
    ['a link to nothing', (file) => symlinkSync(join(ran, 'made'), file)],
    ['a link to itself', (file) => symlinkSync(file, file)],
    ['a link to a device without an end', (file) => symlinkSync('/dev/zero', file)],
    ...ODD_TEXTS.map(([name, text]) => [name, (file: string) => writeFileSync(file, text, { mode: 0o600 })] as const),
  ];
  const instead = (put: (file: string) => void) => (file: string) => {
    rmSync(file, { recursive: true, force: true });
    put(file);
  };
  return FILES.flatMap((file) => odd.map(([what, put]) => ({ what, file, put: instead(put) })));
}

/** Each field of the settings, with each value that it should not have. */
function fields(settings: Buffer | undefined, ran: string): Case[] {
  const honest = JSON.parse(settings?.toString('utf8') ?? '{}') as Tree;
  const values = ODD_VALUES.map((value) => (typeof value === 'string' ? value.replaceAll('RAN', ran) : value));
  return pathsOf(honest).flatMap((path) =>
    values.map((value) => ({
      what: `${path.join('.')} = ${JSON.stringify(value)?.slice(0, 100)}`,
      file: 'settings.json',
      put: (file: string) => writeFileSync(file, JSON.stringify(withValue(honest, path, value)), { mode: 0o600 }),
    })),
  );
}

type Tree = { readonly [key: string]: unknown };

function pathsOf(tree: unknown, above: readonly string[] = []): string[][] {
  if (typeof tree !== 'object' || tree === null) return [[...above]];
  return [...(above.length > 0 ? [[...above]] : []), ...Object.entries(tree).flatMap(([key, value]) => pathsOf(value, [...above, key]))];
}

function withValue(tree: unknown, [key = '', ...below]: readonly string[], value: unknown): unknown {
  const changed = below.length === 0 ? value : withValue((tree as Tree)[key], below, value);
  return Array.isArray(tree) ? tree.map((each: unknown, index) => (String(index) === key ? changed : each)) : { ...(tree as Tree), [key]: changed };
}
