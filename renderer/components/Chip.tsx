import type { ReactNode } from 'react';
import './chip.css';

interface ChipProps {
  readonly children: ReactNode;
  readonly tone?: 'plain' | 'wait' | 'stop' | 'mine' | 'theirs';
}

export const Chip = ({ children, tone = 'plain' }: ChipProps) => <span className={`chip ${tone}`}>{children}</span>;
