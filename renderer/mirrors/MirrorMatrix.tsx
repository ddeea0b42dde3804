import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { MirroredRepository } from '../../shared/mirror.ts';
import { useText } from '../window-context.tsx';
import { cellWords } from './cell-words.ts';
import { MatrixRow } from './MatrixRow.tsx';
import { cellAfter } from './matrix-moves.ts';
import type { Matches } from './repository-filter.ts';
import { ROW_PX, type Geometry } from './use-geometry.ts';
import { useMarginOf } from './use-margin.ts';
import { useTypeAhead } from './use-type-ahead.ts';
import './matrix.css';

interface MirrorMatrixProps {
  readonly mirror: { readonly id: string; readonly name: string };
  readonly repos: readonly MirroredRepository[];
  /** The others fade; null: none does. */
  readonly matches: Matches | null;
  readonly chosen: string | undefined;
  readonly geometry: Geometry;
  /** Changes with whatever stands above and may push this down. */
  readonly above: string;
  readonly dayMs: number;
  readonly isStale: boolean;
  readonly onOpen: (repository: string) => void;
}

/** One cell a repository. One tab stop; arrows, Home, End and Page keys move, Enter opens, typing a name jumps to it. Only the rows in sight are drawn. */
export function MirrorMatrix({ mirror, repos, matches, chosen, geometry: { columns, scroller }, above, dayMs, isStale, onOpen }: MirrorMatrixProps) {
  const text = useText();
  const grid = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const isMoving = useRef(false);
  const at = Math.min(active, repos.length - 1);
  const { margin: scrollMargin, measure } = useMarginOf(grid, scroller, `${above} ${columns}`);
  // The virtualizer keeps its own state; the compiler's rule does not know it.
  // eslint-disable-next-line react-hooks/incompatible-library
  const rows = useVirtualizer({
    count: Math.ceil(repos.length / columns),
    getScrollElement: () => scroller,
    estimateSize: () => ROW_PX,
    overscan: 4,
    scrollMargin,
    initialRect: { width: 800, height: 900 },
    // The tab stop is always there, also when it is out of sight.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), Math.floor(at / columns)])].sort((a, b) => a - b),
  });
  const moveTo = (next: number) => {
    setActive(next);
    isMoving.current = true;
    rows.scrollToIndex(Math.floor(next / columns));
  };
  useEffect(() => {
    // Drawn first: the cell may have come into being with this move.
    if (isMoving.current) grid.current?.querySelector<HTMLElement>(`[data-at="${at}"]`)?.focus({ preventScroll: true });
    isMoving.current = false;
  }, [at]);
  const typed = useTypeAhead(repos, at, moveTo);
  const pressed = (event: KeyboardEvent) => {
    const next = cellAfter(event.key, at, { count: repos.length, columns }, event.ctrlKey);
    if (next !== null) moveTo(next);
    else if (event.key === 'Enter') onOpen(repos[at]?.name ?? '');
    else if (!typed(event)) return;
    event.preventDefault();
  };
  const chosenAt = chosen === undefined ? -1 : repos.findIndex(({ name }) => name === chosen);
  return (
    <div
      className="matrix"
      ref={measure}
      role="grid"
      aria-label={text.t('window.mirrors.matrix.grid', { mirror: mirror.name, count: repos.length })}
      aria-rowcount={rows.options.count}
      aria-colcount={columns}
      style={{ height: rows.getTotalSize() }}
      onKeyDown={pressed}
      // A name for the pointer, given when it comes: thousands of cells would each carry one.
      onPointerOver={({ target }) => {
        if (target instanceof HTMLElement && target.dataset['at'] !== undefined) target.title = target.getAttribute('aria-label') ?? '';
      }}
      onClick={(event) => {
        const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-at]') : null;
        const clicked = Number(cell?.dataset['at'] ?? -1);
        if (clicked < 0) return;
        setActive(clicked);
        onOpen(repos[clicked]?.name ?? '');
      }}
    >
      {rows.getVirtualItems().map(({ index, start }) => (
        <MatrixRow
          key={index}
          row={index}
          columns={columns}
          topPx={start - scrollMargin}
          repos={repos}
          words={cellWords(text)}
          matches={matches}
          dayMs={dayMs}
          isStale={isStale}
          chosenAt={rowOf(chosenAt, columns) === index ? chosenAt : -1}
          activeAt={rowOf(at, columns) === index ? at : -1}
        />
      ))}
    </div>
  );
}

const rowOf = (at: number, columns: number): number => (at < 0 ? -1 : Math.floor(at / columns));
