import type { WaitingItem, WaitingKind } from '../../shared/text/waiting-items.ts';
import { Button } from '../components/Button.tsx';
import { Mark } from '../components/Mark.tsx';
import type { MarkName } from '../../shared/folder-mark.ts';
import { useActOnWaiting } from '../folders/use-problem-action.ts';
import { useIsStale, useText } from '../window-context.tsx';
import './waits-panel.css';

const MARKS: Record<WaitingKind, MarkName> = { conflict: 'conflict', message: 'message', held: 'held', decision: 'waits', broken: 'stopped', mirror: 'waits' };

/** What waits for the person, before what exists: a sentence and one button each. */
export function WaitsPanel({ items }: { readonly items: readonly WaitingItem[] }) {
  const text = useText();
  const act = useActOnWaiting();
  const isStale = useIsStale();
  return (
    <section aria-labelledby="waits-head">
      <div className="section-head">
        <h2 id="waits-head">{text.t('window.home.waits')}</h2>
        <span className="meta">{text.t(isStale ? 'window.home.waits-stale' : 'window.home.waits-rest')}</span>
      </div>
      <ul className="panel waits">
        {items.map((item) => {
          const names = item.mirror?.repo ?? item.mirror?.name ?? (item.folders.map(({ name }) => name).join(', ') || text.t('waiting.program'));
          return (
            <li key={item.key} className="waits-row">
              <Mark name={MARKS[item.kind]} stale={isStale} />
              <p>
                <b>{names}</b>
                {item.sentence}
              </p>
              <Button isDisabled={isStale} onPress={() => act(item)} label={text.t('window.button-for', { button: item.button, name: names })}>
                {item.button}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
