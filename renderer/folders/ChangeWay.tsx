import type { Activity } from '../../shared/activity.ts';
import type { AppState, FolderState } from '../../shared/app-state.ts';
import type { Text } from '../../shared/text/text.ts';
import { countdown, dayAndClock } from '../../shared/text/times.ts';
import { useNow } from '../clock.ts';
import { Icon, type IconName } from '../components/Icon.tsx';
import { useText } from '../window-context.tsx';
import { changeWay, commitRecord, isChanged, type StepKind, type WayStep } from './change-way.ts';
import './change-way.css';

const ICONS: Record<StepKind, IconName> = { saved: 'file', settled: 'more', committed: 'check', pushed: 'up', signalled: 'signal', machine: 'machine' };

/** The tick is for what was done; where it waits or stands, the picture says so. */
const iconOf = ({ kind, state }: WayStep): IconName => (kind !== 'committed' || state === 'done' ? ICONS[kind] : state === 'broken' ? 'close' : 'pen');

/** The last change of a folder on its way to the other machines, step by step. */
export function ChangeWay({ folder, state }: { readonly folder: FolderState; readonly state: AppState }) {
  const text = useText();
  const nowMs = useNow();
  const steps = changeWay(folder, state);
  return (
    <section aria-labelledby="way-head">
      <div className="section-head">
        <h2 id="way-head">{text.t('window.way.title')}</h2>
        <span className="meta clip">{isChanged(folder) ? '' : folder.lastCommit?.message.split('\n')[0]}</span>
      </div>
      {steps.length === 0 ? (
        <p className="dim">{text.t('window.way.none')}</p>
      ) : (
        <ol className="panel way" aria-label={text.t('window.way.label')}>
          {steps.map((step) => {
            const name = step.machine ?? text.t(`window.way.step.${step.kind === 'machine' ? 'saved' : step.kind}`);
            return (
              <li key={`${step.kind} ${step.machine ?? ''}`} className={`way-step ${step.state}`}>
                <span className="way-mark">
                  <Icon name={iconOf(step)} />
                </span>
                <b className="clip" title={name}>
                  {name}
                </b>
                <span className="meta">{stepDetail(text, step, folder, state.recent, nowMs)}</span>
                <span className="seen-by-readers-only">{text.t(`window.way.state.${step.state}`)}</span>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}

function stepDetail(text: Text, { kind, state }: WayStep, folder: FolderState, recent: readonly Activity[], nowMs: number): string {
  const { lastCommit, lastPush, settlesAt } = folder;
  switch (kind) {
    case 'saved':
      if (isChanged(folder) || !lastCommit) return text.t(folder.phase === 'settling' ? 'window.way.saved-now' : 'window.way.here');
      return lastCommit.machine ?? text.t('window.way.elsewhere');
    case 'settled':
      if (state === 'now' && settlesAt) return text.t('window.way.settles-in', { left: countdown(settlesAt, nowMs) });
      if (state === 'off') return text.t('window.way.off');
      return isChanged(folder) ? text.t(`window.way.state.${state}`) : settledWords(text, commitRecord(folder, recent));
    case 'committed':
      if (state === 'done' && lastCommit) return `${dayAndClock(text, lastCommit.at, nowMs)} · ${lastCommit.id.slice(0, 7)}`;
      if (folder.phase === 'awaiting-message') return text.t('window.way.waits-message');
      return text.t(state === 'off' ? 'window.way.off' : `window.way.state.${state}`);
    case 'pushed':
      if (folder.remote === null) return text.t('window.way.saved-here');
      if (state === 'off') return text.t('window.way.off');
      if (folder.ahead > 0) return text.t('window.way.to-go', { count: folder.ahead });
      return state === 'done' && lastPush ? dayAndClock(text, lastPush, nowMs) : text.t(`window.way.state.${state}`);
    case 'signalled':
      return text.t(state === 'off' ? 'window.way.no-signal' : `window.way.state.${state}`);
    case 'machine':
      return text.t(state === 'done' ? 'window.way.has-it' : 'window.way.not-yet');
  }
}

/** How the newest change came to be made when it was: what the log says of it. */
function settledWords(text: Text, record: Activity | undefined): string {
  const seconds = record?.params['seconds'];
  if (record?.why === 'quiet' && seconds !== undefined) return text.t('window.way.quiet', { seconds });
  return record?.why === 'max-wait' ? text.t('window.way.longest') : '';
}
