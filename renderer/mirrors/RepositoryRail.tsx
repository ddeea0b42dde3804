import type { MirroredRepository, MirrorSummary, RepositoryDetail } from '../../shared/mirror.ts';
import { IconButton } from '../components/Button.tsx';
import { useKey } from '../components/use-key.ts';
import { goTo } from '../navigation.ts';
import { useAnswer } from '../use-answer.ts';
import { useIsStale, useText } from '../window-context.tsx';
import { BackupsPanel } from './BackupsPanel.tsx';
import { FactsPanel } from './FactsPanel.tsx';
import { PlanTable } from './PlanTable.tsx';
import { useMirrorActions } from './use-mirror-actions.ts';
import { WhyPanel } from './WhyPanel.tsx';
import './repository-rail.css';

interface RepositoryRailProps {
  readonly mirror: MirrorSummary;
  readonly name: string;
}

/** All about one repository: why it stands as it does, what the next run would do, what was kept. */
export function RepositoryRail({ mirror, name }: RepositoryRailProps) {
  const text = useText();
  const { id, running, revision } = mirror;
  // Both sides are asked for it, so not with every step of a run.
  const detail = useAnswer('mirror.repository', { id, repo: name }, `${id} ${name}`, running ? 'running' : revision);
  const row: MirroredRepository | undefined = detail.value ?? mirror.waiting.first.find((repository) => repository.name === name);
  const close = () => goTo({ view: 'mirrors' });
  useKey('Escape', close);
  return (
    <aside className="rail repository-rail" aria-label={text.t('window.mirrors.rail.label', { name })}>
      <RailHead mirror={mirror} name={name} hasFolder={mirror.target.startsWith('/') && row !== undefined} onClose={close} />
      {row && <WhyPanel mirror={mirror} repository={row} />}
      {detail.value && <Details mirror={mirror} detail={detail.value} />}
      {!detail.value && detail.failure && (
        <p className="rail-failure dim" role="alert">
          {text.t('window.mirrors.rail.plan-failed', { why: detail.failure.message })}
        </p>
      )}
      {!detail.value && !detail.failure && <Reading />}
    </aside>
  );
}

interface RailHeadProps {
  readonly mirror: MirrorSummary;
  readonly name: string;
  readonly hasFolder: boolean;
  readonly onClose: () => void;
}

function RailHead({ mirror, name, hasFolder, onClose }: RailHeadProps) {
  const text = useText();
  const isStale = useIsStale();
  const { run, open } = useMirrorActions();
  const place = { id: mirror.id, name: mirror.name, repo: name };
  return (
    <div className="rail-head">
      <div className="rail-title">
        <span className="meta clip">{mirror.name}</span>
        <h2 title={name}>{name}</h2>
      </div>
      <IconButton icon="sync" label={text.t('window.mirrors.rail.run')} isDisabled={isStale} onPress={() => run(place)} />
      {hasFolder && <IconButton icon="open" label={text.t('window.mirrors.rail.open')} isDisabled={isStale} onPress={() => open(place)} />}
      <IconButton icon="close" label={text.t('window.mirrors.rail.close')} keys="Esc" onPress={onClose} />
    </div>
  );
}

function Details({ mirror, detail }: { readonly mirror: MirrorSummary; readonly detail: RepositoryDetail }) {
  const text = useText();
  return (
    <>
      <section aria-labelledby="plan-head">
        <div className="section-head">
          <h3 id="plan-head">{text.t('window.mirrors.rail.plan')}</h3>
          <span className="meta">{text.t('window.mirrors.rail.plan-note')}</span>
        </div>
        {detail.plan.length === 0 ? <p className="dim">{text.t('window.mirrors.rail.plan-none')}</p> : <PlanTable refs={detail.plan} />}
      </section>
      <BackupsPanel mirror={mirror.id} detail={detail} />
      <FactsPanel mirror={mirror} detail={detail} />
    </>
  );
}

const STAND_INS = ['a', 'b', 'c', 'd'];

function Reading() {
  const text = useText();
  return (
    <section aria-busy="true" className="rail-reading">
      <p className="meta">{text.t('window.mirrors.rail.reading')}</p>
      {STAND_INS.map((line) => (
        <span key={line} className="skeleton" />
      ))}
    </section>
  );
}
