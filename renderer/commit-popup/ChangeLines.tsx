import type { MessageRequest } from '../../shared/app-state.ts';
import { PathName } from '../components/PathName.tsx';
import { useText } from '../window-context.tsx';

/** The changed files, the first few by name. */
export function ChangeLines({ request, most }: { readonly request: MessageRequest; readonly most: number }) {
  const text = useText();
  // One line is kept for "and 3 more" where not all have room.
  const shown = request.total > most ? request.changes.slice(0, most - 1) : request.changes.slice(0, most);
  const rest = request.total - shown.length;
  return (
    <ol className="message-changes">
      {shown.map(({ path, change }) => (
        <li key={path}>
          <span className="message-change">{text.t(`window.message.change.${change}`)}</span>
          <PathName path={path} isCode />
        </li>
      ))}
      {rest > 0 && <li className="meta">{text.t('window.message.more', { count: rest })}</li>}
    </ol>
  );
}
