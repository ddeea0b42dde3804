import { useState } from 'react';
import type { RefBackup, RepositoryDetail } from '../../shared/mirror.ts';
import { dayAndClock } from '../../shared/text/times.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { DayPlot } from '../components/DayPlot.tsx';
import { PathName } from '../components/PathName.tsx';
import { useIsStale, useShowSheet, useText } from '../window-context.tsx';
import { backupsByDay } from './backups-by-day.ts';
import { shortCommit, shortRef } from './plan-words.ts';

interface BackupsPanelProps {
  readonly mirror: string;
  readonly detail: RepositoryDetail;
}

const DAYS = 30;
const SHOWN_FIRST = 3;
const DAY_MS = 86_400_000;

/** Every old value of a branch or tag, newest first, each with the way back. */
export function BackupsPanel({ mirror, detail: { name, backups } }: BackupsPanelProps) {
  const text = useText();
  const nowMs = useNow(DAY_MS);
  const [isOpen, setOpen] = useState(false);
  const newest = [...backups].sort((a, b) => b.at.localeCompare(a.at));
  const shown = isOpen ? newest : newest.slice(0, SHOWN_FIRST);
  const days = backupsByDay(backups, nowMs, DAYS);
  const inDays = days.reduce((sum, count) => sum + count, 0);
  return (
    <section aria-labelledby="backups-head">
      <div className="section-head">
        <h3 id="backups-head">{text.t('window.mirrors.rail.backups')}</h3>
        {backups.length > 0 && <span className="meta">{text.t('window.mirrors.rail.backups-count', { count: backups.length })}</span>}
      </div>
      {backups.length === 0 && <p className="dim">{text.t('window.mirrors.rail.backups-none')}</p>}
      {inDays > 0 && <DayPlot mine={days} others={[]} height={20} barWidth={8} label={text.t('window.mirrors.rail.backups-plot', { count: inDays, days: DAYS })} />}
      <ul className="backups">
        {shown.map((backup) => (
          <BackupRow key={backup.name} mirror={mirror} repo={name} backup={backup} />
        ))}
      </ul>
      {newest.length > shown.length && (
        <Button kind="quiet" onPress={() => setOpen(true)}>
          {text.t('window.mirrors.rail.backups-more', { count: newest.length - shown.length })}
        </Button>
      )}
    </section>
  );
}

interface BackupRowProps {
  readonly mirror: string;
  readonly repo: string;
  readonly backup: RefBackup;
}

const MINUTE_MS = 60_000;

function BackupRow({ mirror, repo, backup }: BackupRowProps) {
  const text = useText();
  const nowMs = useNow(MINUTE_MS);
  const isStale = useIsStale();
  const showSheet = useShowSheet();
  const button = text.t('window.mirrors.rail.restore');
  const when = dayAndClock(text, backup.at, nowMs);
  return (
    <li className="backup">
      <div className="backup-words">
        <PathName path={shortRef(backup.ref)} isCode />
        <span className="meta">
          {when}, {text.t(`window.mirrors.backup.${backup.why}`)}, <code>{shortCommit(backup.commit)}</code>
        </span>
      </div>
      <Button kind="quiet" isDisabled={isStale} label={text.t('window.button-for', { button, name: `${shortRef(backup.ref)}, ${when}` })} onPress={() => showSheet({ kind: 'mirror-restore', mirror, repo, backup })}>
        {button}
      </Button>
    </li>
  );
}
