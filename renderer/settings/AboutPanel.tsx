import { SettingRow, SettingsPanel } from '../components/SettingRow.tsx';
import { shortPath } from '../components/path-parts.ts';
import { useAnswer } from '../use-answer.ts';
import { useText } from '../window-context.tsx';

interface AboutPanelProps {
  readonly title: string;
  readonly id: string;
  readonly home: string;
  readonly pid: number;
  readonly version: string;
}

export function AboutPanel({ title, id, home, pid, version }: AboutPanelProps) {
  const text = useText();
  const { value } = useAnswer('shell.about', {}, 'about');
  const host = value?.attached ? text.t('window.settings.attached') : text.t('window.settings.own-engine', { pid });
  return (
    <SettingsPanel title={title} id={id}>
      <SettingRow label={text.t('window.settings.version', { version: value?.version ?? version })} detail={host} />
      <SettingRow label={text.t('window.settings.home-at', { home: shortPath(home) })} detail={value && !value.tray ? text.t('window.settings.no-tray') : undefined} />
    </SettingsPanel>
  );
}
