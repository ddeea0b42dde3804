import { useState } from 'react';
import type { FolderState } from '../../shared/app-state.ts';
import { isWholeFolder, type Rescued } from '../../shared/commands.ts';
import { rescuedSentence } from '../../shared/text/activity-text.ts';
import { bytes, dayAndClock } from '../../shared/text/times.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { Icon } from '../components/Icon.tsx';
import { PathName } from '../components/PathName.tsx';
import { useAnswer } from '../use-answer.ts';
import { useText, useWindow } from '../window-context.tsx';
import './held-list.css';

/** What was set aside in this folder, newest first, and the way back. */
export function RescueList({ folder }: { readonly folder: FolderState }) {
  const text = useText();
  const [restored, setRestored] = useState(0);
  const { value, failure } = useAnswer('rescue', { id: folder.id }, folder.id, [restored, folder.head]);
  if (failure) return <p className="dim">{failure.message}</p>;
  if (!value) return <div aria-busy="true" />;
  if (value.length === 0) {
    return (
      <div className="nothing">
        <h2>{text.t('window.rescue.none')}</h2>
        <p>{text.t('window.rescue.none-detail')}</p>
      </div>
    );
  }
  return (
    <>
      <p className="dim">{text.t('window.rescue.detail')}</p>
      <ul>
        {[...value]
          .sort((a, b) => b.at.localeCompare(a.at))
          .map((rescued) => (
            <RescuedFile key={`${rescued.name} ${rescued.path}`} folder={folder.id} rescued={rescued} onRestored={() => setRestored(restored + 1)} />
          ))}
      </ul>
    </>
  );
}

interface RescuedFileProps {
  readonly folder: string;
  readonly rescued: Rescued;
  readonly onRestored: () => void;
}

function RescuedFile({ folder, rescued, onRestored }: RescuedFileProps) {
  const { text, client, notices } = useWindow();
  const nowMs = useNow(60_000);
  const isWhole = isWholeFolder(rescued);
  const restore = async () => {
    const answer = await client.invoke('rescue.restore', { id: folder, name: rescued.name });
    const said = answer.ok
      ? ({ tone: 'done', sentence: text.t(isWhole ? 'window.rescue.copied' : 'window.rescue.restored', { path: answer.value.path }) } as const)
      : ({ tone: 'stop', sentence: answer.failure.message } as const);
    notices.getState().show(said);
    if (answer.ok) onRestored();
  };
  const button = text.t(isWhole ? 'window.rescue.copy-beside' : 'window.rescue.restore');
  return (
    <li className="held-file">
      <Icon name={isWhole ? 'folder' : 'file'} />
      <div className="held-words">
        {isWhole ? <strong>{text.t('window.rescue.whole-folder')}</strong> : <PathName path={rescued.path} isCode />}
        <p>{rescuedSentence(text, rescued.why)}</p>
        <p className="meta">
          {[dayAndClock(text, rescued.at, nowMs), isWhole ? null : bytes(text, rescued.bytes), rescued.keptUntil && text.t('window.rescue.kept-until', { day: dayAndClock(text, rescued.keptUntil, nowMs) })].filter(Boolean).join(' · ')}
        </p>
      </div>
      <div className="held-actions beside">
        <Button icon="restore" onPress={() => void restore()} label={text.t('window.button-for', { button, name: isWhole ? dayAndClock(text, rescued.at, nowMs) : rescued.path })}>
          {button}
        </Button>
      </div>
    </li>
  );
}
