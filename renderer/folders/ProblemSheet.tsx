import type { FolderState } from '../../shared/app-state.ts';
import type { Problem } from '../../shared/problem.ts';
import { problemTier } from '../../shared/problem.ts';
import { serverName } from '../../shared/text/folder-text.ts';
import { problemSentence } from '../../shared/text/problem-text.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { useFolder, useRun, useText, useWindow, type Run } from '../window-context.tsx';
import { problemDeed } from './problem-deed.ts';
import './problem-sheet.css';

interface ProblemSheetProps {
  readonly folder: string | null;
  readonly problem: Problem;
  readonly onClose: () => void;
}

/** A problem that one button cannot settle blindly: what is known about it, what the button would do, and what stays safe. */
export function ProblemSheet({ folder: id, problem, onClose }: ProblemSheetProps) {
  const text = useText();
  const nowMs = useNow();
  const folder = useFolder(id ?? undefined);
  const sentence = problemSentence(text, problem, { nowMs, folder: folder?.name, server: serverName(folder?.remote ?? null) });
  return (
    <Sheet title={folder?.name ?? text.t('window.name')} isOpen onClose={onClose}>
      <p>{sentence}</p>
      <p className="problem-advice">{text.first([`window.advice.${adviceOf(problem)}`, 'window.advice.decide'], {})}</p>
      <ProblemFacts problem={problem} />
      <div className="sheet-actions">
        <Button isBig autoFocus onPress={onClose}>
          {text.t('window.problem.later')}
        </Button>
        {folder && <ProblemButtons folder={folder} problem={problem} onClose={onClose} />}
      </div>
    </Sheet>
  );
}

const ADVISED = ['auth-failed', 'remote-damaged', 'watch-limit', 'host-key-changed', 'untrusted-config', 'root-missing', 'remote-rewritten', 'mass-change', 'root-emptied', 'remote-changed'] as const;
const adviceOf = ({ code }: Problem) => ADVISED.find((advised) => advised === code) ?? 'decide';

/** What the engine knows, by its own names: for those who want to know, and to copy into a question. */
function ProblemFacts({ problem }: { readonly problem: Problem }) {
  const text = useText();
  const run = useRun();
  const facts = [['code', problem.code], ...(problem.path ? [['path', problem.path]] : []), ...Object.entries(problem.params)] as const;
  const copy = () => void run('shell.copy-text', { text: facts.map(([name, value]) => `${name}: ${value}`).join('\n') }, text.t('window.copied'));
  return (
    <details className="problem-facts">
      <summary>{text.t('window.problem.facts')}</summary>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
      <Button kind="quiet" onPress={copy}>
        {text.t('window.problem.copy')}
      </Button>
    </details>
  );
}

interface ProblemButtonsProps {
  readonly folder: FolderState;
  readonly problem: Problem;
  readonly onClose: () => void;
}

function ProblemButtons({ folder, problem, onClose }: ProblemButtonsProps) {
  const { text, client } = useWindow();
  const run = useRun();
  const { id } = folder;
  const then = (deed: Promise<unknown>) => void deed.then(onClose);
  if (problemDeed(problem.code) === 'locate') {
    const locate = async () => {
      const picked = await client.invoke('shell.pick-folder', {});
      if (picked.ok && picked.value.path !== null) await relocate(run, folder, picked.value.path);
    };
    return (
      <Button isBig kind="primary" onPress={() => then(locate())}>
        {text.t('window.problem.locate')}
      </Button>
    );
  }
  if (problemDeed(problem.code) === 'explain') {
    return (
      <>
        <Button isBig onPress={() => then(run('shell.open-terminal', { id }))}>
          {text.t('window.problem.terminal')}
        </Button>
        <Button isBig kind="primary" onPress={() => then(run('sync', { id }))}>
          {text.t('window.problem.again')}
        </Button>
      </>
    );
  }
  const decide = () => (problem.code === 'untrusted-config' ? run('folder.set', { id, options: { trust: true } }) : run('folder.approve', { id }));
  return (
    <>
      <Button isBig onPress={() => void run('shell.open-folder', { id })}>
        {text.t('window.problem.open')}
      </Button>
      {isMassChange(problem) && (
        <Button isBig kind="primary" onPress={() => then(run('folder.bring-back', { id }, text.t('window.problem.brought-back')))}>
          {text.t('window.problem.bring-back')}
        </Button>
      )}
      <Button isBig kind={problemTier(problem.code) === 'halted' ? 'danger' : 'primary'} onPress={() => then(decide())}>
        {text.t(problem.code === 'untrusted-config' ? 'window.problem.trust' : 'window.problem.approve')}
      </Button>
    </>
  );
}

const isMassChange = ({ code }: Problem): boolean => code === 'mass-change' || code === 'root-emptied';

/** There is no command that moves a folder: the new place is added first, and the old entry goes only when that was done. */
async function relocate(run: Run, { id, name, options }: FolderState, path: string): Promise<void> {
  const added = await run('folder.add', { path, name, options });
  if (added.ok) await run('folder.remove', { id });
}
