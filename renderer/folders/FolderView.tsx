import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { AppState, FolderState } from '../../shared/app-state.ts';
import { Button } from '../components/Button.tsx';
import { Chip } from '../components/Chip.tsx';
import { goTo } from '../navigation.ts';
import { FOLDER_TABS, type FolderTab } from '../route.ts';
import { useAppState, useText } from '../window-context.tsx';
import { FolderHead } from './FolderHead.tsx';
import { FolderHistory } from './FolderHistory.tsx';
import { FolderOverview } from './FolderOverview.tsx';
import { FolderRail } from './FolderRail.tsx';
import { FolderSettings } from './FolderSettings.tsx';
import { HeldList } from './HeldList.tsx';
import { MessagePanel } from './MessagePanel.tsx';
import { ProblemPanel } from './ProblemPanel.tsx';
import { RescueList } from './RescueList.tsx';
import './folder-view.css';

interface FolderViewProps {
  readonly id: string;
  readonly tab: FolderTab;
}

export function FolderView({ id, tab }: FolderViewProps) {
  const state = useAppState();
  const folder = state?.folders.find((candidate) => candidate.id === id);
  if (!state) return <main aria-busy="true" />;
  if (!folder) return <FolderGone />;
  return (
    <div className="with-rail">
      <main>
        <FolderHead folder={folder} state={state} />
        {[folder.problem, ...folder.notes].map((problem) => problem && <ProblemPanel key={`${problem.code} ${problem.path ?? ''}`} folder={folder} problem={problem} />)}
        {folder.phase === 'awaiting-message' && folder.messageRequest && <MessagePanel folder={folder} request={folder.messageRequest} />}
        <FolderTabs folder={folder} state={state} tab={tab} />
      </main>
      <FolderRail folder={folder} state={state} />
    </div>
  );
}

interface FolderTabsProps {
  readonly folder: FolderState;
  readonly state: AppState;
  readonly tab: FolderTab;
}

function FolderTabs({ folder, state, tab }: FolderTabsProps) {
  const text = useText();
  const { id } = folder;
  const choose = (key: unknown) => {
    const chosen = FOLDER_TABS.find((name) => name === key);
    if (chosen) goTo({ view: 'folder', id, tab: chosen }, { replace: true });
  };
  return (
    <Tabs className="tabs" selectedKey={tab} onSelectionChange={choose}>
      <TabList className="tab-list" aria-label={text.t('window.folder.tabs')}>
        {FOLDER_TABS.map((name) => (
          <Tab key={name} id={name} className="tab">
            <span className="tab-word" data-word={text.t(`window.folder.tab.${name}`)}>
              {text.t(`window.folder.tab.${name}`)}
            </span>
            {name === 'held' && folder.held.length > 0 && <Chip tone="wait">{folder.held.length}</Chip>}
          </Tab>
        ))}
      </TabList>
      <TabPanel id="overview" className="tab-panel">
        <FolderOverview folder={folder} state={state} />
      </TabPanel>
      <TabPanel id="history" className="tab-panel">
        <FolderHistory folder={folder} />
      </TabPanel>
      <TabPanel id="held" className="tab-panel">
        <HeldList folder={folder} />
      </TabPanel>
      <TabPanel id="rescue" className="tab-panel">
        <RescueList folder={folder} />
      </TabPanel>
      <TabPanel id="settings" className="tab-panel">
        <FolderSettings folder={folder} />
      </TabPanel>
    </Tabs>
  );
}

function FolderGone() {
  const text = useText();
  return (
    <main className="nothing">
      <h1>{text.t('window.folder.gone')}</h1>
      <div className="nothing-actions">
        <Button onPress={() => goTo({ view: 'home' })}>{text.t('window.folder.home')}</Button>
      </div>
    </main>
  );
}
