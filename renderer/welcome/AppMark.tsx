/** The program's own picture: the two bars in their ring, on the accent. */
export const AppMark = () => (
  <svg className="app-mark" width="48" height="48" viewBox="0 0 48 48" aria-hidden="true">
    <rect className="app-mark-ground" width="48" height="48" rx="11" />
    <g fill="none" stroke="#fff" strokeWidth="3.5" strokeLinecap="round">
      <circle cx="24" cy="24" r="14" />
      <path d="M18 20.5h12M18 27.5h12" />
    </g>
  </svg>
);
