import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Machine } from '../machine.ts';
import { joinBySignals } from './signals.ts';

/** Seven folders of a person who has used Lockstep for a while; each ends in another state. */
const FOLDERS = ['photos-index', 'notes', 'thesis', 'field-guide', 'dotfiles', 'site', 'scores'] as const;
const QUICK = ['--commit-delay', '0.2', '--push-delay', '0', '--poll', '2'];
/** So many of them are on the other machine as well. */
const SHARED = 4;
const DAYS = 14;
const DAY_S = 86_400;

/** The machine's folders, each with a hub and two weeks of changes by two machines; some are on the other machine, too. */
export async function moveIn(machine: Machine, other: Machine): Promise<void> {
  for (const [at, name] of FOLDERS.entries()) {
    const hub = machine.path(`.hubs/${name}.git`);
    await machine.git('.', 'init', '-q', '--bare', hub);
    await fillHistory(machine, hub, at, [machine.name, other.name]);
    await machine.git('.', 'clone', '-q', hub, name);
    const asks = name === 'field-guide' ? ['--message', 'popup', '--popup-timeout', '300'] : [];
    await machine.lockstep('folder', 'add', machine.path(name), ...QUICK, ...asks);
    if (at >= SHARED) continue;
    await other.git('.', 'clone', '-q', hub, name);
    await other.lockstep('folder', 'add', other.path(name), ...QUICK);
  }
  await joinBySignals(machine, other);
  for (const named of [machine, other]) {
    const file = named.path('person/.config/lockstep/settings.json');
    const settings = JSON.parse(readFileSync(file, 'utf8')) as { machine: { name: string } };
    settings.machine.name = named.name;
    writeFileSync(file, JSON.stringify(settings));
  }
}

/** Two weeks in one process; how many changes a day has follows from the day and the folder, so that every run is alike. */
async function fillHistory(machine: Machine, hub: string, folder: number, authors: readonly string[]): Promise<void> {
  const nowS = Math.floor(Date.now() / 1000);
  const commits: string[] = [];
  for (let day = 0; day < DAYS; day += 1) {
    // At least one a day, or the folder's first day would have none to begin with.
    for (let nth = 0; nth <= (day * (folder + 3) + folder) % 5; nth += 1) {
      const file = `chapter-${(day + nth) % 4}.tex`;
      const message = `Change ${file}\n\nLockstep-Machine: ${authors[(day + nth + folder) % authors.length]}\n`;
      const who = `kim <kim@localhost> ${nowS - (DAYS - day) * DAY_S + nth * 1800} +0000`;
      const content = `\\section{Nests}\nMost nests face south.\nDay ${day}, look ${nth}.\nThe rest was not found again.\n`;
      commits.push(`commit refs/heads/main\ncommitter ${who}\n${data(message)}M 100644 inline ${file}\n${data(content)}`);
    }
  }
  const child = spawn('git', ['-C', hub, 'fast-import', '--quiet'], { env: machine.env, stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end(commits.join(''));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error('The history could not be made');
}

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;

/** What happens while the app runs: a conflict, a question, a secret, a rebase, a pause, and ordinary work. */
export async function liveOn(machine: Machine, other: Machine): Promise<void> {
  await machine.lockstep('folder', 'pause', 'thesis');
  await machine.lockstep('folder', 'pause', 'scores');
  await machine.git('.', 'clone', '-q', machine.path('.hubs/thesis.git'), '.elsewhere');
  const chapter = (line: string) => `\\section{Nests}\nMost nests face south.\n${line}\nThe rest was not found again.\n`;
  for (const [folder, line] of [['.elsewhere', 'Of forty nests, nine were lost to rain.'], ['thesis', 'Of forty nests, eleven were lost to cats.']] as const) machine.write(`${folder}/chapter-3.tex`, chapter(line));
  await machine.git('.elsewhere', 'commit', '-qam', `Change chapter-3.tex\n\nLockstep-Machine: ${other.name}`);
  await machine.git('.elsewhere', 'push', '-q', 'origin', 'main');
  await machine.lockstep('folder', 'resume', 'thesis');
  // Put together here, so that nobody's scanner finds a key in this file.
  machine.write('dotfiles/env.local', `TOKEN=${'ghp_'}${'a1B2c3D4e5F6'.repeat(3)}\n`);
  for (const file of ['wren.md', 'robin.md', 'index.md']) machine.write(`field-guide/birds/${file}`, `# ${file}\n`);
  machine.write('photos-index/2026-11.json', '[]\n');
  other.write('notes/reading-list.md', '# To read\n');
  await machine.git('site', '-c', 'sequence.editor=sed -i 1s/pick/edit/', 'rebase', '-q', '-i', 'HEAD~1');
}
