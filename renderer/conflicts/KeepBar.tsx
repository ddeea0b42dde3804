import { useEffect, useRef } from 'react';
import { Button } from '../components/Button.tsx';
import { useText } from '../window-context.tsx';

type Whole = 'mine' | 'theirs' | 'both';
const WHOLE: readonly Whole[] = ['mine', 'theirs', 'both'];

interface KeepBarProps {
  readonly onKeep: (keep: Whole) => void;
  /** Only where the versions are text. */
  readonly onSave?: () => void;
}

/** The choices that close a conflict, by button or by Alt 1, 2, 3 and Ctrl Enter. */
export function KeepBar({ onKeep, onSave }: KeepBarProps) {
  const text = useText();
  const latest = useRef({ onKeep, onSave });
  useEffect(() => {
    latest.current = { onKeep, onSave };
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const keep = event.altKey && !event.ctrlKey ? WHOLE[['Digit1', 'Digit2', 'Digit3'].indexOf(event.code)] : undefined;
      const isSave = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
      if (document.querySelector('[role=dialog]') || (!keep && !isSave)) return;
      event.preventDefault();
      if (keep) latest.current.onKeep(keep);
      else latest.current.onSave?.();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
  return (
    <footer className="keep-bar">
      <p className="meta">{text.t('window.conflicts.kept')}</p>
      {WHOLE.map((keep, at) => (
        <Button key={keep} keys={`Alt ${at + 1}`} onPress={() => onKeep(keep)}>
          {text.t(`window.conflicts.keep-${keep}`)}
        </Button>
      ))}
      {onSave && (
        <Button kind="primary" keys="Ctrl ⏎" onPress={onSave}>
          {text.t('window.conflicts.save')}
        </Button>
      )}
    </footer>
  );
}
