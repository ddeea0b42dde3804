import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { ActivityView } from './activity/ActivityView.tsx';
import { MessagePopup } from './commit-popup/MessagePopup.tsx';
import { ConflictsView } from './conflicts/ConflictsView.tsx';
import { FolderView } from './folders/FolderView.tsx';
import { HistoryView } from './history/HistoryView.tsx';
import { HomeView } from './home/HomeView.tsx';
import { SettingsView } from './settings/SettingsView.tsx';
import { MirrorsView } from './mirrors/MirrorsView.tsx';
import { Sidebar } from './shell/Sidebar.tsx';
import { StaleBanner } from './shell/StaleBanner.tsx';
import { draw } from './testing/draw.tsx';
import { NOW_MS, states } from './testing/fixtures.ts';
import { WelcomeView } from './welcome/WelcomeView.tsx';

const VIEWS: readonly [string, ReactNode][] = [
  ['home', <HomeView key="home" />],
  ['sidebar', <Sidebar key="sidebar" />],
  ['welcome', <WelcomeView key="welcome" />],
  ['a folder', <FolderView key="folder" id="dotfiles" tab="overview" />],
  ['a folder’s settings', <FolderView key="settings" id="site" tab="settings" />],
  ['a folder that is gone', <FolderView key="gone" id="gone" tab="overview" />],
  ['conflicts', <ConflictsView key="conflicts" folder={undefined} chosen={undefined} />],
  ['history', <HistoryView key="history" folder="notes" path={undefined} commit={undefined} />],
  ['mirrors', <MirrorsView key="mirrors" mirror="tidepool" repo="lib-storage" />],
  ['activity', <ActivityView key="activity" />],
  ['settings', <SettingsView key="settings" />],
  ['the popup', <MessagePopup key="popup" folder="field-guide" />],
];

describe.each([...Object.entries(states), ['loading', null] as const])('in the %s state', (_name, state) => {
  it.each(VIEWS)('%s is drawn, in words only', (_view, view) => {
    const markup = draw(view, state);
    // A missing phrase shows as its key, a missing value as its braces.
    expect(markup).not.toMatch(/\b(window|folders|problems|waiting|mirrors|mirrorProblems)\.[a-z-]+\.|\{\{|undefined|NaN|\[object/);
  });
});

describe('home', () => {
  it('leads with the sentence, then what waits, with a button each', () => {
    const markup = draw(<HomeView />, states.full);
    expect(markup).toMatch(/<h1>4 of 8 folders are in step\. 5 things wait for you\.<\/h1>/);
    expect(markup.indexOf('Waits for you')).toBeLessThan(markup.indexOf('folders-head'));
    expect(markup).toContain('aria-label="Compare: thesis, lab-protocols"');
  });

  it('has no panel when nothing waits', () => {
    expect(draw(<HomeView />, states.calm)).not.toContain('waits-head');
  });

  it('keeps the list while the engine is silent, and says from when it is', () => {
    expect(draw(<HomeView />, states.full, NOW_MS - 20_000)).toContain('Was: Pushing 3 changes');
    const waits = /<section aria-labelledby="waits-head".*?<\/section>/s.exec(draw(<HomeView />, states.full, NOW_MS - 20_000))?.[0] ?? '';
    expect(waits).toContain('thesis');
    expect(waits.match(/<button/g)?.length).toBe(waits.match(/disabled=""/g)?.length);
    expect(draw(<StaleBanner />, states.full, NOW_MS - 20_000)).toMatch(/role="alert".*20 s ago.*16:42/);
    expect(draw(<StaleBanner />, states.full)).toBe('');
  });
});

describe('a folder', () => {
  it('shows its problem once, with its button', () => {
    const markup = draw(<FolderView id="site" tab="overview" />, states.halted);
    expect(markup.match(/212 of 240 files vanished/g)).toHaveLength(1);
    expect(markup).toContain('Decide…');
  });
});

describe('the popup', () => {
  it('proposes the message and counts down', () => {
    const markup = draw(<MessagePopup folder="field-guide" />, states.full);
    expect(markup).toContain('Message for field-guide');
    expect(markup).toContain('>Wren: nest sites, new photo; old draft removed</textarea>');
    expect(markup).toContain('<b>0:41</b>');
  });

  it('says so when the question is over', () => {
    expect(draw(<MessagePopup folder="notes" />, states.full)).toContain('Nothing waits for a message any more.');
  });
});
