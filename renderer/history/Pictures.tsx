import { bytes } from '../../shared/text/times.ts';
import { useText } from '../window-context.tsx';
import type { FileView } from './file-bytes.ts';

/** A picture before and after, beside each other. */
export function Pictures({ before, after }: { readonly before: FileView | null; readonly after: FileView | null }) {
  const text = useText();
  return (
    <div className="pictures">
      {([['before', before], ['after', after]] as const).map(([side, view]) => (
        <figure key={side}>
          <figcaption className="meta">
            {text.t(`window.history.${side}`)}, {view ? bytes(text, view.size) : text.t('window.history.not-there')}
          </figcaption>
          {view?.kind === 'picture' && <img src={view.address} alt={text.t(`window.history.${side}`)} />}
        </figure>
      ))}
    </div>
  );
}
