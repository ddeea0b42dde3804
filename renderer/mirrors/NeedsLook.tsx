import { mirrorProblemForPerson } from '../../shared/mirror-standing.ts';
import type { MirroredRepository, MirrorSummary } from '../../shared/mirror.ts';
import { mirrorProblemButton, mirrorProblemSentence, repositorySentence } from '../../shared/text/mirror-text.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { useIsStale, useText } from '../window-context.tsx';
import { wholeMark } from './mirror-mark.ts';
import { MirrorMark } from './MirrorMark.tsx';
import { useMirrorActions } from './use-mirror-actions.ts';

const NOW_STEP_MS = 1000;

interface NeedsLookProps {
  readonly mirrors: readonly MirrorSummary[];
  readonly chosen: { readonly id: string | undefined; readonly repo: string | undefined };
}

/** What waits for the person, one sentence and one button each: the same as in the cells, in words. */
export function NeedsLook({ mirrors, chosen }: NeedsLookProps) {
  const text = useText();
  const waiting = mirrors.filter((mirror) => mirror.state !== 'paused' && (mirror.waiting.total > 0 || mirrorProblemForPerson(mirror) !== null));
  if (waiting.length === 0) return null;
  const count = waiting.reduce((sum, mirror) => sum + mirror.waiting.total + (mirrorProblemForPerson(mirror) ? 1 : 0), 0);
  return (
    <section className="needs-look" aria-labelledby="needs-look-head">
      <div className="section-head">
        <h2 id="needs-look-head">{text.t('window.mirrors.looks')}</h2>
        <span className="meta">{count}</span>
      </div>
      <ul>
        {waiting.map((mirror) => (
          <WholeRow key={`all of ${mirror.id}`} mirror={mirror} />
        ))}
        {waiting.flatMap((mirror) =>
          mirror.waiting.first.map((repository) => (
            <RepositoryRow key={`${mirror.id} ${repository.name}`} mirror={mirror} repository={repository} isChosen={chosen.id === mirror.id && chosen.repo === repository.name} />
          )),
        )}
      </ul>
      {waiting.map(({ id, name, waiting: { total, first } }) => total > first.length && (
        <p key={id} className="meta">
          {text.t('window.mirrors.looks-more', { count: total - first.length, mirror: name })}
        </p>
      ))}
    </section>
  );
}

function WholeRow({ mirror }: { readonly mirror: MirrorSummary }) {
  const text = useText();
  const nowMs = useNow(NOW_STEP_MS);
  const isStale = useIsStale();
  const { act } = useMirrorActions();
  const problem = mirrorProblemForPerson(mirror);
  if (problem === null) return null;
  const button = mirrorProblemButton(text, problem);
  return (
    <li className="look-row">
      <MirrorMark state={wholeMark(mirror) ?? 'unavailable'} stale={isStale} />
      <div className="look-words">
        <b className="clip">{mirror.name}</b>
        <p>{mirrorProblemSentence(text, problem, { mirror: mirror.name, nowMs })}</p>
      </div>
      <Button isDisabled={isStale} label={text.t('window.button-for', { button, name: mirror.name })} onPress={() => act({ ...mirror, repo: null }, problem)}>
        {button}
      </Button>
    </li>
  );
}

interface RepositoryRowProps {
  readonly mirror: MirrorSummary;
  readonly repository: MirroredRepository;
  readonly isChosen: boolean;
}

function RepositoryRow({ mirror, repository, isChosen }: RepositoryRowProps) {
  const text = useText();
  const nowMs = useNow(NOW_STEP_MS);
  const isStale = useIsStale();
  const { act, look } = useMirrorActions();
  const { name, state, problem } = repository;
  const place = { id: mirror.id, name: mirror.name, repo: name };
  const button = problem ? mirrorProblemButton(text, problem) : text.t('waiting.mirror-look');
  return (
    <li className={isChosen ? 'look-row chosen' : 'look-row'}>
      <MirrorMark state={state} stale={isStale} />
      <div className="look-words">
        <button type="button" className="look-name clip" aria-current={isChosen} onClick={() => look(place)}>
          {name}
        </button>
        <p>{repositorySentence(text, repository, nowMs)}</p>
      </div>
      <Button isDisabled={isStale} label={text.t('window.button-for', { button, name })} onPress={() => act(place, problem)}>
        {button}
      </Button>
    </li>
  );
}
