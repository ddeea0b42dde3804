import type { CommitEntry } from '../../shared/commands.ts';
import type { WindowCommand, WindowOutput } from '../../shared/window-commands.ts';
import { activityFixture, ago, conflictFixture, fullState } from './fixtures.ts';
import { accountsFixture, mirrorsFixture, planFixture, repositoryFixture } from './mirror-fixtures.ts';

const base = `\\section{Method}

We sampled forty plots in May, each of one square metre.

Counts were taken twice a day.

Temperatures come from the nearest station.

\\subsection{Sites}

All sites lie between 420 and 610 metres above the sea; see Table~\\ref{sites}.
`;
const mine = base.replace('forty plots', 'forty-eight plots').replace('twice a day.', 'twice a day, at dawn and dusk.');
const theirs = base.replace('in May,', 'in May and June,').replace('the nearest station', 'our own loggers');

const planBefore = `# Garden

## Beds

- A: broad beans, then leeks
- B: potatoes (Charlotte)
- C: empty until May

## Watering

Drip line on A and B. Timer at 06:30,
20 minutes, every second day.

## To buy

- fleece, 10 m
- twine

## Notes from last year

The slugs came in the second week
`;
const planAfter = planBefore
  .replace('- C: empty until May', '- C: tomatoes under fleece, May 12\n- D: rhubarb, leave it alone')
  .replace('06:30', '05:45')
  .replace('- fleece, 10 m\n', '');

const id = (start: string) => start.padEnd(40, '0');
const entry = (start: string, seconds: number, machine: string, message: string, files: CommitEntry['files'], parents = 1): CommitEntry => ({
  id: id(start),
  parents: Array.from({ length: parents }, (_, at) => id(`${start}9${at}`)),
  author: 'me',
  at: ago(seconds),
  machine,
  message,
  files,
});

const newest: CommitEntry[] = [
  entry('5d0be77', 12, 'studio-desktop', 'garden: beds, watering, shopping', [{ path: 'garden/plan.md', change: 'modified' }]),
  entry('5d0be76', 30, 'studio-desktop', 'garden: photo of bed C', [{ path: 'garden/bed-c.jpg', change: 'added' }]),
  entry('5d0be75', 5600, 'thinkpad', 'reading: three new entries', [
    { path: 'reading/2026.md', change: 'modified' },
    { path: 'reading/list.md', change: 'modified' },
  ]),
  entry('5d0be74', 6700, 'thinkpad', 'Moved inbox/tax.md to papers/tax-2026.md', [{ path: 'papers/tax-2026.md', change: 'renamed', from: 'inbox/tax.md' }]),
  entry('5d0be73', 18_700, 'thinkpad', 'Took both sides: journal/november.md', [], 2),
  entry('5d0be72', 27_000, 'attic-server', 'journal: 21 November', [{ path: 'journal/november.md', change: 'modified' }]),
  entry('5d0be71', 63_700, 'thinkpad', 'Removed inbox/scan-014.pdf', [{ path: 'inbox/scan-014.pdf', change: 'deleted' }]),
  entry('5d0be70', 68_200, 'studio-desktop', 'recipes: quince paste', [{ path: 'recipes/quince.md', change: 'added' }]),
];
const older = Array.from({ length: 400 }, (_, at) =>
  entry(`4c${String(at).padStart(5, '0')}`, 90_000 + at * 21_000, at % 3 === 0 ? 'studio-desktop' : 'thinkpad', `journal: entry ${400 - at}`, [{ path: `journal/${2026 - Math.floor(at / 150)}.md`, change: 'modified' }]),
);
export const historyFixture: readonly CommitEntry[] = [...newest, ...older];

const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

const version = (text: string | null, machine: string | null, bytes = text?.length ?? 0) => ({ blob: 'a'.repeat(40), machine, text, bytes });

const [firstMirror, firstAccount] = [only(mirrorsFixture), only(accountsFixture)];
function only<T>([first]: readonly T[]): T {
  if (first === undefined) throw new Error('There is none');
  return first;
}

const ownersList = (match = '') => ({
  taken: ['api', 'atlas', 'charts', 'lib-core', 'lib-storage', 'maps', 'parser', 'queue', 'search'].filter((name) => name.includes(match.replace('^', ''))),
  left: [{ name: 'fork-of-parser', why: 'fork' as const }, { name: 'archive-2019', why: 'archived' as const }],
});

type Answers = { [C in WindowCommand]?: (input: never) => WindowOutput<C> };

/** What a full engine would answer in the pictures and tests of the window. */
export const answers = {
  'state.get': () => fullState,
  history: ({ before, limit = 50, path }: { before?: string; limit?: number; path?: string }) => {
    const all = path === undefined ? historyFixture : historyFixture.filter(({ files }) => files.some((file) => file.path.includes(path)));
    const start = before === undefined ? 0 : all.findIndex((commit) => commit.id === before) + 1;
    return all.slice(start, start + limit);
  },
  show: ({ commit, path }: { commit: string; path: string }) => ({ bytes: /\.(jpg|png)$/.test(path) ? pixel : base64(commit.startsWith('5d0be779') ? planBefore : planAfter) }),
  restore: ({ path }: { path: string }) => ({ path }),
  'conflict.compare': ({ conflict }: { conflict: string }) =>
    conflict === 'c2'
      ? {
          conflict: conflictFixture('c2', 'thesis', 'figures/setup.png'),
          base: version(null, null, 48_211),
          mine: version(null, 'thinkpad', 51_002),
          theirs: version(null, 'attic-server', 49_870),
        }
      : { conflict: conflictFixture(conflict, 'thesis', 'chapter-3.tex'), base: version(base, null), mine: version(mine, 'thinkpad'), theirs: version(theirs, 'attic-server') },
  resolve: () => ({}),
  rescue: () => [
    { name: 'r1', at: ago(4000), why: 'changed-meanwhile' as const, path: 'nvim/init.lua', bytes: 4_120, keptUntil: ago(4000 - 90 * 86_400) },
    { name: 'r3', at: ago(90_000), why: 'snapshot' as const, path: '.', bytes: 0, keptUntil: ago(90_000 - 90 * 86_400) },
    { name: 'r2', at: ago(200_000), why: 'ignored-here' as const, path: 'cache/index.bin', bytes: 2_400_000, keptUntil: ago(200_000 - 90 * 86_400) },
  ],
  'rescue.restore': () => ({ path: 'nvim/init.lua' }),
  activity: ({ id: folder, limit = 50 }: { id?: string; limit?: number }) =>
    Array.from({ length: 20 }, (_, day) => activityFixture.map((line) => ({ ...line, at: new Date(Date.parse(line.at) - day * 40_000_000).toISOString() })))
      .flat()
      .filter((line) => folder === undefined || line.folder === folder)
      .slice(0, limit),
  'mirror.list': ({ id: mirror }: { id?: string }) => mirrorsFixture.filter((each) => mirror === undefined || each.id === mirror),
  'mirror.repository': ({ id: mirror, repo }: { id: string; repo: string }) => repositoryFixture(mirror, repo),
  'mirror.preview': () => planFixture,
  'mirror.run': () => [...mirrorsFixture],
  'mirror.check': () => [...mirrorsFixture],
  'mirror.add': () => firstMirror,
  'mirror.set': () => firstMirror,
  'mirror.approve': () => firstMirror,
  'mirror.restore': ({ as: branch }: { as: string }) => ({ branch, commit: id('88d1f02') }),
  'account.add': ({ name }: { name: string }) => ({ ...firstAccount, name }),
  'account.repositories': ({ match }: { match?: string }) => ownersList(match),
  'account.check': () => firstAccount,
  'webhook.listen': () => ({ ...fullState.webhook, secret: 'lsk_8Qw2mVx0aTt5rZ1cYp7nHd4k' }),
  'webhook.off': () => ({ state: 'off' as const, url: null, publicUrl: null, hasSecret: true }),
  'signal.pair': () => ({ code: 'amber-27-kettle-04-north' }),
  'shell.about': () => ({ version: '0.1.0', keyring: true, attached: false, tray: true }),
  'shell.pick-folder': () => ({ path: '/home/me/recipes' }),
  doctor: () => [
    { check: 'git', ok: true, detail: 'git 2.39.5', fix: null },
    { check: 'xmpp', ok: true, detail: 'me@example.org is connected', fix: null },
    { check: 'hg', ok: false, detail: 'Mercurial is not installed.', fix: 'Install mercurial to watch Mercurial folders.' },
  ],
} satisfies Answers;
