import { SplitView } from '../components/SplitView.tsx';
import { useAppState, useText } from '../window-context.tsx';
import { ComparePanel } from './ComparePanel.tsx';
import { ConflictList } from './ConflictList.tsx';
import { GoneConflict } from './GoneConflict.tsx';
import { useShownConflict } from './use-shown-conflict.ts';
import './conflicts.css';

interface ConflictsViewProps {
  readonly folder: string | undefined;
  readonly chosen: string | undefined;
}

/** The files that have two versions, and the comparison of the chosen one. */
export function ConflictsView({ folder: id, chosen }: ConflictsViewProps) {
  const text = useText();
  const state = useAppState();
  const folders = state?.folders.filter(({ conflicts }) => conflicts.length > 0) ?? [];
  const { conflict, isGone, pass } = useShownConflict(folders.flatMap(({ conflicts }) => conflicts), { folder: id, chosen });
  if (!state) return <main aria-busy="true" />;
  const folder = state.folders.find((candidate) => candidate.id === conflict?.folder);
  if (!conflict || (!folder && !isGone)) {
    return (
      <main className="nothing">
        <h1>{text.t('window.conflicts.none')}</h1>
        <p>{text.t('window.conflicts.none-detail')}</p>
      </main>
    );
  }
  const goOn = () => pass(conflict.id);
  return (
    <main className="conflicts">
      <SplitView name="conflicts" startWidth={264}>
        <ConflictList folders={folders} shown={conflict.id} />
        {isGone || !folder ? (
          <GoneConflict key={`gone ${conflict.id}`} folder={folder} conflict={conflict} onGoOn={goOn} />
        ) : (
          <ComparePanel key={conflict.id} folder={folder} conflict={conflict} onDecided={goOn} />
        )}
      </SplitView>
    </main>
  );
}
