import type { ReactNode } from 'react';

/** Line drawings on a 16 grid, 1.5 wide. Small filled dots are zero-length strokes with round ends. */
const SHAPES = {
  home: <path d="M2.25 7.25 8 2.5l5.75 4.75M3.75 6.25v7.5h8.5v-7.5M6.5 13.5v-4h3v4" />,
  history: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path d="M8 4.25V8l2.75 1.75" />
    </>
  ),
  activity: <path d="M1.5 8.25h2.75l2-5.25 3.25 10 2-4.75h3" />,
  folder: <path d="M1.75 12.5V3.75a1 1 0 0 1 1-1h3.1l1.75 2h5.65a1 1 0 0 1 1 1v6.75a1 1 0 0 1-1 1H2.75a1 1 0 0 1-1-1Z" />,
  grid: (
    <>
      <rect x="2" y="2" width="5" height="5" rx="1" />
      <rect x="9" y="2" width="5" height="5" rx="1" />
      <rect x="2" y="9" width="5" height="5" rx="1" />
      <rect x="9" y="9" width="5" height="5" rx="1" />
    </>
  ),
  signal: (
    <>
      <path d="M5 11.25a4.6 4.6 0 0 1 0-6.5M11 4.75a4.6 4.6 0 0 1 0 6.5M2.75 13.25a7.4 7.4 0 0 1 0-10.5M13.25 2.75a7.4 7.4 0 0 1 0 10.5" />
      <path d="M8 8h.01" strokeWidth="3" />
    </>
  ),
  settings: (
    <>
      <path d="M1.75 4.5h6M12 4.5h2.25M1.75 11.5H4M8.25 11.5h6" />
      <circle cx="10" cy="4.5" r="2" />
      <circle cx="6.25" cy="11.5" r="2" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.75" />
      <path d="m10.5 10.5 3.5 3.5" />
    </>
  ),
  plus: <path d="M8 3v10M3 8h10" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  minimise: <path d="M3.5 8h9" />,
  maximise: <rect x="3.5" y="3.5" width="9" height="9" rx="1" />,
  check: <path d="m3 8.5 3.25 3.25L13 5" />,
  up: <path d="M8 13V3.25M4.25 7 8 3.25 11.75 7" />,
  down: <path d="M8 3v9.75M4.25 9 8 12.75 11.75 9" />,
  left: <path d="M9.75 4.5 6.25 8l3.5 3.5" />,
  right: <path d="M6.25 4.5 9.75 8l-3.5 3.5" />,
  open: <path d="M9.25 2.5h4.25v4.25M13.25 2.75 7.5 8.5M6.5 3.5H3.5a1 1 0 0 0-1 1v8a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1v-3" />,
  unfold: <path d="m4.5 6.25 3.5 3.5 3.5-3.5" />,
  more: <path d="M3.25 8h.01M8 8h.01M12.75 8h.01" strokeWidth="2.5" />,
  sync: <path d="M13.25 6.5A5.5 5.5 0 0 0 3.5 5M2.75 9.5a5.5 5.5 0 0 0 9.75 1.5M3.25 2.25V5H6M12.75 13.75V11H10" />,
  pause: <path d="M5.5 3.5v9M10.5 3.5v9" />,
  resume: <path d="M5 3.25v9.5L12.5 8Z" />,
  file: <path d="M3.75 1.75h5.5l3 3v9.5h-8.5ZM9 2v3h3" />,
  picture: (
    <>
      <rect x="1.75" y="2.75" width="12.5" height="10.5" rx="1" />
      <path d="m2.25 11.5 3.5-3.5 3 3 2-2 3 2.75M10.75 6h.01" />
    </>
  ),
  restore: <path d="M2.5 8.25a5.6 5.6 0 1 0 1.75-4.5L2.25 5.5M2.25 2.25V5.5H5.5" />,
  laptop: (
    <>
      <rect x="3" y="3" width="10" height="7.25" rx="1" />
      <path d="M1.25 13h13.5" />
    </>
  ),
  machine: (
    <>
      <rect x="1.75" y="2.25" width="12.5" height="8.5" rx="1" />
      <path d="M8 10.75v2.75M5 13.75h6" />
    </>
  ),
  key: (
    <>
      <circle cx="5" cy="8" r="3.25" />
      <path d="M8.25 8h6.25M12 8v2.5" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8.5" r="5.25" />
      <path d="M8 5.75V8.5l1.75 1M6.5 1.5h3" />
    </>
  ),
  shield: <path d="M8 1.75 13.25 3.5v4.25c0 3.25-2.25 5.25-5.25 6.5-3-1.25-5.25-3.25-5.25-6.5V3.5Z" />,
  terminal: (
    <>
      <rect x="1.75" y="2.75" width="12.5" height="10.5" rx="1" />
      <path d="m4.5 6 2 2-2 2M8.25 10.25h3" />
    </>
  ),
  pen: <path d="m2.75 13.25.75-3 7.5-7.5 2.25 2.25-7.5 7.5Z" />,
  remove: <path d="M2.75 4.25h10.5M6 4V2.25h4V4M4.25 4.5l.5 9h6.5l.5-9" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

interface IconProps {
  readonly name: IconName;
  readonly size?: number;
  /** Without one the picture is decoration: a word stands beside it. */
  readonly label?: string;
  readonly className?: string;
}

export function Icon({ name, size = 16, label, className }: IconProps) {
  return (
    <svg className={className ? `icon ${className}` : 'icon'} width={size} height={size} viewBox="0 0 16 16" {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}>
      <g fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round">
        {SHAPES[name]}
      </g>
    </svg>
  );
}
