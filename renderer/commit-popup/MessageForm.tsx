import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { FolderState, MessageRequest } from '../../shared/app-state.ts';
import { countdown, durationWords, instant } from '../../shared/text/times.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { Menu } from '../components/Menu.tsx';
import { useAnswer } from '../use-answer.ts';
import { useRun, useText } from '../window-context.tsx';
import { ChangeLines } from './ChangeLines.tsx';
import { CountdownRing } from './CountdownRing.tsx';
import { earlierMessages, subjectLength } from './message-words.ts';
import './message-form.css';

interface MessageFormProps {
  readonly folder: FolderState;
  readonly request: MessageRequest;
  readonly shownLines: number;
  readonly autoFocus?: boolean;
}

const TYPING_SAID_EVERY_MS = 2000;

/** What would be committed, the proposed message, and the time until it is taken as it is. Typing stops the clock. */
export function MessageForm({ folder, request, shownLines, autoFocus = false }: MessageFormProps) {
  const text = useText();
  const run = useRun();
  const { id, name } = folder;
  const [typed, setTyped] = useState<string | null>(null);
  const message = typed ?? request.proposal;
  const sayTyping = useTypingSaid(() => void run('message.typing', { id }));
  const commit = () => void run('message.submit', { id, message });
  const earlier = useEarlier(id);
  const stopAsking = () => void run('folder.set', { id, options: { message: 'auto' } }, text.t('window.message.stopped-asking', { name })).then(commit);
  const notNow = () => void run('message.postpone', { id });
  const pressed = (event: KeyboardEvent) => {
    const wanted = event.altKey && earlier.step(event.key);
    if (wanted) change(wanted);
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) commit();
    else if (event.key === 'Escape') notNow();
    else return;
    event.preventDefault();
  };
  const change = (value: string) => {
    setTyped(value);
    sayTyping();
  };
  return (
    // The keys work from everywhere in the form, as they do in the popup as a whole.
    <div className="message-form" role="group" aria-label={text.t('window.message.title', { name })} onKeyDown={pressed}>
      <ChangeLines request={request} most={shownLines} />
      <textarea className="message-field" aria-label={text.t('window.message.field')} value={message} rows={2} autoFocus={autoFocus} onChange={(event) => change(event.target.value)} />
      <MessageTools message={message} earlier={earlier.messages} onChange={change} onStop={stopAsking} />
      <Clock request={request} folder={folder} isTyping={typed !== null} />
      <MessageButtons onCommit={commit} onNotNow={notNow} />
    </div>
  );
}

function MessageButtons({ onCommit, onNotNow }: { readonly onCommit: () => void; readonly onNotNow: () => void }) {
  const text = useText();
  return (
    <div className="message-buttons">
      <Button isBig onPress={onNotNow} keys="Esc">
        {text.t('window.message.not-now')}
      </Button>
      <span className="grow" />
      <Button isBig kind="primary" keys="Ctrl ⏎" onPress={onCommit}>
        {text.t('window.message.commit')}
      </Button>
    </div>
  );
}

interface MessageToolsProps {
  readonly message: string;
  readonly earlier: readonly string[];
  readonly onChange: (message: string) => void;
  readonly onStop: () => void;
}

function MessageTools({ message, earlier, onChange, onStop }: MessageToolsProps) {
  const text = useText();
  return (
    <div className="message-tools">
      <span className="meta">{text.t('window.message.length', { count: subjectLength(message) })}</span>
      <span className="grow" />
      <Button kind="quiet" className="small" onPress={onStop}>
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
        {text.t('window.message.commits-in')} <b>{countdown(request.deadline, nowMs)}</b>
      </span>
      <span className="grow" />
      <span className="meta">{isTyping ? text.t('window.message.stands') : text.t('window.message.at-most', { most })}</span>
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

/** Says that somebody is typing: at once, then every 2 s at most, for the engine keeps its clock still by itself. */
function useTypingSaid(say: () => void): () => void {
  const saidAt = useRef(Number.NEGATIVE_INFINITY);
  const latest = useRef(say);
  useEffect(() => {
    latest.current = say;
  });
  return () => {
    const now = performance.now();
    if (now - saidAt.current < TYPING_SAID_EVERY_MS) return;
    saidAt.current = now;
    latest.current();
  };
}
