import { memo } from 'react';
import type { MirroredRepository } from '../../shared/mirror.ts';
import { cellName, type CellWords } from './cell-words.ts';
import { MirrorMark } from './MirrorMark.tsx';
import type { Matches } from './repository-filter.ts';
import { shade } from './shade.ts';

interface MatrixRowProps {
  readonly row: number;
  readonly columns: number;
  readonly topPx: number;
  readonly repos: readonly MirroredRepository[];
  readonly words: CellWords;
  readonly matches: Matches | null;
  /** The time in whole days: shades change no oftener. */
  readonly dayMs: number;
  readonly isStale: boolean;
  /** Place of the cell that is chosen, and of the tab stop, in this row; -1: none here. */
  readonly chosenAt: number;
  readonly activeAt: number;
}

/** A row of cells. Drawn again only when something in it changed. */
export const MatrixRow = memo(function MatrixRow({ row, columns, topPx, repos, words, matches, dayMs, isStale, chosenAt, activeAt }: MatrixRowProps) {
  const first = row * columns;
  return (
    <div className="matrix-row" role="row" aria-rowindex={row + 1} style={{ transform: `translateY(${topPx}px)` }}>
      {repos.slice(first, first + columns).map((repository, column) => {
        const at = first + column;
        const moved = shade(repository.lastMoved, dayMs);
        const name = cellName(words, repository, moved);
        const classes = ['cell', repository.state, `shade-${moved}`, matches && !matches(repository) ? 'faded' : '', at === chosenAt ? 'chosen' : ''];
        return (
          <div key={at} className={classes.filter(Boolean).join(' ')} role="gridcell" aria-colindex={column + 1} aria-selected={at === chosenAt} aria-label={name} data-at={at} tabIndex={at === activeAt ? 0 : -1}>
            {/* Nearly all are in step: theirs is drawn by the style, so that a cell is one element. */}
            {repository.state !== 'in-sync' && <MirrorMark state={repository.state} stale={isStale} />}
          </div>
        );
      })}
    </div>
  );
});
