import { useState, type FormEvent } from 'react';
import type { MirrorSummary } from '../../shared/mirror.ts';
import { Button } from '../components/Button.tsx';
import { Field } from '../components/Field.tsx';
import { Segments } from '../components/Segments.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { Toggle } from '../components/Toggle.tsx';
import { useText, useWindow } from '../window-context.tsx';
import { HowFields } from './HowFields.tsx';
import { Labelled } from './Labelled.tsx';
import { changedOptions, isWholeNumber, settingsDraft, type SettingsDraft } from './mirror-draft.ts';

interface MirrorSettingsSheetProps {
  readonly mirror: MirrorSummary;
  readonly onClose: () => void;
}

/** How a mirror hears of changes, and what it does with what is deleted or rewritten. */
export function MirrorSettingsSheet({ mirror, onClose }: MirrorSettingsSheetProps) {
  const { text, client, notices } = useWindow();
  const [draft, setDraft] = useState(() => settingsDraft(mirror));
  const [error, setError] = useState<string>();
  const [isPending, setPending] = useState(false);
  const change = (part: Partial<SettingsDraft>) => setDraft({ ...draft, ...part });
  const isRight = draft.name.trim() !== '' && isWholeNumber(draft.every) && isWholeNumber(draft.keepDays);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    const answer = await client.invoke('mirror.set', { id: mirror.id, ...changedOptions(draft) });
    setPending(false);
    if (!answer.ok) return setError(answer.failure.message);
    notices.getState().show({ tone: 'done', sentence: text.t('window.mirrors.settings.saved') });
    onClose();
  };
  return (
    <Sheet title={text.t('window.mirrors.settings.title', { mirror: mirror.name })} isOpen onClose={onClose}>
      <form className="sheet-form" onSubmit={(event) => void save(event)}>
        <Field label={text.t('window.mirrors.settings.name')} value={draft.name} onChange={(name) => change({ name })} autoFocus />
        <HowFields draft={draft} onChange={change} />
        <LossFields draft={draft} onChange={change} />
        <Toggle label={text.t('window.mirrors.settings.lfs')} isOn={draft.lfs} onChange={(lfs) => change({ lfs })} />
        {error && (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
        <div className="sheet-actions">
          <Button isBig onPress={onClose}>
            {text.t('window.cancel')}
          </Button>
          <Button isBig kind="primary" type="submit" isDisabled={!isRight} isPending={isPending}>
            {text.t('window.mirrors.settings.save')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}

interface FieldsProps {
  readonly draft: SettingsDraft;
  readonly onChange: (part: Partial<SettingsDraft>) => void;
}

function LossFields({ draft, onChange }: FieldsProps) {
  const text = useText();
  const [deletions, rewrites] = [text.t('window.mirrors.settings.deletions'), text.t('window.mirrors.settings.rewrites')];
  return (
    <>
      <Labelled label={deletions} detail={text.t('window.mirrors.settings.backup-note')}>
        <Segments label={deletions} chosen={draft.deletions} options={(['follow', 'keep', 'ask'] as const).map((key) => ({ key, word: text.t(`window.mirrors.settings.deletions-word.${key}`) }))} onChange={(next) => onChange({ deletions: next })} />
      </Labelled>
      <Labelled label={rewrites} detail={text.t('window.mirrors.settings.backup-note')}>
        <Segments label={rewrites} chosen={draft.rewrites} options={(['follow', 'ask'] as const).map((key) => ({ key, word: text.t(`window.mirrors.settings.rewrites-word.${key}`) }))} onChange={(next) => onChange({ rewrites: next })} />
      </Labelled>
      <Field
        className="short-number"
        label={text.t('window.mirrors.settings.keep')}
        suffix={text.t('window.mirrors.settings.days')}
        hint={text.t('window.mirrors.settings.keep-detail')}
        value={draft.keepDays}
        onChange={(keepDays) => onChange({ keepDays })}
        error={isWholeNumber(draft.keepDays) ? undefined : text.t('window.mirrors.settings.wrong-days')}
      />
    </>
  );
}
