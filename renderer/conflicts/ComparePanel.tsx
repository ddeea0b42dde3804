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
import { SizeColumns } from './SizeColumns.tsx';
import { ThreeWayEditor } from './ThreeWayEditor.tsx';
import type { Ways } from './ThreeWayGrid.tsx';
import { useResolve } from './use-resolve.ts';

/** Both versions of one file, what both came from, and the choice between them. */
export function ComparePanel({ folder, conflict }: { readonly folder: FolderState; readonly conflict: Conflict }) {
  const text = useText();
  const actions = useFolderActions();
  const [ways, setWays] = useState<Ways>('three');
  const { value, failure } = useAnswer('conflict.compare', { conflict: conflict.id }, conflict.id);
  return (
    <section className="compare" aria-label={conflict.path}>
      <div className="compare-head">
        <div className="compare-title">
          <h1>
            <PathName path={conflict.path} />
          </h1>
          <p className="meta">{text.t('window.conflicts.where', { folder: folder.name, mine: conflict.mine.machine, theirs: conflict.theirs.machine })}</p>
        </div>
        <Button icon="open" onPress={() => actions.open(folder, conflict.path)}>
          {text.t('window.conflicts.show-file')}
        </Button>
        {value?.base && (
          <Segments label={text.t('window.conflicts.ways')} chosen={ways} options={(['three', 'two'] as const).map((key) => ({ key, word: text.t(`window.conflicts.${key}`) }))} onChange={setWays} />
        )}
      </div>
      {failure && <p className="nothing dim">{failure.message}</p>}
      {!value && !failure && <div className="grow" aria-busy="true" />}
      {value && <Compared key={conflict.mine.blob + conflict.theirs.blob} conflict={conflict} comparison={value} ways={ways} />}
      {failure && <KeepOnly conflict={conflict} />}
    </section>
  );
}

interface ComparedProps {
  readonly conflict: Conflict;
  readonly comparison: Comparison;
  readonly ways: Ways;
}

function Compared({ conflict, comparison, ways }: ComparedProps) {
  const { base, mine, theirs } = comparison;
  if (mine.text === null || theirs.text === null || base?.text === null) {
    return (
      <>
        <SizeColumns comparison={comparison} />
        <KeepOnly conflict={conflict} />
      </>
    );
  }
  return <ThreeWayEditor conflict={conflict} texts={{ base: base?.text ?? null, mine: mine.text, theirs: theirs.text }} ways={base ? ways : 'two'} />;
}

function KeepOnly({ conflict }: { readonly conflict: Conflict }) {
  const resolve = useResolve(conflict);
  return <KeepBar onKeep={resolve} />;
}
