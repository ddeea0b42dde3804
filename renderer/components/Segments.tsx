import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import './segments.css';

interface SegmentsProps<K extends string> {
  readonly label: string;
  readonly options: readonly { readonly key: K; readonly word: string; readonly count?: number }[];
  readonly chosen: K | null;
  readonly onChange: (key: K) => void;
  readonly isDisabled?: boolean;
}

/** A few choices beside each other, one of them chosen. */
export function Segments<K extends string>({ label, options, chosen, onChange, isDisabled = false }: SegmentsProps<K>) {
  return (
    <ToggleButtonGroup
      className="segments"
      aria-label={label}
      isDisabled={isDisabled}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={chosen === null ? [] : [chosen]}
      onSelectionChange={(keys) => {
        const key = options.find((option) => keys.has(option.key))?.key;
        if (key !== undefined) onChange(key);
      }}
    >
      {options.map(({ key, word }) => (
        <ToggleButton key={key} id={key} className="segment">
          {word}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
