import type { AppState, FolderState } from '../../shared/app-state.ts';
import type { Text } from '../../shared/text/text.ts';
import { clockTime, countdown } from '../../shared/text/times.ts';
import { useNow } from '../clock.ts';
import { Icon, type IconName } from '../components/Icon.tsx';
import { useText } from '../window-context.tsx';
import { changeWay, type StepKind, type WayStep } from './change-way.ts';
import './change-way.css';

const ICONS: Record<StepKind, IconName> = { saved: 'file', settled: 'more', committed: 'check', pushed: 'up', signalled: 'signal', machine: 'machine' };

/** The last change of a folder on its way to the other machines, step by step. */
export function ChangeWay({ folder, state }: { readonly folder: FolderState; readonly state: AppState }) {
  const text = useText();
  const nowMs = useNow();
  const steps = changeWay(folder, state.machines, state.signal);
  return (
    <section aria-labelledby="way-head">
      <div className="section-head">
        <h2 id="way-head">{text.t('window.way.title')}</h2>
        <span className="meta clip">{folder.dirty ? '' : folder.lastCommit?.message.split('\n')[0]}</span>
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
                  <Icon name={ICONS[step.kind]} />
                </span>
                <b className="clip" title={name}>
                  {name}
                </b>
                <span className="meta">{stepDetail(text, step, folder, nowMs)}</span>
                <span className="seen-by-readers-only">{text.t(`window.way.state.${step.state}`)}</span>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}

function stepDetail(text: Text, { kind, state }: WayStep, folder: FolderState, nowMs: number): string {
  const { lastCommit, lastPush, options, settlesAt } = folder;
  switch (kind) {
    case 'saved':
      return folder.dirty || !lastCommit ? text.t('window.way.saved-now') : (lastCommit.machine ?? text.t('window.way.here'));
    case 'settled':
      if (state === 'now' && settlesAt) return text.t('window.way.settles-in', { left: countdown(settlesAt, nowMs) });
      return state === 'off' ? text.t('window.way.off') : text.t('window.way.quiet', { seconds: options.commitDelay });
    case 'committed':
      if (state === 'done' && lastCommit) return `${clockTime(text, lastCommit.at)} · ${lastCommit.id.slice(0, 7)}`;
      if (folder.phase === 'awaiting-message') return text.t('window.way.waits-message');
      return text.t(state === 'off' ? 'window.way.off' : `window.way.state.${state}`);
    case 'pushed':
      if (folder.remote === null) return text.t('window.way.saved-here');
      if (state === 'off') return text.t('window.way.off');
      if (folder.ahead > 0) return text.t('window.way.to-go', { count: folder.ahead });
      return state === 'done' && lastPush ? clockTime(text, lastPush) : text.t(`window.way.state.${state}`);
    case 'signalled':
      return text.t(state === 'off' ? 'window.way.no-signal' : `window.way.state.${state}`);
    case 'machine':
      return text.t(state === 'done' ? 'window.way.has-it' : 'window.way.not-yet');
  }
}
