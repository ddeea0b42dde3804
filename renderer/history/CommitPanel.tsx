import { useState } from 'react';
import type { FolderState } from '../../shared/app-state.ts';
import type { CommitEntry } from '../../shared/commands.ts';
import { dayAndClock } from '../../shared/text/times.ts';
import { useNow } from '../clock.ts';
import { useKey } from '../components/use-key.ts';
import { Select } from '../components/Select.tsx';
import { Segments } from '../components/Segments.tsx';
import { useText } from '../window-context.tsx';
import { changeWords } from './commit-words.ts';
import { FileChange, type DiffLook } from './FileChange.tsx';

interface CommitPanelProps {
  readonly folder: FolderState;
  readonly commit: CommitEntry;
  /** What was searched for: its file is shown first. */
  readonly path: string;
}

const NARROW_PX = 1100;

/** What one change did, file by file. */
export function CommitPanel({ folder, commit, path }: CommitPanelProps) {
  const text = useText();
  const nowMs = useNow(60_000);
  const [chosen, setChosen] = useState(() => commit.files.find((file) => file.path.includes(path))?.path ?? commit.files[0]?.path);
  const [look, setLook] = useState<DiffLook>(() => (globalThis.innerWidth < NARROW_PX ? 'unified' : 'side-by-side'));
  const file = commit.files.find((candidate) => candidate.path === chosen);
  useKey('d', () => setLook(look === 'unified' ? 'side-by-side' : 'unified'));
  return (
    <>
      <div className="commit-head">
        <div className="commit-title">
          <h2>{changeWords(text, commit).subject}</h2>
          <p className="meta">
            {commit.machine ?? commit.author}, {dayAndClock(text, commit.at, nowMs)}, <code>{commit.id.slice(0, 7)}</code>
          </p>
        </div>
        {commit.files.length > 1 && (
          <Select
            label={text.t('window.history.files')}
            icon="file"
            chosen={chosen ?? null}
            options={commit.files.map((each) => ({ key: each.path, word: `${each.path} (${text.t(`window.history.change.${each.change}`)})` }))}
            onChange={setChosen}
          />
        )}
        <Segments
          label={text.t('window.history.look')}
          chosen={look}
          options={(['side-by-side', 'unified'] as const).map((key) => ({ key, word: text.t(`window.history.${key}`) }))}
          onChange={setLook}
        />
      </div>
      {file ? <FileChange key={file.path} folder={folder} commit={commit} file={file} look={look} /> : <p className="nothing dim">{text.t('window.history.joined')}</p>}
    </>
  );
}
