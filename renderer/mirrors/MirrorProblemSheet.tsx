import type { MirrorSummary } from '../../shared/mirror.ts';
import type { MirrorProblem } from '../../shared/mirror-problem.ts';
import { mirrorProblemSentence } from '../../shared/text/mirror-text.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { useRun, useText } from '../window-context.tsx';
import { useMirrorActions } from './use-mirror-actions.ts';

interface MirrorProblemSheetProps {
  readonly mirror: MirrorSummary;
  readonly problem: MirrorProblem;
  readonly onClose: () => void;
}

/** Stands for all repositories of a mirror in `mirror.approve`. */
const ALL = '*';
const MINUTE_MS = 60_000;

/** What concerns a mirror as a whole and wants more than a button: a list that shrank, an address without an account. */
export function MirrorProblemSheet({ mirror: { id, name }, problem, onClose }: MirrorProblemSheetProps) {
  const text = useText();
  const nowMs = useNow(MINUTE_MS);
  const ask = useRun();
  const { run } = useMirrorActions();
  const isListing = problem.code === 'listing-shrank';
  const again = () => {
    run({ id, name, repo: null });
    onClose();
  };
  const approve = async () => {
    const answer = await ask('mirror.approve', { id, repo: ALL }, text.t('window.mirrors.problem.done'));
    if (answer.ok) onClose();
  };
  return (
    <Sheet title={name} isOpen onClose={onClose}>
      <p>{mirrorProblemSentence(text, problem, { mirror: name, nowMs })}</p>
      <p className="dim">{text.t(isListing ? 'window.mirrors.problem.listing-detail' : 'window.mirrors.problem.no-account')}</p>
      <div className="sheet-actions">
        <Button isBig kind="quiet" onPress={onClose}>
          {text.t('window.mirrors.problem.later')}
        </Button>
        {isListing && (
          <Button isBig onPress={() => void approve()}>
            {text.t('window.mirrors.problem.listing-yes')}
          </Button>
        )}
        <Button isBig kind="primary" autoFocus onPress={again}>
          {text.t('window.mirrors.problem.again')}
        </Button>
      </div>
    </Sheet>
  );
}
