import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components';
import { Icon, type IconName } from './Icon.tsx';
import { Mark } from './Mark.tsx';
import './field.css';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What is wrong with what was typed. It is said beside the field, and what was typed stays. */
  readonly error?: string | undefined;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly icon?: IconName;
  readonly suffix?: string;
  readonly type?: 'text' | 'password' | 'url';
  readonly rows?: number;
  readonly isLabelHidden?: boolean;
  readonly isCode?: boolean;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  readonly className?: string;
  readonly onBlur?: () => void;
  readonly onEnter?: () => void;
}

/** One line of text, or several, with its label, its unit and what is wrong with it. */
export function Field({ label, error, hint, placeholder, icon, suffix, rows, isLabelHidden, isCode, className, onEnter, type = 'text', ...rest }: FieldProps) {
  return (
    <TextField
      {...rest}
      type={type}
      isInvalid={error !== undefined}
      className={['field', isCode ? 'code' : '', className ?? ''].join(' ').trim()}
      {...(isLabelHidden ? { 'aria-label': label } : {})}
      {...(onEnter ? { onKeyDown: (event) => event.key === 'Enter' && onEnter() } : {})}
    >
      {!isLabelHidden && <Label className="field-label">{label}</Label>}
      <span className="field-box">
        {icon && <Icon name={icon} />}
        {rows ? <TextArea rows={rows} spellCheck="false" placeholder={placeholder} /> : <Input placeholder={placeholder} spellCheck="false" autoComplete="off" />}
        {suffix && <span className="field-suffix">{suffix}</span>}
      </span>
      {hint && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">
        <Mark name="stopped" size={14} />
        {error}
      </FieldError>
    </TextField>
  );
}
