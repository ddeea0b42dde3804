import { useRef, useState } from 'react';
import type { FolderState } from '../../shared/app-state.ts';
import { Button } from '../components/Button.tsx';
import { Field } from '../components/Field.tsx';
import { Select } from '../components/Select.tsx';
import { useKey } from '../components/use-key.ts';
import { SplitView } from '../components/SplitView.tsx';
import { goTo } from '../navigation.ts';
import { useAppState, useText } from '../window-context.tsx';
import { CommitPanel } from './CommitPanel.tsx';
import { HistoryList } from './HistoryList.tsx';
import { matchesFind } from './find-changes.ts';
import { useChosen } from './use-chosen.ts';
import { useHistory, useReadOnToFind } from './use-history.ts';
import './history.css';

interface HistoryViewProps {
  readonly folder: string | undefined;
  readonly path: string | undefined;
  readonly commit: string | undefined;
}

/** Every change of one folder, what it did, and the way back to any version. */
export function HistoryView({ folder: id, path = '', commit }: HistoryViewProps) {
  const text = useText();
  const state = useAppState();
  const folder = id === undefined ? state?.folders[0] : state?.folders.find((candidate) => candidate.id === id);
  if (!state) return <main aria-busy="true" />;
  if (!folder) {
    return (
      <main className="nothing">
        <h1>{text.t(state.folders.length === 0 ? 'window.history.no-folder' : 'window.folder.gone')}</h1>
      </main>
    );
  }
  return <FolderHistoryView key={folder.id} folder={folder} folders={state.folders} path={path} commit={commit} />;
}

interface FolderHistoryViewProps {
  readonly folder: FolderState;
  readonly folders: readonly FolderState[];
  readonly path: string;
  readonly commit: string | undefined;
}

const ANY = 'any';
/** As many as a window shows: no more pages are read before they are scrolled to. */
const ENOUGH_FOUND = 30;

function FolderHistoryView({ folder, folders, path, commit }: FolderHistoryViewProps) {
  const text = useText();
  const history = useHistory(folder.id, path, folder.head);
  const [machine, setMachine] = useState(ANY);
  const [find, setFind] = useState('');
  const { entries } = history;
  const machines = [...new Set(entries.map((entry) => entry.machine).filter((name) => name !== null))].sort();
  const shown = entries.filter((entry) => (machine === ANY || entry.machine === machine) && matchesFind(entry, find));
  useReadOnToFind(history, find.trim() !== '' && shown.length < ENOUGH_FOUND);
  const chosen = useChosen(shown, commit);
  const clear = () => {
    setFind('');
    if (path) goTo({ view: 'history', id: folder.id });
  };
  const choose = (next: string) => goTo({ view: 'history', id: folder.id, commit: next, ...(path ? { path } : {}) }, { replace: true });
  return (
    <main className="history">
      <h1 className="seen-by-readers-only">{text.t('window.nav.history')}</h1>
      <div className="history-bar">
        <Select
          label={text.t('window.history.folder')}
          icon="folder"
          chosen={folder.id}
          options={folders.map(({ id, name }) => ({ key: id, word: name }))}
          onChange={(next) => goTo({ view: 'history', id: next })}
        />
        <HistorySearch
          find={find || path}
          onFind={(wanted) => {
            setFind(wanted);
            if (path) goTo({ view: 'history', id: folder.id }, { replace: true });
          }}
          onClear={clear}
        />
        <Select
          label={text.t('window.history.machine')}
          icon="machine"
          chosen={machine}
          options={[{ key: ANY, word: text.t('window.history.any-machine') }, ...machines.map((name) => ({ key: name, word: name }))]}
          onChange={setMachine}
        />
      </div>
      <SplitView name="history" startWidth={320}>
        <HistoryList history={history} entries={shown} chosen={chosen?.id} onChoose={choose} find={find.trim() || path} onClear={clear} />
        <section className="history-main" aria-label={text.t('window.history.files')}>
          {chosen && <CommitPanel key={chosen.id} folder={folder} commit={chosen} path={path || find.trim()} />}
        </section>
      </SplitView>
    </main>
  );
}

/** What to look for, part of a path or of a message; it counts as it is typed. */
function HistorySearch({ find, onFind, onClear }: { readonly find: string; readonly onFind: (wanted: string) => void; readonly onClear: () => void }) {
  const text = useText();
  const search = useRef<HTMLDivElement>(null);
  useKey('/', () => search.current?.querySelector('input')?.focus());
  return (
    <div className="history-search" ref={search} onKeyDown={(event) => event.key === 'Escape' && onClear()}>
      <Field label={text.t('window.history.find')} isLabelHidden icon="search" placeholder={text.t('window.history.find')} value={find} onChange={onFind} />
      {find && (
        <Button kind="quiet" onPress={onClear}>
          {text.t('window.history.clear')}
        </Button>
      )}
    </div>
  );
}
