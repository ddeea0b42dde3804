import type { AppState } from '../../shared/app-state.ts';
import { Segments } from '../components/Segments.tsx';
import { SettingRow, SettingsPanel } from '../components/SettingRow.tsx';
import { Toggle } from '../components/Toggle.tsx';
import { useRun, useText } from '../window-context.tsx';
import { ImportRow } from './ImportRow.tsx';

interface LookPanelProps {
  readonly title: string;
  readonly id: string;
  readonly theme: AppState['appearance']['theme'];
  readonly startAtLogin: boolean;
}

export function LookPanel({ title, id, theme, startAtLogin }: LookPanelProps) {
  const text = useText();
  const run = useRun();
  return (
    <SettingsPanel title={title} id={id}>
      <SettingRow label={text.t('window.settings.theme')}>
        <Segments
          label={text.t('window.settings.theme')}
          chosen={theme}
          options={(['system', 'light', 'dark'] as const).map((key) => ({ key, word: text.t(`window.settings.theme-by.${key}`) }))}
          onChange={(next) => void run('settings.set', { theme: next })}
        />
      </SettingRow>
      <SettingRow label={text.t('window.settings.login')} detail={text.t('window.settings.login-detail')}>
        <Toggle label={text.t('window.settings.login')} isLabelHidden isOn={startAtLogin} onChange={(isOn) => void run('settings.set', { startAtLogin: isOn })} />
      </SettingRow>
      <ImportRow />
    </SettingsPanel>
  );
}
