import { useEffect, useRef } from 'react';
import { Button } from '../components/Button.tsx';
import { useIsStale, useText } from '../window-context.tsx';

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
  const isStale = useIsStale();
  const latest = useRef({ onKeep, onSave, isStale });
  useEffect(() => {
    latest.current = { onKeep, onSave, isStale };
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      // A key that is held down is meant for what was there when it went down.
      if (event.repeat) return;
      const keep = event.altKey && !event.ctrlKey ? WHOLE[['Digit1', 'Digit2', 'Digit3'].indexOf(event.code)] : undefined;
      const isSave = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
      if (document.querySelector('[role=dialog]') || (!keep && !isSave)) return;
      event.preventDefault();
      if (latest.current.isStale) return;
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
        <Button key={keep} keys={`Alt ${at + 1}`} isDisabled={isStale} onPress={() => onKeep(keep)}>
          {text.t(`window.conflicts.keep-${keep}`)}
        </Button>
      ))}
      {onSave && (
        <Button kind="primary" keys="Ctrl ⏎" isDisabled={isStale} onPress={onSave}>
          {text.t('window.conflicts.save')}
        </Button>
      )}
    </footer>
  );
}
