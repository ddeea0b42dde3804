import type { MirrorSummary, RepositoryDetail } from '../../shared/mirror.ts';
import { bytes, dayAndClock } from '../../shared/text/times.ts';
import type { Text } from '../../shared/text/text.ts';
import { useNow } from '../clock.ts';
import { PathName } from '../components/PathName.tsx';
import { useText } from '../window-context.tsx';

interface FactsPanelProps {
  readonly mirror: MirrorSummary;
  readonly detail: RepositoryDetail;
}

const MINUTE_MS = 60_000;

/** Where it comes from, where it lies, what it holds, and when it was last looked at. */
export function FactsPanel({ mirror, detail }: FactsPanelProps) {
  const text = useText();
  const nowMs = useNow(MINUTE_MS);
  const { source, target, path, defaultBranch, lastSync, lastMoved, archived } = detail;
  const when = (at: string | null) => (at === null ? text.t('window.mirrors.rail.never') : dayAndClock(text, at, nowMs));
  const name = (fact: 'source' | 'target' | 'holds' | 'copied' | 'branch' | 'path' | 'hook' | 'moved' | 'archived') => text.t(`window.mirrors.rail.fact.${fact}`);
  return (
    <section aria-labelledby="facts-head">
      <div className="section-head">
        <h3 id="facts-head">{text.t('window.mirrors.rail.facts')}</h3>
      </div>
      <dl className="facts">
        <dt>{name('source')}</dt>
        <dd>
          <PathName path={source.replace(/^https:\/\//, '')} isCode />
        </dd>
        <dt>{name(target === null ? 'path' : 'target')}</dt>
        <dd>
          <PathName path={(target ?? path).replace(/^https:\/\//, '')} isCode />
        </dd>
        <dt>{name('holds')}</dt>
        <dd>{holds(text, detail)}</dd>
        {defaultBranch !== null && (
          <>
            <dt>{name('branch')}</dt>
            <dd>
              <PathName path={defaultBranch} isCode />
            </dd>
          </>
        )}
        <dt>{name('copied')}</dt>
        <dd>{when(lastSync)}</dd>
        <dt>{name('moved')}</dt>
        <dd>{when(lastMoved)}</dd>
        {mirror.lastHook && (
          <>
            <dt>{name('hook')}</dt>
            <dd>{text.t('window.mirrors.rail.hook-fact', { when: when(mirror.lastHook.at), verdict: text.t(`window.mirrors.rail.verdict.${mirror.lastHook.verdict}`) })}</dd>
          </>
        )}
        {archived && (
          <>
            <dt>{name('archived')}</dt>
            <dd>{text.t('window.mirrors.rail.archived-fact')}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

const holds = (text: Text, { heads, tags, bytes: size }: RepositoryDetail): string =>
  [text.t('window.mirrors.rail.heads', { count: heads }), text.t('window.mirrors.rail.tags', { count: tags }), size === null ? null : bytes(text, size)].filter(Boolean).join(', ');
