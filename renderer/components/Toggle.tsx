import { Switch } from 'react-aria-components';
import './toggle.css';

interface ToggleProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly label: string;
  /** The label is for screen readers only: the row the switch stands in shows it already. */
  readonly isLabelHidden?: boolean;
  readonly isDisabled?: boolean;
}

export function Toggle({ isOn, onChange, label, isLabelHidden = false, isDisabled = false }: ToggleProps) {
  return (
    <Switch className="toggle" isSelected={isOn} onChange={onChange} isDisabled={isDisabled} {...(isLabelHidden ? { 'aria-label': label } : {})}>
      {!isLabelHidden && <span className="toggle-label">{label}</span>}
      <span className="toggle-track" />
    </Switch>
  );
}
