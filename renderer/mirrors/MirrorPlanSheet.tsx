import type { MirrorSummary } from '../../shared/mirror.ts';
import { Button } from '../components/Button.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { useAnswer } from '../use-answer.ts';
import { useText } from '../window-context.tsx';
import { PlanList } from './PlanList.tsx';
import { useMirrorActions } from './use-mirror-actions.ts';

interface MirrorPlanSheetProps {
  readonly mirror: MirrorSummary;
  readonly onClose: () => void;
}

/** What the next run of a mirror would do; nothing is written for it. */
export function MirrorPlanSheet({ mirror, onClose }: MirrorPlanSheetProps) {
  const text = useText();
  const { run } = useMirrorActions();
  const plan = useAnswer('mirror.preview', { id: mirror.id }, mirror.id);
  const copy = () => {
    run({ id: mirror.id, name: mirror.name, repo: null });
    onClose();
  };
  return (
    <Sheet title={text.t('window.mirrors.plan.title', { mirror: mirror.name })} isOpen onClose={onClose}>
      <p className="dim">{text.t(plan.value ? 'window.mirrors.plan.note' : 'window.mirrors.plan.reading')}</p>
      {plan.value && <PlanList plan={plan.value} />}
      {plan.failure && (
        <p className="field-error" role="alert">
          {text.t('window.mirrors.rail.plan-failed', { why: plan.failure.message })}
        </p>
      )}
      <div className="sheet-actions">
        <Button isBig onPress={onClose}>
          {text.t('window.close')}
        </Button>
        <Button isBig kind="primary" isDisabled={!plan.value} onPress={copy}>
          {text.t('window.mirrors.plan.run')}
        </Button>
      </div>
    </Sheet>
  );
}
