import { useDeferredValue, useMemo, useState } from 'react';
import { mirrorHeadline } from '../../shared/text/mirror-headline.ts';
import { Button } from '../components/Button.tsx';
import { Headline } from '../components/Headline.tsx';
import { goTo } from '../navigation.ts';
import { useAppState, useIsStale, useRun, useShowSheet, useText } from '../window-context.tsx';
import { FilterBar } from './FilterBar.tsx';
import { MirrorBlock } from './MirrorBlock.tsx';
import { MirrorsSkeleton } from './MirrorsSkeleton.tsx';
import { NeedsLook } from './NeedsLook.tsx';
import { NoMirrors } from './NoMirrors.tsx';
import { isFiltering, matcher, NO_FILTER } from './repository-filter.ts';
import { RepositoryRail } from './RepositoryRail.tsx';
import { useGeometry } from './use-geometry.ts';
import { useRepositories } from './use-repositories.ts';
import type { MirrorSummary } from '../../shared/mirror.ts';
import './mirrors.css';

interface MirrorsViewProps {
  readonly mirror: string | undefined;
  /** The repository that is shown in detail. */
  readonly repo: string | undefined;
}

/** All mirrors: a sentence, every repository as a cell, and what needs a look. */
export function MirrorsView({ mirror, repo }: MirrorsViewProps) {
  const state = useAppState();
  const shown = state?.mirrors.find(({ id }) => id === mirror);
  if (!state) return <MirrorsSkeleton />;
  if (state.mirrors.length === 0) return <NoMirrors />;
  return (
    <div className="with-rail mirrors">
      <MirrorsMain mirrors={state.mirrors} mirror={mirror} repo={repo} />
      {shown && repo !== undefined && <RepositoryRail key={`${mirror} ${repo}`} mirror={shown} name={repo} />}
    </div>
  );
}

interface MirrorsMainProps extends MirrorsViewProps {
  readonly mirrors: readonly MirrorSummary[];
}

function MirrorsMain({ mirrors, mirror, repo }: MirrorsMainProps) {
  const text = useText();
  const isStale = useIsStale();
  const [filter, setFilter] = useState(NO_FILTER);
  const repositories = useRepositories(mirrors);
  const { measure, ...geometry } = useGeometry();
  // Letters come before cells: thousands may have to fade.
  const calm = useDeferredValue(filter);
  const matches = useMemo(() => (isFiltering(calm) ? matcher(calm) : null), [calm]);
  const found = matches ? mirrors.flatMap(({ id }) => (repositories.of(id).repos ?? []).filter(matches).map(({ name }) => ({ id, name }))) : [];
  const { title, detail } = mirrorHeadline(text, mirrors);
  const openFirst = () => {
    const at = found.findIndex(({ id, name }) => id === mirror && name === repo);
    const next = found[(at + 1) % found.length];
    if (next) goTo({ view: 'mirrors', id: next.id, repo: next.name });
  };
  return (
    <main className={isStale ? 'mirrors-main stale' : 'mirrors-main'}>
      <div className="mirrors-top">
        <Headline title={title} detail={detail} />
        <MirrorsButtons isStale={isStale} />
      </div>
      <FilterBar mirrors={mirrors} filter={filter} onChange={setFilter} found={found.length} onEnter={openFirst} />
      <div ref={measure}>
        {mirrors.map((each, at) => (
          <MirrorBlock
            key={each.id}
            mirror={each}
            loaded={repositories.of(each.id)}
            onAgain={() => repositories.again(each.id)}
            matches={matches}
            chosen={each.id === mirror ? repo : undefined}
            geometry={geometry}
            above={`${title} ${mirrors.slice(0, at).map(({ id, total }) => `${total} ${repositories.of(id).repos?.length}`).join(' ')}`}
          />
        ))}
      </div>
      <NeedsLook mirrors={mirrors} chosen={{ id: mirror, repo }} />
    </main>
  );
}

function MirrorsButtons({ isStale }: { readonly isStale: boolean }) {
  const text = useText();
  const run = useRun();
  const showSheet = useShowSheet();
  const [isChecking, setChecking] = useState(false);
  const check = async () => {
    setChecking(true);
    await run('mirror.check', {}, text.t('window.mirrors.checked'));
    setChecking(false);
  };
  return (
    <div className="mirrors-buttons">
      <Button icon="check" isDisabled={isStale} isPending={isChecking} onPress={() => void check()}>
        {text.t('window.mirrors.check-all')}
      </Button>
      <Button icon="plus" isDisabled={isStale} onPress={() => showSheet({ kind: 'mirror' })}>
        {text.t('window.mirrors.add')}
      </Button>
    </div>
  );
}
