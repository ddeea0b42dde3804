import { useState } from 'react';
import type { AppState, FolderState } from '../../shared/app-state.ts';
import { LogList } from '../activity/LogList.tsx';
import { LOG_FILTERS, matchesFilter, type LogFilter } from '../activity/log-filter.ts';
import { Segments } from '../components/Segments.tsx';
import { useAnswer } from '../use-answer.ts';
import { useText } from '../window-context.tsx';
import { ChangeWay } from './ChangeWay.tsx';

const READ_ENTRIES = 200;

/** The way of the last change, and what was done in the folder and why. */
export function FolderOverview({ folder, state }: { readonly folder: FolderState; readonly state: AppState }) {
  const text = useText();
  const [filter, setFilter] = useState<LogFilter>('all');
  const newest = state.recent.find((entry) => entry.folder === folder.id)?.at;
  const { value, failure, isLoading } = useAnswer('activity', { id: folder.id, limit: READ_ENTRIES }, folder.id, newest);
  const entries = (value ?? []).filter((entry) => matchesFilter(entry, filter));
  return (
    <>
      <ChangeWay folder={folder} state={state} />
      <section aria-labelledby="log-head">
        <div className="section-head">
          <h2 id="log-head">{text.t('window.log.title')}</h2>
          <span className="grow" />
          <Segments label={text.t('window.log.filter')} chosen={filter} options={LOG_FILTERS.map((key) => ({ key, word: text.t(`window.log.${key}`) }))} onChange={setFilter} />
        </div>
        {failure && <p className="dim">{failure.message}</p>}
        {!isLoading && !failure && entries.length === 0 && <p className="dim">{text.t(filter === 'all' ? 'window.log.empty' : 'window.log.none-found')}</p>}
        <LogList entries={entries} folders={state.folders} />
      </section>
    </>
  );
}
