import { useCalm } from './use-calm.ts';
import './headline.css';

const ANNOUNCED_EVERY_MS = 5000;

interface HeadlineProps {
  readonly title: string;
  readonly detail?: string;
}

/** The sentence that leads a view, always as things are. Screen readers hear it when it changes, but not more often than every 5 s. */
export function Headline({ title, detail }: HeadlineProps) {
  const calm = useCalm(title, ANNOUNCED_EVERY_MS);
  return (
    <div className="headline">
      <h1>{title}</h1>
      <span className="seen-by-readers-only" aria-live="polite">
        {calm}
      </span>
      <p>{detail}</p>
    </div>
  );
}
