import type { Conflict, FolderState } from '../../shared/app-state.ts';
import { Button } from '../components/Button.tsx';
import { PathName } from '../components/PathName.tsx';
import { useFolderActions } from '../folders/use-folder-actions.ts';
import { useRun, useText, useWindow } from '../window-context.tsx';
import { useCaughtFocus } from './use-caught-focus.ts';

interface GoneConflictProps {
  readonly folder: FolderState | undefined;
  readonly conflict: Conflict;
  readonly onGoOn: () => void;
}

/** Somebody else decided what was being looked at. What was written for it stays until the person goes on. */
export function GoneConflict({ folder, conflict, onGoOn }: GoneConflictProps) {
  const text = useText();
  const run = useRun();
  const actions = useFolderActions();
  const { resultDrafts } = useWindow();
  const panel = useCaughtFocus<HTMLElement>();
  const { typed } = resultDrafts.of(conflict);
  const goOn = () => {
    resultDrafts.drop(conflict);
    onGoOn();
  };
  return (
    <section className="compare" aria-label={conflict.path} tabIndex={-1} ref={panel}>
      <div className="compare-head">
        <div className="compare-title">
          <h1>
            <PathName path={conflict.path} />
          </h1>
          <p role="status">{text.t(typed === null ? 'window.conflicts.gone' : 'window.conflicts.gone-edited')}</p>
        </div>
        {folder && (
          <Button icon="open" onPress={() => actions.open(folder, conflict.path)}>
            {text.t('window.conflicts.show-file')}
          </Button>
        )}
      </div>
      {typed !== null && <textarea className="result" aria-label={text.t('window.conflicts.result')} readOnly value={typed} />}
      <footer className="keep-bar">
        {typed !== null && <Button onPress={() => void run('shell.copy-text', { text: typed }, text.t('window.copied'))}>{text.t('window.conflicts.copy-result')}</Button>}
        <Button kind="primary" onPress={goOn}>
          {text.t('window.conflicts.go-on')}
        </Button>
      </footer>
    </section>
  );
}
