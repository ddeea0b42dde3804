import type { ReactNode } from 'react';
import { MARK_TONES, type MarkName } from '../../shared/folder-mark.ts';
import './mark.css';

/*
 * One family: two bars inside a ring. What a folder does changes the shape, so that colour only repeats what the shape says:
 * bars lie in step, shift while working, stand when paused, are alone when offline; the ring opens, breaks, or gives way to a disc.
 */
const Ring = (props: { strokeDasharray?: string; transform?: string; className?: string; strokeLinecap?: 'butt' }) => <circle cx="8" cy="8" r="6.25" pathLength="48" {...props} />;
/** Two gaps, at the right and at the left; turns while something moves. */
const OpenRing = () => <Ring className="mark-turns" strokeDasharray="18.5 5.5" transform="rotate(20)" />;

const SHAPES: Record<MarkName, ReactNode> = {
  'in-step': (
    <>
      <Ring />
      <path d="M5.5 6.5h5M5.5 9.5h5" />
    </>
  ),
  settling: (
    <>
      <Ring />
      <path d="M5.2 8h.01M8 8h.01M10.8 8h.01" strokeWidth="1.9" />
    </>
  ),
  saving: (
    <>
      <OpenRing />
      <path d="M4.5 6.5h5M6.5 9.5h5" />
    </>
  ),
  pushing: (
    <>
      <OpenRing />
      <path d="M8 11V5.25M5.75 7.25 8 5l2.25 2.25" />
    </>
  ),
  pulling: (
    <>
      <OpenRing />
      <path d="M8 5v5.75M5.75 8.75 8 11l2.25-2.25" />
    </>
  ),
  message: (
    <>
      <path d="M3.5 2.25h9A1.5 1.5 0 0 1 14 3.75v6a1.5 1.5 0 0 1-1.5 1.5H8.25L5 13.9v-2.65H3.5A1.5 1.5 0 0 1 2 9.75v-6a1.5 1.5 0 0 1 1.5-1.5Z" />
      <path d="M5.25 5.4h5.5M5.25 8.1h3.5" />
    </>
  ),
  retrying: (
    <>
      <path d="M13.5 5.1A6.25 6.25 0 1 0 14.25 8M13.9 2.2v3.1h-3.1" />
      <path d="M8 5v3.25l2 1.25" />
    </>
  ),
  offline: (
    <>
      <Ring strokeDasharray="3.6 2.4" strokeLinecap="butt" transform="rotate(-13.5 8 8)" />
      <path d="M5.5 8h5" />
    </>
  ),
  conflict: (
    <>
      <path d="M8 1.5 14.5 8 8 14.5 1.5 8Z" />
      <path d="M5.5 6.75h5M5.5 9.5h5M9.6 4.9l-3.2 6.4" />
    </>
  ),
  waits: (
    <>
      <Ring strokeDasharray="36 12" />
      <path d="M5.25 6.75h4.5M5.25 9.75h4.5" />
      <circle cx="13" cy="3" r="2.5" fill="currentColor" stroke="none" />
    </>
  ),
  stopped: <path fill="currentColor" stroke="none" fillRule="evenodd" d="M6.7 1.9a1.5 1.5 0 0 1 2.6 0l5.6 9.9a1.5 1.5 0 0 1-1.3 2.2H2.4a1.5 1.5 0 0 1-1.3-2.2ZM7.25 5.4v3.9h1.5V5.4ZM8 12.1a.95.95 0 1 0 0-1.9.95.95 0 0 0 0 1.9Z" />,
  paused: (
    <>
      <Ring />
      <path d="M6.5 5.5v5M9.5 5.5v5" />
    </>
  ),
  held: <path d="M5 2.25H2.75v11.5H5M11 2.25h2.25v11.5H11M6.25 8h3.5" />,
};

interface MarkProps {
  readonly name: MarkName;
  readonly size?: number;
  /** Needed wherever no word stands beside the mark. */
  readonly label?: string;
  /** Draws without colour and motion: what is shown is old. */
  readonly stale?: boolean;
}

export function Mark({ name, size = 16, label, stale = false }: MarkProps) {
  return (
    <svg className={`mark tone-${stale ? 'quiet' : MARK_TONES[name]}${stale ? ' stale' : ''}`} width={size} height={size} viewBox="0 0 16 16" {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}>
      <g fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round">
        {SHAPES[name]}
      </g>
    </svg>
  );
}
