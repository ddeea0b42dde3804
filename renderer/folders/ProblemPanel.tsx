import type { FolderState } from '../../shared/app-state.ts';
import type { Problem } from '../../shared/problem.ts';
import { serverName } from '../../shared/text/folder-text.ts';
import { problemButton, problemSentence } from '../../shared/text/problem-text.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { Mark } from '../components/Mark.tsx';
import { useText } from '../window-context.tsx';
import { MARK_TONES, markOfProblem } from '../../shared/folder-mark.ts';
import { useActOnProblem } from './use-problem-action.ts';

/** One problem: its sentence and its button. */
export function ProblemPanel({ folder, problem }: { readonly folder: FolderState; readonly problem: Problem }) {
  const text = useText();
  const nowMs = useNow();
  const act = useActOnProblem();
  const mark = markOfProblem(problem, folder);
  const tone = MARK_TONES[mark];
  return (
    <div className={`problem-panel ${tone}`} role="group" aria-label={text.t(`problems.${problem.code}.plain`)}>
      <Mark name={mark} stale={tone === 'quiet'} />
      <p>{problemSentence(text, problem, { nowMs, folder: folder.name, server: serverName(folder.remote) })}</p>
      <Button onPress={() => act(problem, folder)}>{problemButton(text, problem)}</Button>
    </div>
  );
}
