import type { AppState, FolderState, Machine } from '../../shared/app-state.ts';
import type { Text } from '../../shared/text/text.ts';
import { relativeTime } from '../../shared/text/times.ts';
import { useNow } from '../clock.ts';
import { Icon } from '../components/Icon.tsx';
import { useText } from '../window-context.tsx';
import { machinesInOrder, standing } from './machine-standing.ts';
import './machine-list.css';

const NOW_STEP_MS = 5000;

/** The machines, and how far each is: one mark a folder. */
export function MachineList({ state }: { readonly state: AppState }) {
  const text = useText();
  const nowMs = useNow(NOW_STEP_MS);
  if (state.machines.length === 0) return null;
  return (
    <section aria-labelledby="machines-head">
      <div className="section-head">
        <h2 id="machines-head">{text.t('window.machines.title')}</h2>
        <span className="meta">{text.t('window.machines.key')}</span>
      </div>
      <ul>
        {machinesInOrder(state).map((machine) => (
          <MachineRow key={machine.id} machine={machine} folders={state.folders} nowMs={nowMs} />
        ))}
      </ul>
      {state.machines.length === 1 && <p className="meta">{text.t('window.machines.alone')}</p>}
    </section>
  );
}

interface MachineRowProps {
  readonly machine: Machine;
  readonly folders: readonly FolderState[];
  readonly nowMs: number;
}

function MachineRow({ machine, folders, nowMs }: MachineRowProps) {
  const text = useText();
  return (
    <li className="machine">
      <Icon name={machine.self ? 'laptop' : 'machine'} />
      <div className="machine-words">
        <div className="machine-name">
          <span className="clip">{machine.name}</span>
          <span className="machine-strip" aria-hidden="true">
            {folders.map((folder) => (
              <i key={folder.id} className={`${standing(machine, folder)}${machine.self ? ' self' : ''}`} title={folder.name} />
            ))}
          </span>
        </div>
        <p className="meta">{standingSentence(text, machine, folders)}</p>
        <p className="meta">{heardSentence(text, machine, nowMs)}</p>
      </div>
    </li>
  );
}

function standingSentence(text: Text, machine: Machine, folders: readonly FolderState[]): string {
  const named = (wanted: string) => folders.filter((folder) => standing(machine, folder) === wanted).map(({ name }) => name);
  const list = (names: readonly string[]) => (names.length > 2 ? text.t('window.count.folders', { count: names.length }) : names.join(', '));
  const [ahead, behind, later] = [named('ahead'), named('behind'), named('later')];
  if (ahead.length > 0) return text.t('window.machines.ahead', { folders: list(ahead) });
  if (behind.length > 0) return text.t('window.machines.behind', { folders: list(behind) });
  if (later.length > 0) return text.t('window.machines.later', { folders: list(later) });
  return named('same').length > 0 ? text.t('window.machines.same') : text.t('window.machines.unknown');
}

function heardSentence(text: Text, machine: Machine, nowMs: number): string {
  if (machine.self) return text.t('window.machines.self');
  if (machine.lastHeardAt === null) return text.t('window.machines.never');
  const ago = relativeTime(text, machine.lastHeardAt, nowMs);
  return machine.via ? text.t('window.machines.heard-by', { ago, via: text.t(`window.signal.${machine.via}`) }) : text.t('window.machines.heard', { ago });
}
