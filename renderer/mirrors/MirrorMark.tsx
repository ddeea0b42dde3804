import type { ReactNode } from 'react';
import type { MirrorState } from '../../shared/mirror.ts';
import { MIRROR_TONES } from './mirror-mark.ts';

/** Small enough for a cell of 20 px: a dot in step, an arrow to where it lags, a fork in the way, a diamond that asks. */
const SHAPES: Record<MirrorState, ReactNode> = {
  'in-sync': <circle cx="8" cy="8" r="2.5" fill="currentColor" stroke="none" />,
  syncing: <circle className="mark-turns" cx="8" cy="8" r="4.5" strokeDasharray="18 11" />,
  behind: <path d="M3.25 5.25h9.5L8 12.25Z" fill="currentColor" stroke="none" />,
  ahead: <path d="M12.75 10.75h-9.5L8 3.75Z" fill="currentColor" stroke="none" />,
  diverged: <path d="M8 13V9L4 4M8 9l4-5" />,
  'needs-approval': <path fill="currentColor" stroke="none" fillRule="evenodd" d="m8 1 7 7-7 7-7-7ZM7.25 4.6v4.1h1.5V4.6ZM8 11.45a.95.95 0 1 0 0-1.9.95.95 0 0 0 0 1.9Z" />,
  unavailable: <path d="m4.5 4.5 7 7M11.5 4.5l-7 7" />,
  empty: <circle cx="8" cy="8" r="3.5" />,
  'never-synced': <circle cx="8" cy="8" r="3.75" strokeDasharray="1.5 2.43" />,
  paused: <path d="M6.25 5v6M9.75 5v6" />,
};

interface MirrorMarkProps {
  readonly state: MirrorState;
  readonly size?: number;
  /** Needed wherever no word stands beside the mark. */
  readonly label?: string;
  /** Without colour and motion: what is shown is old. */
  readonly stale?: boolean;
}

export const MirrorMark = ({ state, size = 16, label, stale = false }: MirrorMarkProps) => (
  <svg className={`mark tone-${stale ? 'quiet' : MIRROR_TONES[state]}${stale ? ' stale' : ''}`} width={size} height={size} viewBox="0 0 16 16" {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}>
    <g fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round">
      {SHAPES[state]}
    </g>
  </svg>
);
