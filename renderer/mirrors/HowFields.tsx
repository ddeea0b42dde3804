import { Field } from '../components/Field.tsx';
import { Segments } from '../components/Segments.tsx';
import { useText } from '../window-context.tsx';
import { Labelled } from './Labelled.tsx';
import { isWholeNumber, type SettingsDraft } from './mirror-draft.ts';

type How = Pick<SettingsDraft, 'how' | 'every'>;

interface HowFieldsProps {
  readonly draft: How;
  readonly onChange: (part: Partial<How>) => void;
}

/** How a mirror hears of changes, and how often it looks. */
export function HowFields({ draft, onChange }: HowFieldsProps) {
  const text = useText();
  const label = text.t('window.mirrors.settings.how');
  return (
    <Labelled label={label} detail={text.t(`window.mirrors.settings.how-detail.${draft.how}`)}>
      <Segments label={label} chosen={draft.how} options={(['poll', 'hook', 'none'] as const).map((key) => ({ key, word: text.t(`window.mirrors.settings.how-word.${key}`) }))} onChange={(how) => onChange({ how })} />
      {draft.how !== 'none' && (
        <Field
          className="short-number"
          label={text.t('window.mirrors.settings.every')}
          suffix={text.t('window.mirrors.settings.seconds')}
          value={draft.every}
          onChange={(every) => onChange({ every })}
          error={isWholeNumber(draft.every) ? undefined : text.t('window.mirrors.settings.wrong-every')}
        />
      )}
    </Labelled>
  );
}
