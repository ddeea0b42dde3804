import type { AppState } from '../../shared/app-state.ts';
import { activitySentence } from '../../shared/text/activity-text.ts';
import { clockTime } from '../../shared/text/times.ts';
import { routeHash } from '../route.ts';
import { useText } from '../window-context.tsx';
import { MachineList } from './MachineList.tsx';
import { DaysPanel } from './DaysPanel.tsx';
import { allDays } from './all-days.ts';
import './home-rail.css';

const NAMED_EVENTS = 6;

export function HomeRail({ state }: { readonly state: AppState }) {
  const text = useText();
  return (
    <aside className="rail home-rail" aria-label={text.t('window.home.rail')}>
      <DaysPanel days={allDays(state.folders)} />
      <MachineList state={state} />
      <section aria-labelledby="happened-head">
        <div className="section-head">
          <h2 id="happened-head">{text.t('window.home.happened')}</h2>
          <span className="grow" />
          <a className="feed-all" href={routeHash({ view: 'activity' })}>
            {text.t('window.home.all-activity')}
          </a>
        </div>
        {state.recent.length === 0 && <p className="meta">{text.t('window.home.nothing-happened')}</p>}
        <ol className="feed">
          {state.recent.slice(0, NAMED_EVENTS).map((entry, at) => (
            <li key={`${entry.at} ${at}`}>
              <time dateTime={entry.at}>{clockTime(text, entry.at)}</time>
              <span>{activitySentence(text, entry, state.folders.find(({ id }) => id === entry.folder)?.name ?? entry.folder ?? '').sentence}</span>
            </li>
          ))}
        </ol>
      </section>
    </aside>
  );
}
