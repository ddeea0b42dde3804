import { useState } from 'react';
import { instant } from '../../shared/text/times.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { Headline } from '../components/Headline.tsx';
import { Segments } from '../components/Segments.tsx';
import { Select } from '../components/Select.tsx';
import { useAnswer } from '../use-answer.ts';
import { useFolders, useSight, useText } from '../window-context.tsx';
import { LOG_FILTERS, matchesFilter, type LogFilter } from './log-filter.ts';
import { LogList } from './LogList.tsx';
import './activity-view.css';

const [FIRST_ENTRIES, MOST_ENTRIES, TIMES_MORE] = [300, 9_000, 5];
const MINUTE_MS = 60_000;
const ANY = '*';

/** The whole log: everything that was done or left, and why. */
export function ActivityView() {
  const text = useText();
  const folders = useFolders();
  const newest = useSight(({ state }) => state?.recent[0]?.at);
  const [folder, setFolder] = useState<string>(ANY);
  const [filter, setFilter] = useState<LogFilter>('all');
  const [limit, setLimit] = useState(FIRST_ENTRIES);
  const { value, failure, isLoading } = useAnswer('activity', { limit, ...(folder === ANY ? {} : { id: folder }) }, folder, newest);
  const found = (value ?? []).filter((entry) => matchesFilter(entry, filter));
  const nowMs = useNow(MINUTE_MS);
  const dayBegan = new Date(nowMs).setHours(0, 0, 0, 0);
  const today = (value ?? []).filter(({ at }) => instant(at) >= dayBegan).length;
  return (
    <div className="with-rail">
      <main className="activity">
        <Headline title={text.t(today === 0 ? 'window.log.headline-none' : 'window.log.headline', { count: today })} detail={text.t('window.log.detail')} />
        <div className="activity-bar">
          <Select
            label={text.t('window.log.folder')}
            icon="folder"
            chosen={folder}
            options={[{ key: ANY, word: text.t('window.log.any-folder') }, ...folders.map(({ id, name }) => ({ key: id, word: name }))]}
            onChange={setFolder}
          />
          <Segments label={text.t('window.log.filter')} chosen={filter} options={LOG_FILTERS.map((key) => ({ key, word: text.t(`window.log.${key}`) }))} onChange={setFilter} />
        </div>
        {failure && <p className="dim">{failure.message}</p>}
        {!failure && !isLoading && found.length === 0 && <p className="dim">{text.t(value?.length ? 'window.log.none-found' : 'window.log.empty')}</p>}
        <LogList entries={found} folders={folders} />
        {(value?.length ?? 0) >= limit && limit < MOST_ENTRIES && <Button onPress={() => setLimit(Math.min(MOST_ENTRIES, limit * TIMES_MORE))}>{text.t('window.log.older')}</Button>}
      </main>
    </div>
  );
}
