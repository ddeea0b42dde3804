import { Field } from '../../components/Field.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { useText } from '../../window-context.tsx';
import { HowFields } from '../HowFields.tsx';
import { proposedName, type WizardDraft } from './wizard-draft.ts';

interface HowStepProps {
  readonly draft: WizardDraft;
  readonly onChange: (part: Partial<WizardDraft>) => void;
}

/** How it hears of changes, and what it is called. */
export function HowStep({ draft, onChange }: HowStepProps) {
  const text = useText();
  return (
    <>
      <HowFields draft={draft} onChange={onChange} />
      <Field label={text.t('window.wizard.how.name')} value={draft.name} onChange={(name) => onChange({ name })} placeholder={proposedName(draft)} />
      <Toggle label={text.t('window.mirrors.settings.lfs')} isOn={draft.lfs} onChange={(lfs) => onChange({ lfs })} />
    </>
  );
}
