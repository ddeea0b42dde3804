import { useState, type FormEvent } from 'react';
import type { RefBackup } from '../../shared/mirror.ts';
import { dayAndClock } from '../../shared/text/times.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { Field } from '../components/Field.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { useWindow } from '../window-context.tsx';
import { shortRef } from './plan-words.ts';

interface RestoreSheetProps {
  readonly mirror: string;
  readonly repo: string;
  readonly backup: RefBackup;
  readonly onClose: () => void;
}

const MINUTE_MS = 60_000;

/** Proposes `restored/main-2026-11-18`: nothing that exists has such a name, and it says what it is. */
const proposal = ({ ref, at }: RefBackup): string => `restored/${ref.replace(/^refs\/(heads|tags)\//, '')}-${at.slice(0, 10)}`;

/** Brings an old value back, under a name of the person's choice. */
export function RestoreSheet({ mirror, repo, backup, onClose }: RestoreSheetProps) {
  const { text, client, notices } = useWindow();
  const nowMs = useNow(MINUTE_MS);
  const [branch, setBranch] = useState(() => proposal(backup));
  const [error, setError] = useState<string>();
  const [isPending, setPending] = useState(false);
  const ref = shortRef(backup.ref);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    const answer = await client.invoke('mirror.restore', { id: mirror, repo, ref: backup.name, as: branch.trim() });
    setPending(false);
    if (!answer.ok) return setError(answer.failure.message);
    notices.getState().show({ tone: 'done', sentence: text.t('window.mirrors.restore.done', { branch: answer.value.branch }) });
    onClose();
  };
  return (
    <Sheet title={text.t('window.mirrors.restore.title', { ref })} isOpen onClose={onClose} isNarrow>
      <form className="sheet-form" onSubmit={(event) => void submit(event)}>
        <p className="dim">{text.t('window.mirrors.restore.detail', { ref, when: dayAndClock(text, backup.at, nowMs) })}</p>
        <Field
          label={text.t('window.mirrors.restore.name')}
          value={branch}
          isCode
          autoFocus
          error={error}
          onChange={(typed) => {
            setBranch(typed);
            setError(undefined);
          }}
        />
        <div className="sheet-actions">
          <Button isBig onPress={onClose}>
            {text.t('window.cancel')}
          </Button>
          <Button isBig kind="primary" type="submit" isDisabled={branch.trim() === ''} isPending={isPending}>
            {text.t('window.mirrors.restore.button')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
