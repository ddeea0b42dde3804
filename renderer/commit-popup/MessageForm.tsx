import { useRef, type KeyboardEvent } from 'react';
import type { FolderState, MessageRequest } from '../../shared/app-state.ts';
import { countdown, durationWords, instant } from '../../shared/text/times.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { Menu } from '../components/Menu.tsx';
import { useAnswer } from '../use-answer.ts';
import { useIsStale, useRun, useText } from '../window-context.tsx';
import { ChangeLines } from './ChangeLines.tsx';
import { CountdownRing } from './CountdownRing.tsx';
import { earlierMessages, subjectLength } from './message-words.ts';
import { useDraft } from './use-draft.ts';
import './message-form.css';

interface MessageFormProps {
  readonly folder: FolderState;
  readonly request: MessageRequest;
  readonly shownLines: number;
  readonly autoFocus?: boolean;
}

/**
 * What would be committed, the proposed message, and the time until it is taken as it is. What is typed is the message
 * however the question ends: the engine keeps it. One form is for one folder: give it the folder's id as its key.
 */
export function MessageForm({ folder, request, shownLines, autoFocus = false }: MessageFormProps) {
  const text = useText();
  const run = useRun();
  const { id, name } = folder;
  const [typed, change] = useDraft(id, request.draft);
  const message = typed ?? request.proposal;
  const isStale = useIsStale();
  const commit = () => !isStale && void run('message.submit', { id, message });
  const earlier = useEarlier(id);
  const stopAsking = async () => {
    // The message first: once nobody is asked, a commit makes its own.
    const { ok } = await run('message.submit', { id, message });
    if (ok) await run('folder.set', { id, options: { message: 'auto' } }, text.t('window.message.stopped-asking', { name }));
  };
  const notNow = () => !isStale && void run('message.postpone', { id });
  const pressed = (event: KeyboardEvent) => {
    const wanted = event.altKey && earlier.step(event.key);
    if (wanted) change(wanted);
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) commit();
    else if (event.key === 'Escape') notNow();
    else return;
    event.preventDefault();
  };
  return (
    // The keys work from everywhere in the form, as they do in the popup as a whole.
    <div className="message-form" role="group" aria-label={text.t('window.message.title', { name })} onKeyDown={pressed}>
      <ChangeLines request={request} most={shownLines} />
      <textarea className="message-field" aria-label={text.t('window.message.field')} value={message} rows={2} autoFocus={autoFocus} onChange={(event) => change(event.target.value)} />
      <MessageTools isDisabled={isStale} message={message} earlier={earlier.messages} onChange={change} onStop={() => void stopAsking()} />
      <Clock request={request} folder={folder} isTyping={typed !== null} />
      <MessageButtons isDisabled={isStale} onCommit={commit} onNotNow={notNow} />
    </div>
  );
}

function MessageButtons({ isDisabled, onCommit, onNotNow }: { readonly isDisabled: boolean; readonly onCommit: () => void; readonly onNotNow: () => void }) {
  const text = useText();
  return (
    <div className="message-buttons">
      <Button isBig isDisabled={isDisabled} onPress={onNotNow} keys="Esc">
        {text.t('window.message.not-now')}
      </Button>
      <span className="grow" />
      <Button isBig isDisabled={isDisabled} kind="primary" keys="Ctrl ⏎" onPress={onCommit}>
        {text.t('window.message.commit')}
      </Button>
    </div>
  );
}

interface MessageToolsProps {
  readonly isDisabled: boolean;
  readonly message: string;
  readonly earlier: readonly string[];
  readonly onChange: (message: string) => void;
  readonly onStop: () => void;
}

function MessageTools({ isDisabled, message, earlier, onChange, onStop }: MessageToolsProps) {
  const text = useText();
  return (
    <div className="message-tools">
      <span className="meta">{text.t('window.message.length', { count: subjectLength(message) })}</span>
      <span className="grow" />
      <Button kind="quiet" className="small" isDisabled={isDisabled} onPress={onStop}>
        {text.t('window.message.stop-asking')}
      </Button>
      {earlier.length > 0 && (
        <Menu label={text.t('window.message.earlier')} placement="top start" entries={earlier.map((each) => ({ key: each, word: each, run: () => onChange(each) }))}>
          <Button kind="quiet" icon="history" className="small">
            {text.t('window.message.earlier')}
          </Button>
        </Menu>
      )}
    </div>
  );
}

function Clock({ request, folder, isTyping }: { readonly request: MessageRequest; readonly folder: FolderState; readonly isTyping: boolean }) {
  const text = useText();
  const nowMs = useNow();
  const leftMs = Math.max(0, instant(request.deadline) - nowMs);
  const most = durationWords(text, folder.options.maxWait * 1000);
  return (
    <div className="message-clock">
      <CountdownRing left={Math.min(1, leftMs / (folder.options.popupTimeout * 1000))} />
      <span>
        {text.t(isTyping ? 'window.message.draft-in' : 'window.message.commits-in')} <b>{countdown(request.deadline, nowMs)}</b>
      </span>
      <span className="grow" />
      <span className="meta">{text.t('window.message.at-most', { most })}</span>
    </div>
  );
}

/** The messages of the last changes here, to begin from: from a menu, or one after the other with Alt and the arrows. */
function useEarlier(id: string): { readonly messages: readonly string[]; readonly step: (key: string) => string | null } {
  const { value } = useAnswer('history', { id, limit: 20 }, id);
  const messages = earlierMessages(value ?? []);
  const at = useRef(-1);
  const step = (key: string) => {
    const by = key === 'ArrowUp' ? 1 : key === 'ArrowDown' ? -1 : 0;
    const message = by === 0 ? undefined : messages[at.current + by];
    if (message === undefined) return null;
    at.current += by;
    return message;
  };
  return { messages, step };
}
