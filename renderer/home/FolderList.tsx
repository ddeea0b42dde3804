import { useRef, useState, type MouseEvent } from 'react';
import { GridList } from 'react-aria-components';
import type { AppState, FolderState } from '../../shared/app-state.ts';
import { Button } from '../components/Button.tsx';
import { Menu } from '../components/Menu.tsx';
import { goTo } from '../navigation.ts';
import { useShowSheet, useText } from '../window-context.tsx';
import { FOLDER_ORDERS, sortFolders, type FolderOrder } from './folder-order.ts';
import { FolderRow } from './FolderRow.tsx';
import { RowMenu } from './RowMenu.tsx';
import { useFolderKeys } from './use-folder-keys.ts';
import { useHeldStill } from './use-held-still.ts';

export function FolderList({ state, isStale }: { readonly state: AppState; readonly isStale: boolean }) {
  const text = useText();
  const [order, setOrder] = useState<FolderOrder>(rememberedOrder);
  const [isPointedAt, setPointedAt] = useState(false);
  const folders = useHeldStill(sortFolders(state.folders, order), isPointedAt);
  const keys = useFolderKeys(folders);
  const menuRow = useRef<HTMLElement>(null);
  const [menuOf, setMenuOf] = useState<string | null>(null);
  const menuFolder = folders.find(({ id }) => id === menuOf);
  // The menu key and a right click arrive as the same event.
  const showMenu = (event: MouseEvent<HTMLElement>) => {
    const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[role=row]') : null;
    if (!row) return;
    event.preventDefault();
    menuRow.current = row;
    setMenuOf(row.dataset['key'] ?? null);
  };
  const choose = (chosen: FolderOrder) => {
    localStorage.setItem(ORDER_KEY, chosen);
    setOrder(chosen);
  };
  return (
    <section aria-labelledby="folders-head" onPointerEnter={() => setPointedAt(true)} onPointerLeave={() => setPointedAt(false)} onKeyDownCapture={keys} onContextMenu={showMenu}>
      <FolderListHead count={folders.length} order={order} onOrder={choose} />
      <GridList
        className="folder-list"
        aria-labelledby="folders-head"
        items={folders}
        // The words of a row change with the time and the state around it, not only with the folder.
        dependencies={[state, isStale]}
        disallowTypeAhead
        onAction={(id) => goTo({ view: 'folder', id: String(id) })}
      >
        {(folder: FolderState) => <FolderRow folder={folder} state={state} isStale={isStale} />}
      </GridList>
      {menuFolder && <RowMenu folder={menuFolder} row={menuRow} onClose={() => setMenuOf(null)} />}
      {!state.ready && (
        <p className="meta folder-list-foot">{text.t('window.home.reading')}</p>
      )}
    </section>
  );
}

interface HeadProps {
  readonly count: number;
  readonly order: FolderOrder;
  readonly onOrder: (order: FolderOrder) => void;
}

function FolderListHead({ count, order, onOrder }: HeadProps) {
  const text = useText();
  const showSheet = useShowSheet();
  return (
    <div className="folder-list-head">
      <h2 id="folders-head">{text.t('window.home.folders')}</h2>
      <span className="meta">{count}</span>
      <span className="grow" />
      <span className="plot-key when-wide" aria-hidden="true">
        <i />
        {text.t('window.plot.mine')}
        <i className="others" />
        {text.t('window.plot.others')}
      </span>
      <Menu
        label={text.t('window.home.order')}
        entries={FOLDER_ORDERS.map((key) => ({ key, word: text.t(`window.home.order-by.${key}`), isChosen: key === order, run: () => onOrder(key) }))}
      >
        <Button kind="quiet">{text.t('window.home.ordered', { order: text.t(`window.home.order-by.${order}`) })}</Button>
      </Menu>
      <Button icon="plus" onPress={() => showSheet({ kind: 'add' })}>
        {text.t('window.add.open')}
      </Button>
    </div>
  );
}

const ORDER_KEY = 'folder-order';
const rememberedOrder = (): FolderOrder => FOLDER_ORDERS.find((order) => order === globalThis.localStorage?.getItem(ORDER_KEY)) ?? 'last-change';
