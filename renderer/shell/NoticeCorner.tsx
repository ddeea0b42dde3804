import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { Button, IconButton } from '../components/Button.tsx';
import { Icon } from '../components/Icon.tsx';
import { Mark } from '../components/Mark.tsx';
import type { Notice } from '../notices.ts';
import { useText, useWindow } from '../window-context.tsx';
import './notice-corner.css';

const SHOWN_FOR_MS = 8000;

/** What was just done, or was not; each line stays while it is pointed at or focused. */
export function NoticeCorner() {
  const { notices, text } = useWindow();
  const { list, dismiss } = useStore(notices);
  return (
    <div className="notice-corner" role="status" aria-label={text.t('window.notices')}>
      {list.map((notice) => (
        <NoticeLine key={notice.id} notice={notice} onEnd={() => dismiss(notice.id)} />
      ))}
    </div>
  );
}

function NoticeLine({ notice, onEnd }: { readonly notice: Notice; readonly onEnd: () => void }) {
  const text = useText();
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(onEnd, SHOWN_FOR_MS);
    return () => clearTimeout(timer);
    // The time runs anew after it was held, not with each drawing.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isHeld, notice.id]);
  const { action } = notice;
  return (
    <div className="notice" onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      {notice.tone === 'done' ? <Icon name="check" className="tone-accent" /> : <Mark name="stopped" />}
      <p>{notice.sentence}</p>
      {action && (
        <Button
          kind="quiet"
          onPress={() => {
            action.run();
            onEnd();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon="close" label={text.t('window.close')} onPress={onEnd} hasTooltip={false} />
    </div>
  );
}
