import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useText } from '../window-context.tsx';
import './split-view.css';

interface SplitViewProps {
  /** Under which the width is remembered. */
  readonly name: string;
  readonly startWidth: number;
  readonly children: readonly [ReactNode, ReactNode];
}

const [LEAST_PX, MOST_PX, STEP_PX] = [200, 560, 16];
const within = (width: number): number => Math.min(MOST_PX, Math.max(LEAST_PX, Math.round(width)));

/** A list beside what is chosen in it; the line between them can be moved, by pointer or arrows. */
export function SplitView({ name, startWidth, children }: SplitViewProps) {
  const text = useText();
  const view = useRef<HTMLDivElement>(null);
  const key = `width of ${name}`;
  const [width, setWidth] = useState(() => within(Number(globalThis.localStorage?.getItem(key)) || startWidth));
  useEffect(() => {
    view.current?.style.setProperty('--list-width', `${width}px`);
    localStorage.setItem(key, String(width));
  }, [key, width]);
  const dragged = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !view.current) return;
    setWidth(within(event.clientX - view.current.getBoundingClientRect().left));
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') setWidth(within(width - STEP_PX));
    else if (event.key === 'ArrowRight') setWidth(within(width + STEP_PX));
  };
  return (
    <div className="split-view" ref={view}>
      <div className="split-list">{children[0]}</div>
      <div
        className="split-line"
        role="separator"
        aria-orientation="vertical"
        aria-label={text.t('window.split')}
        aria-valuenow={width}
        aria-valuemin={LEAST_PX}
        aria-valuemax={MOST_PX}
        tabIndex={0}
        onKeyDown={pressed}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={dragged}
      />
      {children[1]}
    </div>
  );
}
