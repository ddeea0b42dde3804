import { Button } from '../components/Button.tsx';
import { Icon } from '../components/Icon.tsx';
import { useShowSheet, useText } from '../window-context.tsx';
import './mirrors.css';

const POINTS = [
  ['plan', 'search'],
  ['guard', 'shield'],
  ['backup', 'restore'],
] as const;

/** What mirrors are, for somebody who has none, and the one way to the first. */
export function NoMirrors() {
  const text = useText();
  const showSheet = useShowSheet();
  return (
    <div className="with-rail mirrors">
      <main>
        <div className="no-mirrors">
          <h1>{text.t('window.mirrors.empty.title')}</h1>
          <p>{text.t('window.mirrors.empty.detail')}</p>
          <ul>
            {POINTS.map(([point, icon]) => (
              <li key={point}>
                <Icon name={icon} className="tone-accent" />
                {text.t(`window.mirrors.empty.points.${point}`)}
              </li>
            ))}
          </ul>
          <Button kind="primary" isBig icon="plus" autoFocus onPress={() => showSheet({ kind: 'mirror' })}>
            {text.t('window.mirrors.add')}
          </Button>
        </div>
      </main>
    </div>
  );
}
