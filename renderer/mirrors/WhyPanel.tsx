import type { MirroredRepository, MirrorSummary } from '../../shared/mirror.ts';
import { mirrorProblemButton, repositorySentence } from '../../shared/text/mirror-text.ts';
import { dayAndClock } from '../../shared/text/times.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { useIsStale, useText } from '../window-context.tsx';
import { ApproveButtons } from './ApproveButtons.tsx';
import { DivergedChoices } from './DivergedChoices.tsx';
import { mirrorDeed } from './mirror-deed.ts';
import { MIRROR_TONES } from './mirror-mark.ts';
import { MirrorMark } from './MirrorMark.tsx';
import { useMirrorActions } from './use-mirror-actions.ts';

interface WhyPanelProps {
  readonly mirror: MirrorSummary;
  readonly repository: MirroredRepository;
}

const NOW_STEP_MS = 1000;

/** Why a repository is not simply in step, in a sentence, and what mends it. Nothing when it is. */
export function WhyPanel({ mirror, repository }: WhyPanelProps) {
  const text = useText();
  const nowMs = useNow(NOW_STEP_MS);
  const isStale = useIsStale();
  const { state, problem } = repository;
  if (state === 'in-sync' && problem === null) return null;
  const tone = MIRROR_TONES[state];
  return (
    <section className={`why ${tone}`} aria-labelledby="why-head">
      <div className="why-head">
        <MirrorMark state={state} stale={isStale} />
        <h3 id="why-head">{text.t(`window.mirrors.rail.why.${tone}`)}</h3>
        {problem && <span className="meta">{text.t('window.mirrors.rail.since', { when: dayAndClock(text, problem.since, nowMs) })}</span>}
      </div>
      <p>{repositorySentence(text, repository, nowMs)}</p>
      <Mending mirror={mirror} repository={repository} />
    </section>
  );
}

function Mending({ mirror, repository: { name, state, problem } }: WhyPanelProps) {
  const text = useText();
  const isStale = useIsStale();
  const { act } = useMirrorActions();
  const deed = problem && mirrorDeed(problem.code);
  const branch = typeof problem?.params['branch'] === 'string' ? problem.params['branch'] : undefined;
  if (deed === 'approve') return <ApproveButtons mirror={mirror.id} repo={name} />;
  if (deed === 'decide' || (problem === null && (state === 'diverged' || state === 'ahead'))) return <DivergedChoices mirror={mirror.id} repo={name} branch={branch} />;
  if (problem === null) return null;
  return (
    <div className="why-actions">
      <Button kind="primary" isDisabled={isStale} onPress={() => act({ id: mirror.id, name: mirror.name, repo: name }, problem)}>
        {mirrorProblemButton(text, problem)}
      </Button>
    </div>
  );
}
