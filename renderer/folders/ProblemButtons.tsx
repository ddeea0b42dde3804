import { useState } from 'react';
import type { FolderState } from '../../shared/app-state.ts';
import { problemTier, type Problem } from '../../shared/problem.ts';
import type { TextKey } from '../../shared/text/text.ts';
import { Button } from '../components/Button.tsx';
import type { Answer } from '../lockstep-client.ts';
import { useRun, useText, useWindow } from '../window-context.tsx';
import { isInCommit, problemDeed } from './problem-deed.ts';

interface ProblemButtonsProps {
  readonly folder: FolderState;
  readonly problem: Problem;
  readonly onClose: () => void;
}

/** What can be done about a problem. The sheet closes when it was done, and stays when not. */
export function ProblemButtons({ folder, problem, onClose }: ProblemButtonsProps) {
  const text = useText();
  const run = useRun();
  const { id } = folder;
  const then = (deed: Promise<Answer<unknown>>) => void deed.then((answer) => answer.ok && onClose());
  const approve = () => then(run('folder.approve', { id }));
  if (isInCommit(problem)) return <SecretButtons folder={folder} problem={problem} onClose={onClose} />;
  if (problemDeed(problem.code) === 'locate') {
    return (
      <>
        {'replaced' in problem.params && (
          <Button isBig kind="danger" onPress={approve}>
            {text.t('window.problem.use-it')}
          </Button>
        )}
        <LocateButton folder={folder} onFound={onClose} />
      </>
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
        {text.t(APPROVALS[problem.code] ?? 'window.problem.approve')}
      </Button>
    </>
  );
}

/** Out of the commits, or out to the server: what was found, or whatever is found in that file. */
function SecretButtons({ folder: { id }, problem: { path }, onClose }: ProblemButtonsProps) {
  const text = useText();
  const run = useRun();
  const then = (deed: Promise<Answer<unknown>>) => void deed.then((answer) => answer.ok && onClose());
  return (
    <>
      <Button isBig kind="quiet" onPress={() => then(run('folder.approve', { id, path, always: true }))}>
        {text.t('window.held.never-ask')}
      </Button>
      <Button isBig kind="danger" onPress={() => then(run('folder.approve', { id, path }))}>
        {text.t('window.problem.push-anyway')}
      </Button>
      <Button isBig kind="primary" onPress={() => then(run('folder.take-out', { id, path }, text.t('window.problem.taken-out')))}>
        {text.t('window.problem.take-out')}
      </Button>
    </>
  );
}

/** What agreeing does, where it is more than letting something through. */
const APPROVALS: Partial<Record<Problem['code'], TextKey>> = { 'untrusted-config': 'window.problem.trust', locked: 'window.problem.remove-lock' };

const isMassChange = ({ code }: Problem): boolean => code === 'mass-change' || code === 'root-emptied';

/** Asks where the folder is now. What is not it is said here, and can be chosen anew. */
function LocateButton({ folder: { id, name }, onFound }: { readonly folder: FolderState; readonly onFound: () => void }) {
  const { text, client, notices } = useWindow();
  const [refusal, setRefusal] = useState<string>();
  const locate = async () => {
    const picked = await client.invoke('shell.pick-folder', {});
    if (!picked.ok) return setRefusal(picked.failure.message);
    if (picked.value.path === null) return;
    const found = await client.invoke('folder.locate', { id, path: picked.value.path });
    if (!found.ok) return setRefusal(found.failure.message);
    notices.getState().show({ tone: 'done', sentence: text.t('window.problem.located', { name, path: found.value.path }) });
    onFound();
  };
  return (
    <>
      {refusal !== undefined && (
        <p className="field-error problem-refusal" role="alert">
          {refusal}
        </p>
      )}
      <Button isBig kind="primary" onPress={() => void locate()}>
        {text.t('window.problem.locate')}
      </Button>
    </>
  );
}
