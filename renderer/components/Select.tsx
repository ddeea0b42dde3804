import { Button, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components';
import { Icon, type IconName } from './Icon.tsx';
import './menu.css';

interface SelectProps<K extends string> {
  readonly label: string;
  readonly options: readonly { readonly key: K; readonly word: string }[];
  readonly chosen: K | null;
  readonly onChange: (key: K) => void;
  readonly icon?: IconName;
  readonly isDisabled?: boolean;
}

/** One of several, from a list that opens. */
export function Select<K extends string>({ label, options, chosen, onChange, icon, isDisabled = false }: SelectProps<K>) {
  return (
    <AriaSelect
      className="select"
      aria-label={label}
      value={chosen}
      isDisabled={isDisabled}
      onChange={(key) => {
        const option = options.find((candidate) => candidate.key === key);
        if (option) onChange(option.key);
      }}
    >
      <Button className="select-button">
        {icon && <Icon name={icon} />}
        <SelectValue className="clip" />
        <Icon name="unfold" />
      </Button>
      <Popover className="menu" offset={4}>
        <ListBox className="menu-list">
          {options.map(({ key, word }) => (
            <ListBoxItem key={key} id={key} textValue={word} className="menu-item">
              {({ isSelected }) => (
                <>
                  <span className="menu-check">{isSelected && <Icon name="check" />}</span>
                  {word}
                </>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
