import { useState } from 'react';
import type { FolderState } from '../../shared/app-state.ts';
import { Button } from '../components/Button.tsx';
import { Menu } from '../components/Menu.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { useIsStale, useText, useWindow } from '../window-context.tsx';

const CHOICES = ['mine', 'theirs', 'both'] as const;
type Choice = (typeof CHOICES)[number];

/** One choice for all files of a folder that have two versions, asked once more with their number. */
export function ManyChoices({ folder }: { readonly folder: FolderState }) {
  const text = useText();
  const isStale = useIsStale();
  const [choice, setChoice] = useState<Choice | null>(null);
  const count = folder.conflicts.length;
  return (
    <div className="conflict-many">
      <Menu
        label={text.t('window.conflicts.many', { count })}
        placement="bottom start"
        entries={CHOICES.map((key) => ({ key, word: text.t(`window.conflicts.many-${key}`), run: () => setChoice(key) }))}
      >
        <Button kind="quiet" className="small" isDisabled={isStale}>
          {text.t('window.conflicts.many', { count })}
        </Button>
      </Menu>
      {choice && <ManySheet folder={folder} choice={choice} onClose={() => setChoice(null)} />}
    </div>
  );
}

function ManySheet({ folder, choice, onClose }: { readonly folder: FolderState; readonly choice: Choice; readonly onClose: () => void }) {
  const { client, notices, text } = useWindow();
  // As it was asked: what comes while the question stands was not agreed to.
  const [conflicts] = useState(folder.conflicts);
  const [decided, setDecided] = useState<number | null>(null);
  const count = conflicts.length;
  const decide = async () => {
    let done = 0;
    for (const { id } of conflicts) {
      setDecided(done);
      const answer = await client.invoke('resolve', { conflict: id, keep: choice });
      // One that was decided elsewhere meanwhile is decided.
      if (!answer.ok && answer.failure.code !== 'no-such-conflict') {
        notices.getState().show({ tone: 'stop', sentence: text.t('window.conflicts.many-stopped', { done, count, reason: answer.failure.message }) });
        return onClose();
      }
      done += 1;
    }
    notices.getState().show({ tone: 'done', sentence: text.t('window.conflicts.many-done', { count, folder: folder.name }) });
    onClose();
  };
  return (
    <Sheet title={text.t(`window.conflicts.many-ask-${choice}`, { count, folder: folder.name })} isOpen onClose={onClose} isNarrow>
      <p className="dim">{text.t('window.conflicts.kept')}</p>
      <div className="sheet-actions">
        <Button isBig autoFocus onPress={onClose}>
          {text.t('window.cancel')}
        </Button>
        <Button isBig kind="primary" isDisabled={decided !== null} onPress={() => void decide()}>
          {decided === null ? text.t(`window.conflicts.many-${choice}`) : text.t('window.conflicts.many-pending', { done: decided, count })}
        </Button>
      </div>
    </Sheet>
  );
}
