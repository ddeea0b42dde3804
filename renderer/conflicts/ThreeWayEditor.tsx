import { useMemo, useState } from 'react';
import type { Conflict } from '../../shared/app-state.ts';
import { useKey } from '../components/use-key.ts';
import { useText, useWindow } from '../window-context.tsx';
import { compareRows } from './compare-rows.ts';
import { KeepBar } from './KeepBar.tsx';
import { compare, composeResult, withLineEnds, type Texts } from './resolution.ts';
import type { ResultDraft } from './result-drafts.ts';
import { ResultHead } from './ResultHead.tsx';
import { ThreeWayGrid, type Ways } from './ThreeWayGrid.tsx';
import { nextPlace } from './next-place.ts';
import { useResolve } from './use-resolve.ts';

interface ThreeWayEditorProps {
  readonly conflict: Conflict;
  readonly texts: Texts;
  readonly ways: Ways;
  readonly onDecided: () => void;
}

/** The versions side by side, and below them the result: put together place by place, or written by hand. */
export function ThreeWayEditor({ conflict, texts, ways, onDecided }: ThreeWayEditorProps) {
  const text = useText();
  const resolve = useResolve(conflict, onDecided);
  const { base, mine, theirs } = texts;
  const places = useMemo(() => compare({ base, mine, theirs }), [base, mine, theirs]);
  const rows = useMemo(() => compareRows(places), [places]);
  const open = useMemo(() => places.flatMap((place, at) => (place.kind === 'conflict' ? [at] : [])), [places]);
  const { resultDrafts } = useWindow();
  const [draft, setDraft] = useState(() => resultDrafts.of(conflict));
  const [current, setCurrent] = useState(open[0] ?? null);
  const { typed, takes } = draft;
  const change = (next: ResultDraft) => {
    setDraft(next);
    resultDrafts.keep(conflict, next);
  };
  const result = typed ?? composeResult(places, takes, texts);
  const step = (by: 1 | -1) => setCurrent(nextPlace(open, current, by));
  useKey('F8', (event) => step(event.shiftKey ? -1 : 1));
  return (
    <>
      <ThreeWayGrid rows={rows} ways={ways} conflict={conflict} current={current} />
      <ResultHead
        places={places}
        takes={takes}
        open={open}
        current={current}
        isEdited={typed !== null}
        hasBase={base !== null}
        onStep={step}
        onTake={(take) => current !== null && change({ typed, takes: new Map(takes).set(current, take) })}
        onBeginAgain={() => change({ typed: null, takes: new Map() })}
      />
      <textarea className="result" aria-label={text.t('window.conflicts.result')} spellCheck={false} value={result} onChange={(event) => change({ typed: event.target.value, takes })} />
      <KeepBar onKeep={resolve} onSave={() => resolve({ text: withLineEnds(result, mine) })} />
    </>
  );
}
