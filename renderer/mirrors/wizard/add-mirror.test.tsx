// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { states } from '../../testing/fixtures.ts';
import { live, type LiveView } from '../../testing/live.tsx';
import { AddMirrorSheet } from './AddMirrorSheet.tsx';
import { addArguments, emptyDraft, isAnswered, proposedName, stepsOf } from './wizard-draft.ts';

let view: LiveView;
afterEach(async () => {
  await view?.end();
  window.location.hash = '';
});

const field = (label: string): HTMLInputElement | null => {
  const found = [...document.querySelectorAll('label')].find(({ textContent }) => textContent === label);
  return found ? document.querySelector<HTMLInputElement>(`#${CSS.escape(found.htmlFor)}`) : null;
};
const asked = (command: string) => view.asked.filter(([name]) => name === command).map(([, input]) => input);

describe('the first questions about a mirror', () => {
  it('lead from an account to the first run; nothing is copied before the plan was seen', async () => {
    view = await live(<AddMirrorSheet onClose={() => undefined} />, states.full);
    await view.click('Go on');
    await view.type(field('Owner'), 'tidepool');
    await view.click('Go on');
    await view.click('Choose…');
    expect(field('Folder')?.value).toBe('/home/me/recipes/tidepool');
    await view.click('Go on');
    await view.click('Go on');
    expect(asked('mirror.add')).toEqual([
      {
        name: 'tidepool',
        source: { account: 'work', owner: 'tidepool', forks: false, archived: false, syncNew: true },
        target: { directory: '/home/me/recipes/tidepool' },
        options: { how: 'poll', every: 300, lfs: false, paused: true },
      },
    ]);
    expect(document.body.textContent).toContain('Nothing was written yet.');
    expect(asked('mirror.run')).toEqual([]);
    await view.click('Copy now');
    expect(asked('mirror.set')).toEqual([{ id: 'tidepool', options: { paused: false } }]);
    expect(asked('mirror.run')).toEqual([{ id: 'tidepool' }]);
    expect(document.body.textContent).toContain('31 of 46 repositories');
    await view.click('Show the mirror');
    expect(window.location.hash).toBe('#/mirrors');
  });

  it('leave nothing behind when the plan is not wanted', async () => {
    let closed = 0;
    view = await live(<AddMirrorSheet onClose={() => (closed += 1)} />, states.full);
    await view.click('One address');
    await view.type(field('Address'), 'https://git.example.org/lib.git');
    await view.click('Go on');
    await view.type(field('Folder'), '/srv/lib.git');
    await view.click('Go on');
    await view.click('Go on');
    await view.click('Do not mirror');
    expect(asked('mirror.remove')).toEqual([{ id: 'tidepool' }]);
    expect(closed).toBe(1);
  });

  it('say what was not taken, and keep what was typed', async () => {
    view = await live(<AddMirrorSheet onClose={() => undefined} />, states.full, {
      'mirror.add': () => {
        throw new Error('Another mirror is there.');
      },
    });
    await view.click('One address');
    await view.type(field('Address'), 'https://git.example.org/lib.git');
    await view.click('Go on');
    await view.type(field('Folder'), '/srv/lib.git');
    await view.click('Go on');
    await view.click('Go on');
    expect(document.querySelector('[role=alert]')?.textContent).toContain('Another mirror is there.');
    await view.click('Back');
    expect(field('Folder')?.value).toBe('/srv/lib.git');
  });

  it('begin with an account where there is none, whose token does not stay in the page', async () => {
    view = await live(<AddMirrorSheet onClose={() => undefined} />, states.empty);
    await view.click('Add account…');
    await view.type(field('Name'), 'work');
    await view.type(field('Token'), 'ghp_secret');
    await view.click('Try and keep');
    expect(asked('account.add')).toEqual([{ name: 'work', forge: 'github', token: 'ghp_secret' }]);
    expect(document.body.innerHTML).not.toContain('ghp_secret');
    expect([...document.querySelectorAll('input')].map(({ value }) => value)).not.toContain('ghp_secret');
  });
});

describe('the answers', () => {
  const draft = emptyDraft([]);

  it('propose the last part of an address as name', () => {
    expect(['https://host/group/lib.git', 'git@host:lib', 'https://host/lib/', ''].map((url) => proposedName({ ...draft, from: 'url', url }))).toEqual(['lib', 'lib', 'lib', '']);
  });

  it('skip the choice among repositories for one address, and want an owner at another account', () => {
    expect(stepsOf({ from: 'url' })).toEqual(['from', 'target', 'how', 'plan']);
    expect(isAnswered('target', { ...draft, to: 'account', targetAccount: 'copies' })).toBe(false);
    expect(isAnswered('how', { ...draft, every: '0' })).toBe(false);
  });

  it('become the command', () => {
    expect(addArguments({ ...draft, account: 'work', owner: 'me', match: ' ^lib- ', to: 'account', targetAccount: 'copies', targetOwner: 'me-copy' })).toMatchObject({
      source: { account: 'work', owner: 'me', match: '^lib-' },
      target: { account: 'copies', owner: 'me-copy' },
    });
  });
});
