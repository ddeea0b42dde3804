// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import type { Params, ProblemCode } from '../../shared/problem.ts';
import { Sheets } from '../shell/Sheets.tsx';
import { folderFixture, states } from '../testing/fixtures.ts';
import { live, type LiveView } from '../testing/live.tsx';
import { ProblemPanel } from './ProblemPanel.tsx';

let view: LiveView;
afterEach(async () => {
  await view.end();
  window.location.hash = '';
});

/** What a button leads to: a command, another place of the window, or a sheet with more buttons. */
type Leads = { readonly asks: readonly [command: string, input: object] } | { readonly goes: string } | { readonly opens: readonly (readonly [button: string, asks?: readonly [command: string, input: object]])[] };

interface Shown {
  readonly params?: Params;
  readonly path?: string;
  readonly says: RegExp;
  readonly button: string;
  readonly leads: Leads;
}

const id = 'notes';
const [sync, terminal, approve] = [['sync', { id, timeoutS: 120 }], ['shell.open-terminal', { id }], ['folder.approve', { id }]] as const;
const AGAIN = { button: 'Try now', leads: { asks: sync } } as const;
const LOOK = { button: 'Look again', leads: { asks: sync } } as const;
const FINISH = { button: 'Open terminal', leads: { asks: terminal } } as const;
const EXPLAINED: Leads = { opens: [['Open terminal', terminal], ['Try now', sync]] };
const DECIDED: Leads = { opens: [['Let it through', approve]] };
const UNDECIDED: Leads = { opens: [['Bring the files back', ['folder.bring-back', { id }]], ['Let it through', approve]] };
const HERE = { path: 'big.bin', params: { path: 'big.bin' } };

/** One of each code, and those of a kind that have another answer. */
const PROBLEMS: Record<ProblemCode, readonly Shown[]> = {
  offline: [{ says: /No network/, ...AGAIN }],
  timeout: [{ params: { seconds: 50 }, says: /attic-server did not answer for 50 s/, ...AGAIN }],
  'rate-limited': [{ says: /asks us to wait/, ...AGAIN }],
  'auth-failed': [{ says: /attic-server refused the password or key/, button: 'Sign in…', leads: EXPLAINED }],
  'remote-gone': [{ says: /no repository at this address/, button: 'Change address…', leads: { opens: [['Cancel']] } }],
  'remote-rejected': [{ params: { branch: 'main', detail: 'protected' }, says: /does not take changes to main: “protected”/, button: 'Choose branch…', leads: { goes: '#/folder/notes?tab=settings' } }],
  'remote-rewritten': [{ params: { count: 2 }, says: /2 changes you have are not in it/, button: 'Decide…', leads: DECIDED }],
  'remote-changed': [{ params: { remote: 'origin', url: 'https://b/x', agreed: 'https://a/x' }, says: /It is https:\/\/b\/x now/, button: 'Compare…', leads: DECIDED }],
  'remote-damaged': [{ says: /repository on the server is damaged/, button: 'Show its words', leads: EXPLAINED }],
  'tls-failed': [{ params: { detail: 'expired' }, says: /not secure, so nothing was sent: “expired”/, ...AGAIN }],
  'host-key-changed': [{ says: /another key than before/, button: 'Check the key…', leads: EXPLAINED }],
  'no-remote': [{ params: { remote: 'origin' }, says: /no remote origin/, button: 'Set a server…', leads: { opens: [['Cancel']] } }],
  'no-branch': [{ params: { branch: 'main', present: 'side' }, says: /side is checked out here/, button: 'Choose branch…', leads: { goes: '#/folder/notes?tab=settings' } }],
  'rebase-in-progress': [{ says: /middle of a rebase/, ...FINISH }],
  'merge-in-progress': [{ says: /middle of a merge/, ...FINISH }],
  'cherry-pick-in-progress': [{ says: /middle of a cherry-pick/, ...FINISH }],
  'revert-in-progress': [{ says: /middle of a revert/, ...FINISH }],
  'bisect-in-progress': [{ says: /middle of a bisect/, ...FINISH }],
  'detached-head': [{ says: /No branch is checked out/, ...FINISH }],
  'changes-staged': [{ params: { files: 2 }, says: /staged 2 files yourself/, ...FINISH }],
  locked: [
    { params: { file: '/x/index.lock' }, says: /holds \/x\/index\.lock/, ...LOOK },
    { params: { file: '/x/index.lock', how: 'left-behind' }, says: /gone left \/x\/index\.lock behind/, button: 'Remove it…', leads: { opens: [['Remove the lock', approve]] } },
  ],
  'damaged-repository': [{ params: { detail: 'HEAD is empty' }, says: /damaged: HEAD is empty/, button: 'Open folder', leads: { asks: ['shell.open-folder', { id }] } }],
  'root-missing': [
    { params: { path: '/home/me/notes' }, says: /\/home\/me\/notes is gone/, button: 'Find it…', leads: { opens: [['Choose the folder…', ['shell.pick-folder', {}]]] } },
    { params: { path: '/home/me/notes', replaced: '/home/me/notes' }, says: /Another repository lies at/, button: 'Find it…', leads: { opens: [['Use what is there now', approve]] } },
  ],
  'root-emptied': [{ says: /suddenly empty/, button: 'Decide…', leads: UNDECIDED }],
  'mass-change': [{ params: { deleted: 25, modified: 0, files: 31 }, says: /25 of 31 files/, button: 'Decide…', leads: UNDECIDED }],
  'untrusted-config': [{ says: /programs of its own/, button: 'Decide…', leads: { opens: [['Trust this repository', ['folder.set', { id, options: { trust: true } }]]] } }],
  'disk-full': [{ params: { path: '/x', freeBytes: 0 }, says: /disk is full: .* left for \/x/, ...LOOK }],
  'read-only': [{ params: { path: '/x' }, says: /\/x cannot be written/, ...LOOK }],
  'system-limit': [{ says: /open no more files/, ...AGAIN }],
  'unreadable-path': [{ ...HERE, says: /big\.bin cannot be read/, button: 'Open folder', leads: { asks: ['shell.open-folder', { id, path: 'big.bin' }] } }],
  'file-too-large': [{ ...HERE, says: /big\.bin is larger/, button: 'Ignore it', leads: { asks: ['folder.set', { id, options: { ignore: ['/big.bin'] } }] } }],
  'secret-found': [
    { ...HERE, says: /big\.bin looks like it holds/, button: 'Keep it here', leads: { asks: ['folder.set', { id, options: { ignore: ['/big.bin'] } }] } },
    { path: 'env', params: { path: 'env', line: 2, how: 'in-commit', commit: 'abc' }, says: /in your commit abc/, button: 'Decide…', leads: { opens: [['Take it out', ['folder.take-out', { id, path: 'env' }]], ['Push it anyway', ['folder.approve', { id, path: 'env' }]]] } },
  ],
  'nested-repository': [
    { path: 'tool', params: { path: 'tool' }, says: /tool is a repository of its own/, button: 'Add as a folder…', leads: { opens: [['Cancel']] } },
    { path: 'lib', params: { path: 'lib', how: 'submodule' }, says: /lib, a submodule, holds something else/, button: 'Open it', leads: { asks: ['shell.open-folder', { id, path: 'lib' }] } },
  ],
  'unsupported-file': [{ path: 'plan.md', params: { path: 'plan.md', how: 'incoming' }, says: /plan\.md came from another machine/, button: 'Open folder', leads: { asks: ['shell.open-folder', { id, path: 'plan.md' }] } }],
  'watch-limit': [{ params: { directories: 10, polled: 3 }, says: /watches for 10 directories/, button: 'Raise the limit…', leads: EXPLAINED }],
  'hook-failed': [{ params: { hook: 'pre-commit', detail: 'no' }, says: /check “pre-commit” said no: “no”/, ...AGAIN }],
  'tool-missing': [{ params: { tool: 'git' }, says: /needs git/, ...LOOK }],
  'settings-damaged': [{ params: { kept: 'x' }, says: /kept as x/, button: 'Open settings', leads: { goes: '#/settings' } }],
};

async function open(code: ProblemCode, { params = {}, path, says, button }: Shown): Promise<void> {
  const problem = { code, params, since: states.full.startedAt, ...(path === undefined ? {} : { path }) };
  const folder = folderFixture(id, { phase: 'halted', problem });
  const page = (
    <>
      <ProblemPanel folder={folder} problem={problem} />
      <Sheets />
    </>
  );
  view = await live(page, { ...states.full, folders: [folder] });
  expect(view.body.textContent).toMatch(says);
  await view.click(button);
}

const cases = Object.entries(PROBLEMS).flatMap(([code, all]) => all.map((shown) => ({ code: code as ProblemCode, kind: shown.params?.['how'] ?? '', shown })));

describe('in the window', () => {
  it.each(cases)('$code $kind has its sentence, and a button that leads on', async ({ code, shown }) => {
    const { leads } = shown;
    await open(code, shown);
    if ('asks' in leads) return expect(view.asked).toContainEqual(leads.asks);
    if ('goes' in leads) return expect(window.location.hash).toBe(leads.goes);
    for (const [button, asks] of leads.opens) {
      await view.click(button);
      if (asks) expect(view.asked).toContainEqual(asks);
      // Each on a sheet of its own: it closes when something was done.
      await view.end();
      await open(code, shown);
    }
  });
});
