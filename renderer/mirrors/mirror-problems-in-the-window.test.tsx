// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { MIRROR_CODES, mirrorTier, type MirrorCode, type MirrorProblem } from '../../shared/mirror-problem.ts';
import type { Params } from '../../shared/problem.ts';
import { mirrorProblemButton } from '../../shared/text/mirror-text.ts';
import { createText } from '../../shared/text/text.ts';
import { sampleMirror, sampleMirrorOf, sampleRepository, sampleRepositoryDetail } from '../../shared/testing/sample-mirror.ts';
import { Sheets } from '../shell/Sheets.tsx';
import { states } from '../testing/fixtures.ts';
import { live, type LiveView } from '../testing/live.tsx';
import { ago } from '../testing/times.ts';
import { mirrorDeed, type MirrorDeed } from './mirror-deed.ts';
import { NeedsLook } from './NeedsLook.tsx';
import { WhyPanel } from './WhyPanel.tsx';

let view: LiveView;
afterEach(async () => {
  await view.end();
  window.location.hash = '';
});

const text = createText('en', { timeZone: 'Europe/Berlin' });
const place = { id: 'tidepool', repo: 'lib-storage' };

/** What each kind of button leads to from the list: a command, the repository, or a sheet with this title. */
const LEADS: Record<MirrorDeed, { readonly asks?: readonly [string, object]; readonly goes?: string; readonly opens?: string }> = {
  run: { asks: ['mirror.run', place] },
  'open-folder': { asks: ['shell.open-mirror', place] },
  token: { opens: 'Another token for work' },
  approve: { goes: '#/mirrors/tidepool?repo=lib-storage' },
  decide: { goes: '#/mirrors/tidepool?repo=lib-storage' },
  listing: { opens: 'tidepool on GitHub' },
};

/** Buttons that stand beside the plan where a problem is answered there. */
const BESIDE_PLAN: Partial<Record<MirrorDeed, readonly (readonly [button: string, input: object])[]>> = {
  approve: [['Take it, keep the old', place]],
  decide: [['Push over theirs', place], ['Keep theirs as a branch', { ...place, rename: 'theirs/main' }]],
};

const problemOf = (code: MirrorCode, params: Params = {}): MirrorProblem => ({ code, params, since: ago(3600) });
const state = (mirror: ReturnType<typeof sampleMirror>) => ({ ...states.full, mirrors: [mirror] });

async function listed(code: MirrorCode, params: Params = {}): Promise<void> {
  const { repos: _repos, ...mirror } = sampleMirrorOf([sampleRepository({ state: 'unavailable', problem: problemOf(code, params) })]);
  const page = (
    <>
      <NeedsLook mirrors={[mirror]} chosen={{ id: undefined, repo: undefined }} />
      <Sheets />
    </>
  );
  view = await live(page, state(mirror));
}

describe.each(MIRROR_CODES)('in the window, %s', (code) => {
  const deed = mirrorDeed(code);
  const button = mirrorProblemButton(text, { code });

  it('has its sentence and one button that leads on', async () => {
    await listed(code);
    const row = view.body.querySelector('.look-row');
    expect(row?.querySelector('p')?.textContent).toMatch(/^[A-Z“].*[.?]$/);
    expect(row?.textContent).not.toMatch(/\{\{|mirrorProblems|undefined/);
    await view.click(`${button}: lib-storage`);
    const { asks, goes, opens } = LEADS[deed];
    if (asks) expect(view.asked).toContainEqual(asks);
    if (goes) expect(window.location.hash).toBe(goes);
    if (opens) expect(document.querySelector('[role=dialog]')?.textContent).toContain(opens);
  });

  it('says why beside the repository, with what mends it', async () => {
    const repository = sampleRepositoryDetail({ state: 'needs-approval', problem: problemOf(code) });
    const mirror = sampleMirror();
    view = await live(<WhyPanel mirror={mirror} repository={repository} />, state(mirror));
    for (const [each, input] of BESIDE_PLAN[deed] ?? []) {
      await view.click(each);
      expect(view.asked).toContainEqual(['mirror.approve', input]);
    }
    if (!BESIDE_PLAN[deed]) await view.click(button);
    if (deed === 'run') expect(view.asked).toContainEqual(['mirror.run', place]);
  });
});

describe('of a mirror as a whole', () => {
  const whole = async (code: MirrorCode, over = {}) => {
    const mirror = sampleMirror({ problem: problemOf(code), ...over });
    const page = (
      <>
        <NeedsLook mirrors={[mirror]} chosen={{ id: undefined, repo: undefined }} />
        <Sheets />
      </>
    );
    view = await live(page, state(mirror));
  };

  it.each(MIRROR_CODES.filter((code) => mirrorTier(code) === 'waiting'))('%s has a row', async (code) => {
    await whole(code);
    await view.click(`${mirrorProblemButton(text, { code })}: tidepool on GitHub`);
  });

  it('a list that shrank is taken for right, or looked at again', async () => {
    await whole('listing-shrank');
    await view.click('Look first…');
    await view.click('The list is right');
    expect(view.asked).toContainEqual(['mirror.approve', { id: 'tidepool', repo: '*' }]);
  });

  it('an address without an account says whose keys are asked', async () => {
    await whole('auth-failed', { source: 'https://git.example.org/lib.git' });
    await view.click('Renew the token…');
    expect(document.querySelector('[role=dialog]')?.textContent).toContain('keys and passwords that Git itself uses');
    await view.click('Look again');
    expect(view.asked).toContainEqual(['mirror.run', { id: 'tidepool' }]);
  });
});
