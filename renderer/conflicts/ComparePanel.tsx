import { useState } from 'react';
import type { Conflict, FolderState } from '../../shared/app-state.ts';
import type { Comparison } from '../../shared/commands.ts';
import { Button } from '../components/Button.tsx';
import { PathName } from '../components/PathName.tsx';
import { Segments } from '../components/Segments.tsx';
import { useFolderActions } from '../folders/use-folder-actions.ts';
import { useAnswer } from '../use-answer.ts';
import { useText } from '../window-context.tsx';
import { KeepBar } from './KeepBar.tsx';
import { machineName } from './machine-name.ts';
import { SizeColumns } from './SizeColumns.tsx';
import { ThreeWayEditor } from './ThreeWayEditor.tsx';
import type { Ways } from './ThreeWayGrid.tsx';
import { useCaughtFocus } from './use-caught-focus.ts';
import { useResolve } from './use-resolve.ts';
import { isPicture, VersionPictures } from './VersionPictures.tsx';

interface ComparePanelProps {
  readonly folder: FolderState;
  readonly conflict: Conflict;
  readonly onDecided: () => void;
}

/** Both versions of one file, what both came from, and the choice between them. */
export function ComparePanel({ folder, conflict, onDecided }: ComparePanelProps) {
  const text = useText();
  const actions = useFolderActions();
  const [ways, setWays] = useState<Ways>('three');
  const { value, failure } = useAnswer('conflict.compare', { conflict: conflict.id }, conflict.id);
  const panel = useCaughtFocus<HTMLElement>();
  return (
    <section className="compare" aria-label={conflict.path} tabIndex={-1} ref={panel}>
      <div className="compare-head">
        <div className="compare-title">
          <h1>
            <PathName path={conflict.path} />
          </h1>
          <p className="meta">{text.t('window.conflicts.where', { folder: folder.name, mine: machineName(text, conflict.mine.machine), theirs: machineName(text, conflict.theirs.machine) })}</p>
        </div>
        <Button icon="open" onPress={() => actions.open(folder, conflict.path)}>
          {text.t('window.conflicts.show-file')}
        </Button>
        {value?.base && isText(value) && (
          <Segments label={text.t('window.conflicts.ways')} chosen={ways} options={(['three', 'two'] as const).map((key) => ({ key, word: text.t(`window.conflicts.${key}`) }))} onChange={setWays} />
        )}
      </div>
      {failure && <p className="nothing dim">{failure.message}</p>}
      {!value && !failure && <div className="grow" aria-busy="true" />}
      {value && <Compared key={conflict.mine.blob + conflict.theirs.blob} folder={folder} conflict={conflict} comparison={value} ways={ways} onDecided={onDecided} />}
      {failure && <KeepOnly conflict={conflict} onDecided={onDecided} />}
    </section>
  );
}

/** Whether every version there is can be shown as text; else there are no places to choose between. */
const isText = ({ base, mine, theirs }: Comparison): boolean => mine.text !== null && theirs.text !== null && base?.text !== null;

interface ComparedProps extends ComparePanelProps {
  readonly comparison: Comparison;
  readonly ways: Ways;
}

function Compared({ folder, conflict, comparison, ways, onDecided }: ComparedProps) {
  const { base, mine, theirs } = comparison;
  if (mine.text === null || theirs.text === null || base?.text === null) {
    return (
      <>
        {isPicture(conflict.path) ? <VersionPictures folder={folder} conflict={conflict} /> : <SizeColumns comparison={comparison} />}
        <KeepOnly conflict={conflict} onDecided={onDecided} />
      </>
    );
  }
  return <ThreeWayEditor conflict={conflict} texts={{ base: base?.text ?? null, mine: mine.text, theirs: theirs.text }} ways={base ? ways : 'two'} onDecided={onDecided} />;
}

function KeepOnly({ conflict, onDecided }: Pick<ComparePanelProps, 'conflict' | 'onDecided'>) {
  const resolve = useResolve(conflict, onDecided);
  return <KeepBar onKeep={resolve} />;
}
