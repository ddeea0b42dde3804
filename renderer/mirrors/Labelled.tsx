import type { ReactNode } from 'react';
import './accounts.css';

interface LabelledProps {
  readonly label: string;
  readonly detail?: string;
  readonly children: ReactNode;
}

/** A control with its label above and what it means below. */
export const Labelled = ({ label, detail, children }: LabelledProps) => (
  <div className="labelled">
    <span className="field-label">{label}</span>
    {children}
    {detail && <span className="meta">{detail}</span>}
  </div>
);
