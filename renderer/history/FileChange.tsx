import { useMemo, useState } from 'react';
import type { Change, FolderState } from '../../shared/app-state.ts';
import type { CommitEntry } from '../../shared/commands.ts';
import { bytes } from '../../shared/text/times.ts';
import { Button } from '../components/Button.tsx';
import { PathName } from '../components/PathName.tsx';
import { useFolderActions } from '../folders/use-folder-actions.ts';
import { goTo } from '../navigation.ts';
import { useAnswer } from '../use-answer.ts';
import { useText } from '../window-context.tsx';
import { DiffGrid } from './DiffGrid.tsx';
import { viewFile, type FileView } from './file-bytes.ts';
import { diffRows } from './line-diff.ts';
import { Pictures } from './Pictures.tsx';
import { RestoreBar } from './RestoreBar.tsx';

export type DiffLook = 'side-by-side' | 'unified';

interface FileChangeProps {
  readonly folder: FolderState;
  readonly commit: CommitEntry;
  readonly file: Change;
  readonly look: DiffLook;
}

/** Above this a comparison is shown only when asked for. */
const LARGE_CHARACTERS = 1_000_000;

/** One file before and after a change, and the ways to bring either back. */
export function FileChange({ folder, commit, file, look }: FileChangeProps) {
  const text = useText();
  const actions = useFolderActions();
  const parent = commit.parents[0];
  const before = useVersion(folder.id, file.change === 'added' ? undefined : parent, file.from ?? file.path);
  const after = useVersion(folder.id, file.change === 'deleted' ? undefined : commit.id, file.path);
  const failure = before.failure ?? after.failure;
  const isReady = before.isReady && after.isReady;
  return (
    <>
      <div className="file-head">
        <PathName path={file.path} isCode />
        <span className="grow" />
        <Button kind="quiet" icon="history" onPress={() => goTo({ view: 'history', id: folder.id, path: file.path })}>
          {text.t('window.history.story')}
        </Button>
        {file.change !== 'deleted' && (
          <Button kind="quiet" icon="open" onPress={() => actions.open(folder, file.path)}>
            {text.t('window.history.open-file')}
          </Button>
        )}
      </div>
      <div className="file-body">
        {failure && <p className="nothing dim">{failure}</p>}
        {!failure && isReady && <Versions before={before.view} after={after.view} look={look} />}
        {!failure && !isReady && <div aria-busy="true" />}
      </div>
      <RestoreBar folder={folder.id} commit={commit} file={file} />
    </>
  );
}

function useVersion(id: string, commit: string | undefined, path: string): { view: FileView | null; failure: string | undefined; isReady: boolean } {
  const { value, failure } = useAnswer('show', commit === undefined ? null : { id, commit, path }, `${id} ${commit} ${path}`);
  const view = useMemo(() => (value ? viewFile(path, value.bytes) : null), [value, path]);
  return { view, failure: failure?.message, isReady: commit === undefined || view !== null };
}

interface VersionsProps {
  readonly before: FileView | null;
  readonly after: FileView | null;
  readonly look: DiffLook;
}

function Versions({ before, after, look }: VersionsProps) {
  const text = useText();
  const [isWanted, setWanted] = useState(false);
  if (before?.kind === 'picture' || after?.kind === 'picture') return <Pictures before={before} after={after} />;
  const size = (view: FileView | null) => (view ? bytes(text, view.size) : text.t('window.history.not-there'));
  if (before?.kind === 'binary' || after?.kind === 'binary') return <p className="nothing dim">{text.t('window.history.binary', { before: size(before), after: size(after) })}</p>;
  const [old, fresh] = [before?.text ?? '', after?.text ?? ''];
  if (old.length + fresh.length > LARGE_CHARACTERS && !isWanted) {
    return (
      <div className="nothing">
        <p>{text.t('window.history.too-large', { size: size(after ?? before) })}</p>
        <div className="nothing-actions">
          <Button onPress={() => setWanted(true)}>{text.t('window.history.show-anyway')}</Button>
        </div>
      </div>
    );
  }
  return <TextChange before={old} after={fresh} look={look} />;
}

function TextChange({ before, after, look }: { readonly before: string; readonly after: string; readonly look: DiffLook }) {
  const text = useText();
  const rows = useMemo(() => diffRows(before, after), [before, after]);
  if (before === after) return <p className="nothing dim">{text.t('window.history.same-text')}</p>;
  return <DiffGrid rows={rows} look={look} />;
}
