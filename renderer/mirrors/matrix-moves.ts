/** How many rows a page of the keyboard is. */
const PAGE_ROWS = 10;

export interface Grid {
  readonly count: number;
  readonly columns: number;
}

/** Where a key leads from a cell; null for a key that moves nowhere. Rows are short at the end: a step below it lands on the last cell. */
export function cellAfter(key: string, at: number, { count, columns }: Grid, isFar = false): number | null {
  const start = at - (at % columns);
  const last = count - 1;
  const within = (next: number) => Math.min(last, Math.max(0, next));
  switch (key) {
    case 'ArrowRight':
      return within(at + 1);
    case 'ArrowLeft':
      return within(at - 1);
    case 'ArrowDown':
      return start + columns > last ? at : within(at + columns);
    case 'ArrowUp':
      return at - columns < 0 ? at : at - columns;
    case 'Home':
      return isFar ? 0 : start;
    case 'End':
      return isFar ? last : within(start + columns - 1);
    case 'PageDown':
      return within(at + columns * PAGE_ROWS);
    case 'PageUp':
      return within(at - columns * PAGE_ROWS);
    default:
      return null;
  }
}
