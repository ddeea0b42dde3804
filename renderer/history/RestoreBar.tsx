import type { Change } from '../../shared/app-state.ts';
import type { CommitEntry } from '../../shared/commands.ts';
import { dayAndClock } from '../../shared/text/times.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { useKey } from '../components/use-key.ts';
import { useWindow } from '../window-context.tsx';
import { besidePath } from './beside-path.ts';

interface RestoreBarProps {
  readonly folder: string;
  readonly commit: CommitEntry;
  readonly file: Change;
}

/** The ways back: this version, the one before it, or this one beside what is here now. */
export function RestoreBar({ folder: id, commit, file }: RestoreBarProps) {
  const { text, client, notices } = useWindow();
  const nowMs = useNow(60_000);
  const when = dayAndClock(text, commit.at, nowMs);
  const restore = async (from: string, path: string, said: 'restored' | 'restored-before', to?: string) => {
    const answer = await client.invoke('restore', { id, commit: from, path, ...(to ? { to } : {}) });
    const sentence = answer.ok ? text.t(`window.history.${said}`, { path: answer.value.path, when }) : answer.failure.message;
    notices.getState().show({ tone: answer.ok ? 'done' : 'stop', sentence });
  };
  const parent = commit.parents[0];
  const isGone = file.change === 'deleted';
  const before = parent !== undefined && file.change !== 'added' ? () => void restore(parent, file.from ?? file.path, 'restored-before') : null;
  const current = () => void restore(commit.id, file.path, 'restored');
  useKey('r', isGone ? () => before?.() : current);
  return (
    <footer className="restore-bar">
      <p className="meta">{text.t('window.history.restore-note')}</p>
      {!isGone && <Button onPress={() => void restore(commit.id, file.path, 'restored', besidePath(file.path, when))}>{text.t('window.history.restore-beside')}</Button>}
      {before && (
        <Button kind={isGone ? 'primary' : 'plain'} icon="restore" onPress={before} {...(isGone ? { keys: 'R' } : {})}>
          {text.t('window.history.restore-before')}
        </Button>
      )}
      {!isGone && (
        <Button kind="primary" icon="restore" keys="R" onPress={current}>
          {text.t('window.history.restore')}
        </Button>
      )}
    </footer>
  );
}
