import { Button, IconButton } from '../components/Button.tsx';
import { Mark } from '../components/Mark.tsx';
import { NoticeCorner } from '../shell/NoticeCorner.tsx';
import { useTheme } from '../shell/use-theme.ts';
import { useFolder, useRun, useText } from '../window-context.tsx';
import { MessageForm } from './MessageForm.tsx';

const SHOWN_LINES = 4;

/** The small window in the tray's corner that asks for a message. It is there because the folder's state says so. */
export function MessagePopup({ folder: id }: { readonly folder: string }) {
  const text = useText();
  const run = useRun();
  const folder = useFolder(id);
  useTheme();
  const request = folder?.messageRequest;
  const close = () => void run('shell.window', { action: 'close' });
  return (
    <main className="message-popup">
      <header>
        <Mark name="message" />
        <h1 className="clip">{text.t('window.message.title', { name: folder?.name ?? id })}</h1>
        <span className="grow" />
        {request && <span className="meta">{text.t('window.message.files', { count: request.total })}</span>}
        <IconButton icon="close" label={text.t(request ? 'window.message.not-now' : 'window.close')} hasTooltip={false} onPress={() => (request ? void run('message.postpone', { id }) : close())} />
      </header>
      {folder && request ? (
        <MessageForm key={id} folder={folder} request={request} shownLines={SHOWN_LINES} autoFocus />
      ) : (
        <div className="nothing">
          <h2>{text.t('window.message.over')}</h2>
          <p>{text.t('window.message.over-detail')}</p>
          <div className="nothing-actions">
            <Button onPress={close}>{text.t('window.close')}</Button>
          </div>
        </div>
      )}
      <NoticeCorner />
    </main>
  );
}
