import { Headline } from '../components/Headline.tsx';
import { useText } from '../window-context.tsx';
import './home.css';
import './skeleton.css';

const ROWS = ['a', 'b', 'c', 'd', 'e'];

/** Before the engine's first word: the places where things will be, and nothing that turns. */
export function FolderListSkeleton() {
  const text = useText();
  return (
    <div className="with-rail">
      <main aria-busy="true">
        <Headline title={text.t('window.home.loading')} />
        {ROWS.map((row) => (
          <div key={row} className="folder-row">
            <span className={`skeleton round ${row}`} />
            <div className="folder-words">
              <span className={`skeleton name ${row}`} />
              <br />
              <span className={`skeleton words ${row}`} />
            </div>
            <span className="skeleton plot-place" />
          </div>
        ))}
      </main>
      <aside className="rail" />
    </div>
  );
}
