import { useRef } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { MirrorState, MirrorSummary } from '../../shared/mirror.ts';
import { mirrorStateWord } from '../../shared/text/mirror-text.ts';
import { Button } from '../components/Button.tsx';
import { Field } from '../components/Field.tsx';
import { useKey } from '../components/use-key.ts';
import { useText } from '../window-context.tsx';
import { STATES_IN_ORDER } from './mirror-mark.ts';
import { MirrorMark } from './MirrorMark.tsx';
import { isFiltering, NO_FILTER, type RepositoryFilter } from './repository-filter.ts';
import { SHADES } from './shade.ts';

interface FilterBarProps {
  readonly mirrors: readonly MirrorSummary[];
  readonly filter: RepositoryFilter;
  readonly onChange: (filter: RepositoryFilter) => void;
  /** How many repositories match. */
  readonly found: number;
  readonly onEnter: () => void;
}

/** Looks for names and states. What does not match fades where it stands, so that nothing moves. */
export function FilterBar({ mirrors, filter, onChange, found, onEnter }: FilterBarProps) {
  const text = useText();
  const bar = useRef<HTMLDivElement>(null);
  useKey('/', () => bar.current?.querySelector('input')?.focus());
  const total = mirrors.reduce((sum, mirror) => sum + mirror.total, 0);
  return (
    <div
      className="mirror-filter"
      ref={bar}
      onKeyDownCapture={(event) => {
        if (event.key === 'Escape') onChange(NO_FILTER);
      }}
    >
      <div className="mirror-search">
        <Field label={text.t('window.mirrors.matrix.search')} placeholder={text.t('window.mirrors.matrix.search')} isLabelHidden icon="search" suffix="/" value={filter.typed} onChange={(typed) => onChange({ ...filter, typed })} onEnter={onEnter} />
        <span role="status" className="meta mirror-found">
          {isFiltering(filter) && (found > 0 ? text.t('window.mirrors.matrix.found', { count: found, total }) : text.t('window.mirrors.matrix.none-found', { name: filter.typed.trim() }))}
        </span>
        {isFiltering(filter) ? (
          <Button kind="quiet" keys="Esc" onPress={() => onChange(NO_FILTER)}>
            {text.t('window.mirrors.matrix.clear')}
          </Button>
        ) : (
          <MatrixKey />
        )}
      </div>
      <StateChips mirrors={mirrors} chosen={filter.states} onChange={(states) => onChange({ ...filter, states })} />
    </div>
  );
}

function MatrixKey() {
  const text = useText();
  return (
    <p className="meta mirror-key">
      {text.t('window.mirrors.matrix.key')}
      <span className="shade-key" aria-hidden="true">
        {SHADES.map((shade) => (
          <i key={shade} className={`cell shade-${shade}`} title={text.t(`window.mirrors.matrix.shade.${shade}`)} />
        ))}
      </span>
    </p>
  );
}

interface StateChipsProps {
  readonly mirrors: readonly MirrorSummary[];
  readonly chosen: ReadonlySet<MirrorState>;
  readonly onChange: (states: ReadonlySet<MirrorState>) => void;
}

function StateChips({ mirrors, chosen, onChange }: StateChipsProps) {
  const text = useText();
  const count = (state: MirrorState) => mirrors.reduce((sum, { counts }) => sum + (counts[state] ?? 0), 0);
  const shown = STATES_IN_ORDER.filter((state) => count(state) > 0 || chosen.has(state));
  return (
    <ToggleButtonGroup className="state-chips" aria-label={text.t('window.mirrors.matrix.filter')} selectionMode="multiple" selectedKeys={chosen} onSelectionChange={(keys) => onChange(new Set(STATES_IN_ORDER.filter((state) => keys.has(state))))}>
      {shown.map((state) => (
        <ToggleButton key={state} id={state} className="state-chip">
          <MirrorMark state={state} />
          {mirrorStateWord(text, state)} <b>{count(state)}</b>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
