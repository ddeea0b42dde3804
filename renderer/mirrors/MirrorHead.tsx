import type { MirrorSummary } from '../../shared/mirror.ts';
import { relativeTime, durationWords } from '../../shared/text/times.ts';
import type { Text } from '../../shared/text/text.ts';
import { useNow } from '../clock.ts';
import { IconButton } from '../components/Button.tsx';
import { Icon } from '../components/Icon.tsx';
import { Menu } from '../components/Menu.tsx';
import { PathName } from '../components/PathName.tsx';
import { useIsStale, useText } from '../window-context.tsx';
import { wholeMark } from './mirror-mark.ts';
import { MirrorMark } from './MirrorMark.tsx';
import { useMirrorMenu } from './use-mirror-menu.ts';

const NOW_STEP_MS = 5000;
const NAMED = 2;

/** Which mirror, where it goes, how it hears of changes; and while a run is on, how far it is. */
export function MirrorHead({ mirror }: { readonly mirror: MirrorSummary }) {
  const text = useText();
  const nowMs = useNow(NOW_STEP_MS);
  const isStale = useIsStale();
  const menu = useMirrorMenu(mirror);
  const mark = wholeMark(mirror);
  const more = text.t('window.mirrors.more', { mirror: mirror.name });
  return (
    <div className="mirror-head">
      {mark && <MirrorMark state={mark} stale={isStale} />}
      <h2 id={`mirror-${mirror.id}`} className="clip">
        {mirror.name}
      </h2>
      <Icon name="right" size={12} className="dim" />
      <span className="mirror-target">
        <PathName path={mirror.target} isCode />
      </span>
      {mirror.running && !isStale ? <Progress mirror={mirror} running={mirror.running} /> : <span className="meta mirror-facts clip">{facts(text, mirror, nowMs)}</span>}
      <Menu label={more} entries={menu}>
        <IconButton icon="more" label={more} hasTooltip={false} />
      </Menu>
    </div>
  );
}

/** "46 repositories, webhook and a look every 5 min, last 2 min ago" */
function facts(text: Text, { total, how, every, lastRunAt, state }: MirrorSummary, nowMs: number): string {
  const ways = state === 'paused' ? text.t('window.mirrors.paused') : text.t(`window.mirrors.how.${how}`, { every: durationWords(text, every * 1000) });
  const last = lastRunAt === null ? text.t('window.mirrors.never') : text.t('window.mirrors.last', { ago: relativeTime(text, lastRunAt, nowMs) });
  return [text.t('window.mirrors.repositories', { count: total }), ways, last].join(', ');
}

interface ProgressProps {
  readonly mirror: MirrorSummary;
  readonly running: NonNullable<MirrorSummary['running']>;
}

/** A bar only for what is known: before the list is read there is a word instead. */
function Progress({ mirror: { name }, running: { done, total, now } }: ProgressProps) {
  const text = useText();
  if (total === 0) return <span className="meta mirror-facts clip">{text.t('window.mirrors.running-start')}</span>;
  const names = now.slice(0, NAMED).join(', ');
  const words = names === '' ? text.t('window.mirrors.running', { done, total }) : text.t('window.mirrors.running-now', { done, total, names });
  return (
    <span className="meta mirror-facts mirror-progress">
      <span className="clip">{words}</span>
      <progress aria-label={text.t('window.mirrors.progress', { mirror: name })} value={done} max={total} />
    </span>
  );
}
