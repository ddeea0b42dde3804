import { Autocomplete, Dialog, Input, Menu, MenuItem, Modal, ModalOverlay, SearchField, useFilter } from 'react-aria-components';
import { Icon } from '../components/Icon.tsx';
import { Mark } from '../components/Mark.tsx';
import { useFolderActions } from '../folders/use-folder-actions.ts';
import { goTo } from '../navigation.ts';
import { useFolders, useMirrors, useRun, useShowSheet, useText } from '../window-context.tsx';
import { paletteEntries } from './palette-entries.ts';
import './command-palette.css';

/** Ctrl K: every command of the window, by name. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const tools = { text, run: useRun(), actions: useFolderActions(), goTo, showSheet: useShowSheet() };
  const entries = paletteEntries(useFolders(), useMirrors(), tools);
  const { contains } = useFilter({ sensitivity: 'base' });
  return (
    <ModalOverlay className="sheet-veil" isOpen onOpenChange={(open) => open || onClose()} isDismissable>
      <Modal className="palette">
        <Dialog className="palette-dialog" aria-label={text.t('window.palette.open')}>
          <Autocomplete filter={(word, typed) => typed.split(/\s+/).every((part) => contains(word, part))}>
            <SearchField className="palette-search" aria-label={text.t('window.palette.open')} autoFocus>
              <Icon name="search" />
              <Input placeholder={text.t('window.palette.open')} />
            </SearchField>
            <Menu
              className="palette-list"
              aria-label={text.t('window.palette.list')}
              items={entries}
              renderEmptyState={() => <p className="palette-none dim">{text.t('window.palette.none')}</p>}
              onAction={(key) => {
                onClose();
                entries.find((entry) => entry.key === key)?.run();
              }}
            >
              {({ key, word, icon, kind }) => (
                <MenuItem id={key} textValue={word} className="menu-item">
                  {icon === 'conflict' ? <Mark name={icon} stale /> : <Icon name={icon} className="dim" />}
                  <span className="clip">{word}</span>
                  <span className="palette-kind meta">{kind}</span>
                </MenuItem>
              )}
            </Menu>
          </Autocomplete>
          <p className="palette-keys meta">{text.t('window.palette.keys')}</p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
