import type { MirrorSummary } from '../../shared/mirror.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { goTo } from '../navigation.ts';
import { useIsStale, useText } from '../window-context.tsx';
import { MirrorHead } from './MirrorHead.tsx';
import { MirrorMatrix } from './MirrorMatrix.tsx';
import type { Matches } from './repository-filter.ts';
import type { Geometry } from './use-geometry.ts';
import type { RepositoriesOfMirror } from './use-repositories.ts';

const DAY_MS = 86_400_000;
const MOST_STAND_INS = 200;

interface MirrorBlockProps {
  readonly mirror: MirrorSummary;
  readonly loaded: RepositoriesOfMirror;
  readonly onAgain: () => void;
  readonly matches: Matches | null;
  readonly chosen: string | undefined;
  readonly geometry: Geometry;
  readonly above: string;
}

/** One mirror: its line, and its repositories as cells. */
export function MirrorBlock({ mirror, ...rest }: MirrorBlockProps) {
  return (
    <section className="mirror-block" aria-labelledby={`mirror-${mirror.id}`}>
      <MirrorHead mirror={mirror} />
      <Cells mirror={mirror} {...rest} />
    </section>
  );
}

function Cells({ mirror, loaded: { repos, failure }, onAgain, matches, chosen, geometry, above }: MirrorBlockProps) {
  const text = useText();
  const isStale = useIsStale();
  const dayMs = useNow(DAY_MS);
  if (repos === undefined && failure) {
    return (
      <p className="mirror-unlisted dim">
        {text.t('window.mirrors.not-listed', { why: failure.message })}
        <Button kind="quiet" onPress={onAgain}>
          {text.t('window.mirrors.again')}
        </Button>
      </p>
    );
  }
  if (mirror.total === 0) return <p className="dim">{text.t(mirror.lastRunAt === null ? 'window.mirrors.nothing-yet' : 'window.mirrors.nothing-matches')}</p>;
  if (repos === undefined || repos.length === 0) return <StandIns count={mirror.total} />;
  return (
    <MirrorMatrix mirror={mirror} repos={repos} matches={matches} chosen={chosen} geometry={geometry} above={above} dayMs={dayMs} isStale={isStale} onOpen={(repo) => goTo({ view: 'mirrors', id: mirror.id, repo })} />
  );
}

const StandIns = ({ count }: { readonly count: number }) => (
  <div className="matrix-skeleton" aria-busy="true">
    {Array.from({ length: Math.min(count, MOST_STAND_INS) }, (_, at) => (
      <i key={at} />
    ))}
  </div>
);
