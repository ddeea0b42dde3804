import './plot.css';

interface DayPlotProps {
  readonly mine: readonly number[];
  readonly others: readonly number[];
  /** A sentence that says what the picture shows. */
  readonly label: string;
  readonly height?: number;
  readonly barWidth?: number;
  readonly gap?: number;
}

/** Changes a day, oldest at the left: this machine's below, the others' on top. A dash stands for a day without any. */
export function DayPlot({ mine, others, label, height = 24, barWidth = 4, gap = 2 }: DayPlotProps) {
  const days = mine.map((own, day) => ({ own, other: others[day] ?? 0 }));
  const most = Math.max(1, ...days.map(({ own, other }) => own + other));
  const step = barWidth + gap;
  const width = Math.max(step, days.length * step - gap);
  return (
    <svg className="plot" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {days.map(({ own, other }, day) => {
        const x = day * step;
        const ownHeight = own === 0 ? 0 : Math.max(2, (own / most) * height);
        const otherHeight = other === 0 ? 0 : Math.min(height - ownHeight, Math.max(2, (other / most) * height));
        return (
          // A day has no name but its place.
          <g key={day}>
            {own + other === 0 && <rect className="plot-none" x={x} y={height - 1} width={barWidth} height={1} />}
            {own > 0 && <rect className="plot-mine" x={x} y={height - ownHeight} width={barWidth} height={ownHeight} />}
            {other > 0 && <rect className="plot-others" x={x} y={height - ownHeight - otherHeight} width={barWidth} height={otherHeight} />}
          </g>
        );
      })}
    </svg>
  );
}
