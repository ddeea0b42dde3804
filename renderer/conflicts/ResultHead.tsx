import { IconButton, Button } from '../components/Button.tsx';
import { Segments } from '../components/Segments.tsx';
import { useText } from '../window-context.tsx';
import { firstTake, tally, TAKES, type ComparedPlace, type Take } from './resolution.ts';

interface ResultHeadProps {
  readonly places: readonly ComparedPlace[];
  readonly takes: ReadonlyMap<number, Take>;
  /** The places that both sides changed. */
  readonly open: readonly number[];
  readonly current: number | null;
  readonly isEdited: boolean;
  /** Whether there is a version that both came from. */
  readonly hasBase: boolean;
  readonly onStep: (by: 1 | -1) => void;
  readonly onTake: (take: Take) => void;
  readonly onBeginAgain: () => void;
}

/** How far the result is, and what the current place takes. Once it was edited by hand, places are not told apart any more. */
export function ResultHead({ places, takes, open, current, isEdited, hasBase, onStep, onTake, onBeginAgain }: ResultHeadProps) {
  const text = useText();
  const place = current === null ? undefined : places[current];
  return (
    <div className="result-head">
      <h2>{text.t('window.conflicts.result')}</h2>
      <Standing places={places} takes={takes} isEdited={isEdited} />
      <span className="grow" />
      {isEdited && (
        <Button kind="quiet" onPress={onBeginAgain}>
          {text.t('window.conflicts.again')}
        </Button>
      )}
      {!isEdited && place && current !== null && (
        <>
          <span className="meta">{text.t('window.conflicts.place', { at: open.indexOf(current) + 1, places: open.length })}</span>
          <IconButton icon="up" label={text.t('window.conflicts.previous')} keys="Shift F8" onPress={() => onStep(-1)} />
          <IconButton icon="down" label={text.t('window.conflicts.next')} keys="F8" onPress={() => onStep(1)} />
          <Segments
            label={text.t('window.conflicts.take')}
            chosen={takes.get(current) ?? firstTake(place)}
            options={TAKES.filter((take) => (take !== 'words' || place.words !== null) && (take !== 'base' || hasBase)).map((key) => ({ key, word: text.t(`window.conflicts.take-by.${key}`) }))}
            onChange={onTake}
          />
        </>
      )}
    </div>
  );
}

function Standing({ places, takes, isEdited }: Pick<ResultHeadProps, 'places' | 'takes' | 'isEdited'>) {
  const text = useText();
  const { places: count, merged, toDecide, putTogether } = tally(places, takes);
  if (isEdited) return <span className="meta">{text.t('window.conflicts.edited')}</span>;
  const parts = [
    text.t('window.conflicts.by-itself', { merged, places: count }),
    ...(putTogether > 0 ? [text.t('window.conflicts.put-together', { count: putTogether })] : []),
    ...(toDecide > 0 ? [text.t('window.conflicts.to-decide', { count: toDecide })] : []),
  ];
  return (
    <span className="meta result-standing" role="status">
      {parts.join('; ')}
    </span>
  );
}
