import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { useAnswer } from '../../use-answer.ts';
import { useText } from '../../window-context.tsx';
import { PlanList } from '../PlanList.tsx';

interface PlanStepProps {
  readonly mirror: string;
  readonly onBack: () => void;
  readonly onCancel: () => void;
  readonly onCopy: () => Promise<void>;
}

/** What would be written, before anything is. */
export function PlanStep({ mirror, onBack, onCancel, onCopy }: PlanStepProps) {
  const text = useText();
  const [isStarting, setStarting] = useState(false);
  const plan = useAnswer('mirror.preview', { id: mirror }, mirror);
  const copy = async () => {
    setStarting(true);
    await onCopy();
    setStarting(false);
  };
  return (
    <>
      <p className="dim" role="status">
        {text.t(plan.value ? 'window.wizard.plan.note' : 'window.wizard.plan.reading')}
      </p>
      {plan.value && <PlanList plan={plan.value} />}
      {plan.failure && (
        <p className="field-error" role="alert">
          {plan.failure.message}
        </p>
      )}
      <div className="sheet-actions">
        <Button isBig kind="quiet" onPress={onCancel}>
          {text.t('window.wizard.plan.cancel')}
        </Button>
        <span className="grow" />
        <Button isBig onPress={onBack}>
          {text.t('window.wizard.back')}
        </Button>
        <Button isBig kind="primary" isDisabled={!plan.value} isPending={isStarting} onPress={() => void copy()}>
          {text.t('window.wizard.plan.copy')}
        </Button>
      </div>
    </>
  );
}
