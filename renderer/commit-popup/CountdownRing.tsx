/** How much of the time is left, as a ring that empties; the figure beside it says the same. */
export const CountdownRing = ({ left }: { readonly left: number }) => (
  <svg className="countdown-ring" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
    <circle className="countdown-whole" cx="10" cy="10" r="8" />
    <circle className="countdown-left" cx="10" cy="10" r="8" pathLength="100" strokeDasharray={`${Math.round(left * 100)} 100`} transform="rotate(-90 10 10)" />
  </svg>
);
