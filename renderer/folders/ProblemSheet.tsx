import type { Problem } from '../../shared/problem.ts';
import { serverName } from '../../shared/text/folder-text.ts';
import { problemSentence } from '../../shared/text/problem-text.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { useFolder, useRun, useText } from '../window-context.tsx';
import { ProblemButtons } from './ProblemButtons.tsx';
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
      <AddressChange problem={problem} />
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

/** Where the changes went so far, and where they would go from now on: whole, for the end of an address is what tells two apart. */
function AddressChange({ problem: { code, params } }: { readonly problem: Problem }) {
  const text = useText();
  if (code !== 'remote-changed') return null;
  const { agreed, url } = params;
  return (
    <dl className="problem-addresses">
      {agreed !== undefined && (
        <div>
          <dt>{text.t('window.problem.address-agreed')}</dt>
          <dd>
            <code>{agreed}</code>
          </dd>
        </div>
      )}
      {url !== undefined && (
        <div>
          <dt>{text.t('window.problem.address-now')}</dt>
          <dd>
            <code>{url}</code>
          </dd>
        </div>
      )}
    </dl>
  );
}

const ADVISED = ['auth-failed', 'remote-damaged', 'watch-limit', 'host-key-changed', 'untrusted-config', 'root-missing', 'remote-rewritten', 'mass-change', 'root-emptied', 'remote-changed', 'secret-found', 'locked'] as const;
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
