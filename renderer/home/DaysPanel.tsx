import { useState } from 'react';
import type { Text } from '../../shared/text/text.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { DayPlot } from '../components/DayPlot.tsx';
import { useText } from '../window-context.tsx';
import type { Days } from './all-days.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Changes a day as a picture, and as a table for those who would rather read. */
export function DaysPanel({ days }: { readonly days: Days }) {
  const text = useText();
  const todayMs = useNow(HOUR_MS);
  const [isTable, setTable] = useState(false);
  if (days.mine.length === 0) return null;
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const today = (days.mine.at(-1) ?? 0) + (days.others.at(-1) ?? 0);
  const label = text.t('window.plot.sentence', { days: days.mine.length, mine: sum(days.mine), others: sum(days.others) });
  return (
    <section aria-labelledby="days-head">
      <div className="section-head">
        <h2 id="days-head">{text.t('window.home.days', { count: days.mine.length })}</h2>
        <span className="meta">{text.t('window.home.today', { count: today })}</span>
      </div>
      {isTable ? (
        <DaysTable days={days} todayMs={todayMs} />
      ) : (
        <div className="days-plot">
          <DayPlot mine={days.mine} others={days.others} label={label} height={60} barWidth={12} gap={4} />
          <div className="days-axis" aria-hidden="true">
            <span>{dayName(text, todayMs - (days.mine.length - 1) * DAY_MS)}</span>
            <span>{text.t('window.home.axis-today')}</span>
          </div>
        </div>
      )}
      <Button kind="quiet" className="small" onPress={() => setTable(!isTable)}>
        {text.t(isTable ? 'window.plot.as-picture' : 'window.plot.as-table')}
      </Button>
    </section>
  );
}

function DaysTable({ days, todayMs }: { readonly days: Days; readonly todayMs: number }) {
  const text = useText();
  return (
    <table className="days-table">
      <thead>
        <tr>
          <th scope="col">{text.t('window.plot.day')}</th>
          <th scope="col">{text.t('window.plot.mine')}</th>
          <th scope="col">{text.t('window.plot.others-short')}</th>
        </tr>
      </thead>
      <tbody>
        {days.mine.map((own, at) => {
          const dayMs = todayMs - (days.mine.length - 1 - at) * DAY_MS;
          return (
            <tr key={dayMs}>
              <th scope="row">{dayName(text, dayMs)}</th>
              <td>{own}</td>
              <td>{days.others[at] ?? 0}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const dayName = (text: Text, ms: number): string => new Intl.DateTimeFormat(text.locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: text.timeZone }).format(ms);
