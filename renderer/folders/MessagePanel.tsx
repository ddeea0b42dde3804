import type { FolderState, MessageRequest } from '../../shared/app-state.ts';
import { MessageForm } from '../commit-popup/MessageForm.tsx';
import { useText } from '../window-context.tsx';

const SHOWN_LINES = 6;

/** The same question as in the popup, for those who are in the window already. */
export function MessagePanel({ folder, request }: { readonly folder: FolderState; readonly request: MessageRequest }) {
  const text = useText();
  return (
    <section className="panel message-panel" aria-labelledby="message-head">
      <h2 id="message-head">{text.t('window.message.title', { name: folder.name })}</h2>
      <MessageForm key={folder.id} folder={folder} request={request} shownLines={SHOWN_LINES} />
    </section>
  );
}
