import { Headline } from '../components/Headline.tsx';
import { useText } from '../window-context.tsx';
import './mirrors.css';
import './matrix.css';

const CELLS = 96;

/** Before the engine's first word: the places where cells will be. */
export function MirrorsSkeleton() {
  const text = useText();
  return (
    <div className="with-rail mirrors">
      <main aria-busy="true">
        <Headline title={text.t('window.mirrors.loading')} />
        <div className="matrix-skeleton">
          {Array.from({ length: CELLS }, (_, at) => (
            <i key={at} />
          ))}
        </div>
      </main>
    </div>
  );
}
