import { useState, type FormEvent } from 'react';
import type { AppState } from '../../../shared/app-state.ts';
import { Button } from '../../components/Button.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { useSight, useText, useWindow } from '../../window-context.tsx';
import { FromStep } from './FromStep.tsx';
import { HowStep } from './HowStep.tsx';
import { PlanStep } from './PlanStep.tsx';
import { RunStep } from './RunStep.tsx';
import { TargetStep } from './TargetStep.tsx';
import { WhichStep } from './WhichStep.tsx';
import { addArguments, emptyDraft, isAnswered, stepsOf, type Step, type WizardDraft } from './wizard-draft.ts';
import './wizard.css';

/** From an account to the first run: one question a page, then the plan, and nothing is written before that was seen. */
export function AddMirrorSheet({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const accounts = useSight(({ state }) => state?.accounts ?? NO_ACCOUNTS);
  const wizard = useWizard(accounts, onClose);
  const { step, steps, draft, change, isAdding } = wizard;
  if (wizard.runs) return <RunStep mirror={wizard.runs} onClose={onClose} />;
  return (
    <Sheet title={text.t('window.wizard.title')} isOpen onClose={wizard.leave}>
      <p className="meta wizard-step">{text.t('window.wizard.step', { at: steps.indexOf(step) + 1, of: steps.length })}</p>
      {isAdding ? (
        // The account is a form of its own, with its own buttons.
        <FromStep draft={draft} accounts={accounts} isAdding onChange={change} onAdding={wizard.setAdding} />
      ) : step === 'plan' && wizard.added ? (
        <PlanStep mirror={wizard.added} onBack={wizard.back} onCancel={wizard.leave} onCopy={wizard.copy} />
      ) : (
        <form className="sheet-form" onSubmit={wizard.next}>
          {step === 'from' && <FromStep draft={draft} accounts={accounts} isAdding={false} onChange={change} onAdding={wizard.setAdding} />}
          {step === 'which' && <WhichStep draft={draft} accounts={accounts} onChange={change} />}
          {step === 'target' && <TargetStep draft={draft} accounts={accounts} onChange={change} />}
          {step === 'how' && <HowStep draft={draft} onChange={change} />}
          {wizard.error && (
            <p className="field-error" role="alert">
              {wizard.error}
            </p>
          )}
          <div className="sheet-actions">
            <Button isBig kind="quiet" onPress={wizard.leave}>
              {text.t('window.cancel')}
            </Button>
            <span className="grow" />
            {steps.indexOf(step) > 0 && (
              <Button isBig onPress={wizard.back}>
                {text.t('window.wizard.back')}
              </Button>
            )}
            <Button isBig kind="primary" type="submit" isDisabled={!isAnswered(step, draft)} isPending={wizard.isPending}>
              {text.t('window.wizard.next')}
            </Button>
          </div>
        </form>
      )}
    </Sheet>
  );
}

const NO_ACCOUNTS: AppState['accounts'] = [];

function useWizard(accounts: AppState['accounts'], onClose: () => void) {
  const { client } = useWindow();
  const [draft, setDraft] = useState(() => emptyDraft(accounts));
  const [step, setStep] = useState<Step>('from');
  const [isAdding, setAdding] = useState(false);
  const [error, setError] = useState<string>();
  const [isPending, setPending] = useState(false);
  const [added, setAdded] = useState<string | null>(null);
  const [runs, setRuns] = useState<string | null>(null);
  const steps = stepsOf(draft);
  const change = (part: Partial<WizardDraft>) => {
    setDraft({ ...draft, ...part });
    setError(undefined);
  };
  const undo = () => {
    if (added !== null) void client.invoke('mirror.remove', { id: added });
    setAdded(null);
  };
  const add = async () => {
    setPending(true);
    const answer = await client.invoke('mirror.add', addArguments(draft));
    setPending(false);
    if (!answer.ok) return setError(answer.failure.message);
    setAdded(answer.value.id);
    setStep('plan');
  };
  return {
    draft,
    step,
    steps,
    isAdding,
    error,
    isPending,
    added,
    runs,
    change,
    setAdding,
    next: (event: FormEvent) => {
      event.preventDefault();
      const next = steps[steps.indexOf(step) + 1];
      if (next === 'plan') void add();
      else if (next) setStep(next);
    },
    back: () => {
      undo();
      setError(undefined);
      setStep(steps[steps.indexOf(step) - 1] ?? 'from');
    },
    /** Until it was said yes to, there is no mirror: what was added for the plan goes again. */
    leave: () => {
      undo();
      onClose();
    },
    copy: async () => {
      if (added === null) return;
      const answer = await client.invoke('mirror.set', { id: added, options: { paused: false } });
      if (!answer.ok) return setError(answer.failure.message);
      void client.invoke('mirror.run', { id: added });
      setRuns(added);
    },
  };
}
