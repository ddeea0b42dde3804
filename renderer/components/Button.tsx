import type { ReactNode } from 'react';
import { Button as AriaButton, ProgressBar, Tooltip, TooltipTrigger, type PressEvent } from 'react-aria-components';
import { Icon, type IconName } from './Icon.tsx';
import './button.css';

interface ButtonProps {
  readonly children: ReactNode;
  /** At most one `primary` a view: it is what Enter would mean. */
  readonly kind?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly icon?: IconName;
  /** The key that does the same, as it is written on the key cap. */
  readonly keys?: string;
  readonly isBig?: boolean;
  readonly isDisabled?: boolean;
  readonly isPending?: boolean;
  readonly type?: 'button' | 'submit';
  readonly autoFocus?: boolean;
  /** Where the words alone do not say what the button is about. */
  readonly label?: string;
  readonly className?: string;
  readonly onPress?: (event: PressEvent) => void;
  /** Given by dialogs to the button that closes them. */
  readonly slot?: string;
}

export function Button({ children, kind = 'plain', icon, keys, isBig, label, className, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} {...(label ? { 'aria-label': label } : {})} className={['button', kind, isBig ? 'big' : '', className ?? ''].join(' ').trim()}>
      {icon && <Icon name={icon} />}
      {children}
      {/* What react-aria announces while it is pending; without it there would be nothing to say. */}
      {rest.isPending && typeof children === 'string' && <ProgressBar isIndeterminate aria-label={label ?? children} className="seen-by-readers-only" />}
      {keys && <KeyCap keys={keys} />}
    </AriaButton>
  );
}

interface IconButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly keys?: string;
  readonly kind?: 'plain' | 'quiet';
  readonly isDisabled?: boolean;
  readonly className?: string;
  readonly onPress?: () => void;
  /** Menus hang from it: then its own words come from the menu, not from a tooltip. */
  readonly hasTooltip?: boolean;
}

export function IconButton({ icon, label, keys, kind = 'quiet', className, hasTooltip = true, ...rest }: IconButtonProps) {
  const button = (
    <AriaButton {...rest} aria-label={label} className={`button icon-only ${kind} ${className ?? ''}`}>
      <Icon name={icon} />
    </AriaButton>
  );
  if (!hasTooltip) return button;
  return (
    <TooltipTrigger delay={500}>
      {button}
      <Tooltip className="tooltip" offset={6}>
        {label}
        {keys && <KeyCap keys={keys} />}
      </Tooltip>
    </TooltipTrigger>
  );
}

/** A picture of a key. Screen readers hear the shortcut from the command list instead. */
export const KeyCap = ({ keys }: { readonly keys: string }) => (
  <kbd className="key-cap" aria-hidden="true">
    {keys}
  </kbd>
);
