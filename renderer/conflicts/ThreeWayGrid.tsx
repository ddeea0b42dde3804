import { useEffect, useRef } from 'react';
import type { Conflict } from '../../shared/app-state.ts';
import { Chip } from '../components/Chip.tsx';
import type { DiffLine } from '../history/line-diff.ts';
import { useText } from '../window-context.tsx';
import type { CompareRow } from './compare-rows.ts';
import { machineName } from './machine-name.ts';

export type Ways = 'three' | 'two';

interface ThreeWayGridProps {
  readonly rows: readonly CompareRow[];
  readonly ways: Ways;
  readonly conflict: Conflict;
  readonly current: number | null;
}

/** Mine, what both had, theirs. A grid of rows: the columns stay level also where lines wrap. */
export function ThreeWayGrid({ rows, ways, conflict, current }: ThreeWayGridProps) {
  const text = useText();
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => {
    grid.current?.querySelector(`[data-place="${current}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const sides = ways === 'three' ? (['mine', 'base', 'theirs'] as const) : (['mine', 'theirs'] as const);
  const whose = { mine: machineName(text, conflict.mine.machine), base: text.t('window.conflicts.both-had'), theirs: machineName(text, conflict.theirs.machine) };
  return (
    <div className={`three-way ${ways}`} ref={grid} tabIndex={0} role="region" aria-label={text.t('window.conflicts.sides')}>
      <div className="three-way-row captions">
        {sides.map((side) => (
          <div key={side} className={`compare-caption ${side}`}>
            <Chip tone={side === 'base' ? 'plain' : side}>{text.t(`window.conflicts.${side}`)}</Chip>
            <span className="meta clip">{whose[side]}</span>
          </div>
        ))}
      </div>
      {rows.map((row) => (
        <div
          key={`${row.place} ${row.mine?.number ?? ''} ${row.base?.number ?? ''} ${row.theirs?.number ?? ''}`}
          className={`three-way-row ${row.kind}${row.place === current ? ' current' : ''}`}
          {...(row.isFirst ? { 'data-place': row.place } : {})}
        >
          {sides.map((side) => (
            <Cell key={side} line={row[side]} side={side} />
          ))}
        </div>
      ))}
    </div>
  );
}

const Cell = ({ line, side }: { readonly line: DiffLine | null; readonly side: 'mine' | 'base' | 'theirs' }) => (
  <div className={`three-way-cell ${side}`}>
    <span className="diff-number">{line?.number}</span>
    <code>{line?.pieces.map(({ text, isMarked }, at) => (isMarked ? <mark key={`${at} ${text}`}>{text}</mark> : text))}</code>
  </div>
);
