import { useRef, useState, type ReactNode, type RefObject } from 'react';
import { useKey } from '../components/use-key.ts';
import { useText } from '../window-context.tsx';
import type { DiffLook } from './FileChange.tsx';
import { countLines, foldRows, type DiffLine, type DiffRow } from './line-diff.ts';
import './diff-grid.css';

/** Lines before and after. It is a grid of rows, so that both sides stay level also where lines wrap. */
export function DiffGrid({ rows, look }: { readonly rows: readonly DiffRow[]; readonly look: DiffLook }) {
  const text = useText();
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const grid = useRef<HTMLDivElement>(null);
  useKey('n', () => goToChange(grid, 1));
  useKey('p', () => goToChange(grid, -1));
  const Row = look === 'unified' ? UnifiedRow : SideRow;
  return (
    <div className={`diff ${look}`} ref={grid} role="region" aria-label={text.t('window.history.look')} tabIndex={0}>
      <Caption rows={rows} look={look} />
      {foldRows(rows).map((item) => {
        if ('row' in item) return <Row key={rowKey(item.row)} row={item.row} />;
        if (opened.has(item.at)) return item.hidden.map((row) => <Row key={rowKey(row)} row={row} />);
        return (
          <button key={`fold ${item.at}`} type="button" className="diff-fold" onClick={() => setOpened(new Set(opened).add(item.at))}>
            {text.t('window.history.unchanged', { count: item.hidden.length })}
          </button>
        );
      })}
    </div>
  );
}

function Caption({ rows, look }: { readonly rows: readonly DiffRow[]; readonly look: DiffLook }) {
  const text = useText();
  const { added, removed } = countLines(rows);
  return (
    <div className={look === 'unified' ? 'diff-caption' : 'diff-row diff-caption'}>
      {look === 'side-by-side' && <span className="meta">{text.t('window.history.before')}</span>}
      <span className="meta">
        {look === 'side-by-side' && text.t('window.history.after')}
        <span className="diff-count">
          <span className="added">+{added}</span> <span className="removed">−{removed}</span>
        </span>
      </span>
    </div>
  );
}

/** Brings the next change below (or the one above) what is seen to the top; N and P. */
function goToChange(grid: RefObject<HTMLElement | null>, by: 1 | -1): void {
  if (!grid.current) return;
  const top = grid.current.getBoundingClientRect().top;
  const lines = [...grid.current.querySelectorAll('.diff-line.added, .diff-line.removed')];
  const starts = lines.filter((line, at) => at === 0 || line.getBoundingClientRect().top - (lines[at - 1]?.getBoundingClientRect().bottom ?? 0) > 1);
  const distance = (line: Element) => line.getBoundingClientRect().top - top;
  const target = by === 1 ? starts.find((line) => distance(line) > 1) : starts.findLast((line) => distance(line) < -1);
  target?.scrollIntoView({ block: 'start' });
}

const rowKey = ({ before, after }: DiffRow): string => `${before?.number ?? ''}:${after?.number ?? ''}`;

function SideRow({ row: { kind, before, after } }: { readonly row: DiffRow }) {
  return (
    <div className="diff-row">
      <Side line={before} sign={kind === 'same' ? null : '−'} />
      <Side line={after} sign={kind === 'same' ? null : '+'} />
    </div>
  );
}

function UnifiedRow({ row: { kind, before, after } }: { readonly row: DiffRow }) {
  if (kind === 'same') return <Side line={after} sign={null} />;
  return (
    <>
      {before && <Side line={before} sign="−" />}
      {after && <Side line={after} sign="+" />}
    </>
  );
}

function Side({ line, sign }: { readonly line: DiffLine | null; readonly sign: '+' | '−' | null }) {
  const text = useText();
  if (!line) return <div className="diff-line void" />;
  const tone = sign === '+' ? 'added' : sign === '−' ? 'removed' : '';
  return (
    <div className={`diff-line ${tone}`}>
      <span className="diff-number">{line.number}</span>
      <span className="diff-sign" aria-hidden="true">
        {sign}
      </span>
      <code>
        {tone && <span className="seen-by-readers-only">{text.t(`window.history.${tone}`)}: </span>}
        <Pieces line={line} />
      </code>
    </div>
  );
}

const Pieces = ({ line }: { readonly line: DiffLine }): ReactNode =>
  line.pieces.map(({ text, isMarked }, at) => (isMarked ? <mark key={`${at} ${text}`}>{text}</mark> : text));
