import type { ReactElement, RefObject } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { KeyCap } from './Button.tsx';
import { Icon, type IconName } from './Icon.tsx';
import './menu.css';

export interface MenuEntry {
  readonly key: string;
  readonly word: string;
  readonly icon?: IconName;
  readonly keys?: string;
  readonly isDangerous?: boolean;
  readonly isChosen?: boolean;
  /** A line above it. */
  readonly startsGroup?: boolean;
  readonly run: () => void;
}

interface MenuProps {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  /** The button it hangs from. */
  readonly children: ReactElement;
  readonly placement?: 'bottom start' | 'bottom end' | 'top start';
}

export function Menu({ label, entries, children, placement = 'bottom end' }: MenuProps) {
  return (
    <MenuTrigger>
      {children}
      <Popover className="menu" placement={placement} offset={4}>
        <MenuLines label={label} entries={entries} />
      </Popover>
    </MenuTrigger>
  );
}

interface MenuAtProps extends Pick<MenuProps, 'label' | 'entries'> {
  /** What it is the menu of. */
  readonly of: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** A menu that hangs from no button: opened by a right click or the menu key. */
export const MenuAt = ({ label, entries, of, onClose }: MenuAtProps) => (
  <Popover className="menu" triggerRef={of} isOpen onOpenChange={(isOpen) => isOpen || onClose()} placement="bottom end" offset={-8}>
    <MenuLines label={label} entries={entries} onClose={onClose} />
  </Popover>
);

const MenuLines = ({ label, entries, onClose }: Pick<MenuProps, 'label' | 'entries'> & { readonly onClose?: () => void }) => (
  <AriaMenu className="menu-list" autoFocus="first" {...(onClose ? { onClose } : {})} aria-label={label} onAction={(key) => entries.find((entry) => entry.key === key)?.run()}>
    {entries.flatMap((entry) => [
      ...(entry.startsGroup ? [<Separator key={`before ${entry.key}`} className="menu-line" />] : []),
      <MenuItem key={entry.key} id={entry.key} textValue={entry.word} className={entry.isDangerous ? 'menu-item danger' : 'menu-item'}>
        <span className="menu-check">{entry.isChosen ? <Icon name="check" /> : entry.icon && <Icon name={entry.icon} />}</span>
        {entry.word}
        {entry.keys && <KeyCap keys={entry.keys} />}
      </MenuItem>,
    ])}
  </AriaMenu>
);
