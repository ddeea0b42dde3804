// @vitest-environment jsdom
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sampleMirrorOf, sampleRepository } from '../../shared/testing/sample-mirror.ts';
import { Sheets } from '../shell/Sheets.tsx';
import { states } from '../testing/fixtures.ts';
import { live, type LiveView } from '../testing/live.tsx';
import { MirrorsView } from './MirrorsView.tsx';

let view: LiveView;
afterEach(async () => {
  await view.end();
  window.location.hash = '';
});

beforeAll(() => {
  // A window of this size, where jsdom has none: what is out of sight is not drawn.
  Object.defineProperties(HTMLElement.prototype, { offsetHeight: { configurable: true, get: () => 880 }, offsetWidth: { configurable: true, get: () => 1000 }, clientWidth: { configurable: true, get: () => 658 } });
});

const open = async (mirror?: string, repo?: string, over = {}) => {
  const page = (
    <>
      <div className="scroller">
        <MirrorsView mirror={mirror} repo={repo} />
      </div>
      <Sheets />
    </>
  );
  view = await live(page, states.full, over);
};
const cell = (name: string) => view.body.querySelector<HTMLElement>(`[role=gridcell][aria-label^="${name}:"]`);
const cells = () => view.body.querySelectorAll('[role=gridcell]');

describe('the mirrors', () => {
  it('lead with the sentence, then a cell each, then what needs a look', async () => {
    await open();
    expect(view.body.querySelector('h1')?.textContent).toBe('One of 3 mirrors is in step. 5 repositories wait for you.');
    expect(cells()).toHaveLength(70);
    expect(cell('lib-storage')?.getAttribute('aria-label')).toBe('lib-storage: Waits for you, moved earlier');
    expect([...view.body.querySelectorAll('.look-name')].map(({ textContent }) => textContent)).toEqual(['datasets', 'lib-storage', 'old-wiki', 'hardware', 'zine']);
  });

  it('are one tab stop a mirror; arrows, ends and letters move in it, Enter opens', async () => {
    await open();
    const stops = view.body.querySelectorAll<HTMLElement>('[role=gridcell][tabindex="0"]');
    expect(stops).toHaveLength(3);
    stops[0]?.focus();
    const at = () => document.activeElement?.getAttribute('aria-label')?.split(':')[0];
    await view.press('ArrowRight');
    expect(at()).toBe('api-2');
    await view.press('End', { ctrlKey: true });
    expect(at()).toBe('vendored');
    await view.press('l');
    await view.press('i');
    expect(at()).toBe('lib');
    await view.press('Enter');
    expect(window.location.hash).toBe('#/mirrors/tidepool?repo=lib');
  });

  it('fade what does not match, say how many do, and go to the first', async () => {
    await open();
    const field = view.body.querySelector('input');
    await view.type(field, 'old-');
    expect(cell('old-wiki')?.className).not.toContain('faded');
    expect(view.body.querySelectorAll('.faded')).toHaveLength(69);
    expect(view.body.textContent).toContain('one of 70');
    await view.press('Enter');
    expect(window.location.hash).toBe('#/mirrors/tidepool?repo=old-wiki');
    await view.type(field, 'receipts');
    expect(view.body.textContent).toContain('No repository is called “receipts”.');
    await view.press('Escape');
    expect(view.body.querySelectorAll('.faded')).toHaveLength(0);
  });

  it('show why one is amber, and take what waits', async () => {
    await open('tidepool', 'lib-storage');
    expect(view.body.textContent).toContain('Why amber?');
    expect([...view.body.querySelectorAll('.plan tbody tr')].map((row) => row.textContent)).toEqual([
      'rewriteheads/main14 leave, 11 come; the old stays as a backup3f1a09cfrom 3f1a09c→ 9c0d7e2to 9c0d7e2',
      'deleteheads/devstays as a backup71be220from 71be220',
      'forwardheads/release-26 commits comec04f1aafrom c04f1aa→ e8819d3to e8819d3',
      'createtags/v2.4.0a new tag→ 0b67c11to 0b67c11',
    ]);
    await view.click('Take it, keep the old');
    expect(view.asked).toContainEqual(['mirror.approve', { id: 'tidepool', repo: 'lib-storage' }]);
    await view.click('Leave as is');
    expect(window.location.hash).toBe('#/mirrors');
  });

  it('give three ways out where the target was changed by another hand', async () => {
    await open('home', 'zine');
    await view.type(view.body.querySelector('.ways input'), 'theirs/kept');
    await view.click('Keep theirs as a branch');
    await view.click('Push over theirs');
    expect(view.asked.filter(([command]) => command === 'mirror.approve')).toEqual([
      ['mirror.approve', { id: 'home', repo: 'zine', rename: 'theirs/kept' }],
      ['mirror.approve', { id: 'home', repo: 'zine' }],
    ]);
  });

  it('bring a backup back as a branch', async () => {
    await open('tidepool', 'lib-storage');
    await view.click('Restore as branch…: heads/main');
    await view.click('Bring it back');
    expect(view.asked).toContainEqual(['mirror.restore', { id: 'tidepool', repo: 'lib-storage', ref: 'refs/lockstep/backup/0/heads/main', as: 'restored/main-2026-11-21' }]);
    expect(view.said()).toEqual(['restored/main-2026-11-21 is there again.']);
  });

  it('say so when their repositories cannot be had, and ask again', async () => {
    let fails = true;
    await open(undefined, undefined, {
      'mirror.list': ({ id }: { id: string }) => {
        if (fails) throw new Error('It is not there.');
        return [sampleMirrorOf([sampleRepository()], { id })];
      },
    });
    expect(view.body.textContent).toContain('The repositories cannot be shown: Error: It is not there.');
    fails = false;
    await view.click('Look again');
    expect(cells().length).toBeGreaterThan(0);
  });

  it('draw only what is in sight of thousands', async () => {
    const many = Array.from({ length: 5000 }, (_, at) => sampleRepository({ name: `lib-${String(at).padStart(4, '0')}` }));
    const { repos, ...mirror } = sampleMirrorOf(many);
    view = await live(
      <div className="scroller">
        <MirrorsView mirror={undefined} repo={undefined} />
      </div>,
      { ...states.full, mirrors: [mirror] },
      { 'mirror.list': () => [{ ...mirror, repos }] },
    );
    expect(view.body.querySelector('[role=grid]')?.getAttribute('aria-rowcount')).toBe(String(Math.ceil(5000 / 30)));
    expect(cells().length).toBeGreaterThan(100);
    expect(cells().length).toBeLessThan(2000);
  });
});
