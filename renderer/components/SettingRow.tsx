import type { ReactNode, Ref } from 'react';
import { Mark } from './Mark.tsx';
import './setting-row.css';

interface SettingsPanelProps {
  readonly title: string;
  readonly id?: string;
  readonly children: ReactNode;
}

/** Settings that belong together. */
export const SettingsPanel = ({ title, id, children }: SettingsPanelProps) => (
  <section className="settings-panel" id={id}>
    <h2>{title}</h2>
    <div className="panel">{children}</div>
  </section>
);

interface SettingRowProps {
  readonly label: ReactNode;
  readonly detail?: ReactNode;
  readonly error?: string | undefined;
  readonly ref?: Ref<HTMLDivElement>;
  readonly children?: ReactNode;
}

/** What it is and what it does at the left, the control at the right, what is wrong below. */
export const SettingRow = ({ label, detail, error, ref, children }: SettingRowProps) => (
  <div className="setting-row" ref={ref}>
    <div className="setting-words">
      <div className="setting-label">{label}</div>
      {detail && <p className="meta">{detail}</p>}
    </div>
    {children}
    {error && (
      <p className="setting-error" role="alert">
        <Mark name="stopped" size={14} />
        {error}
      </p>
    )}
  </div>
);
