import type { FolderState } from '../../shared/app-state.ts';
import type { CommitEntry } from '../../shared/commands.ts';
import { dayAndClock } from '../../shared/text/times.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { PathName } from '../components/PathName.tsx';
import { changeWords } from '../history/commit-words.ts';
import { useHistory } from '../history/use-history.ts';
import { routeHash } from '../route.ts';
import { useText } from '../window-context.tsx';
import '../history/history.css';

const NAMED_FILES = 5;

/** The changes of a folder with their files, page by page; each leads to its comparison. */
export function FolderHistory({ folder }: { readonly folder: FolderState }) {
  const text = useText();
  const { entries, failure, isLoading, isComplete, readOn } = useHistory(folder.id, '', folder.head);
  if (failure && entries.length === 0) return <p className="dim">{failure.message}</p>;
  if (entries.length === 0 && !isLoading) {
    return (
      <div className="nothing">
        <h2>{text.t('window.history.none')}</h2>
        <p>{text.t('window.history.none-detail')}</p>
      </div>
    );
  }
  return (
    <>
      <ol className="commit-list" aria-label={text.t('window.history.list')} aria-busy={isLoading}>
        {entries.map((entry) => (
          <CommitLine key={entry.id} folder={folder.id} entry={entry} />
        ))}
      </ol>
      <p className="history-end">{isComplete ? <span className="meta">{text.t('window.history.all-read')}</span> : <Button onPress={readOn}>{text.t('window.log.older')}</Button>}</p>
    </>
  );
}

function CommitLine({ folder: id, entry }: { readonly folder: string; readonly entry: CommitEntry }) {
  const text = useText();
  const nowMs = useNow(60_000);
  const { subject } = changeWords(text, entry);
  const rest = entry.files.length - NAMED_FILES;
  return (
    <li>
      <time dateTime={entry.at}>{dayAndClock(text, entry.at, nowMs)}</time>
      <div className="commit-words">
        <a className="clip" href={routeHash({ view: 'history', id, commit: entry.id })}>
          <b>{subject}</b>
        </a>
        <ul className="commit-files">
          {entry.files.slice(0, NAMED_FILES).map(({ path, change }) => (
            <li key={path}>
              <span>{text.t(`window.history.change.${change}`)}</span>
              <PathName path={path} isCode />
            </li>
          ))}
          {rest > 0 && <li>{text.t('window.message.more', { count: rest })}</li>}
        </ul>
      </div>
      <span className="meta">{entry.machine ?? entry.author}</span>
    </li>
  );
}
