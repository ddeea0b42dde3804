import type { FolderState } from '../../shared/app-state.ts';
import type { CommandArguments } from '../../shared/commands.ts';
import { Segments } from '../components/Segments.tsx';
import { SettingRow, SettingsPanel } from '../components/SettingRow.tsx';
import { Toggle } from '../components/Toggle.tsx';
import { useRun, useText, useWindow } from '../window-context.tsx';
import { NumberSetting } from './NumberSetting.tsx';
import type { NumberOption } from './option-fields.ts';
import { TextSetting } from './TextSetting.tsx';

const TIMES: readonly NumberOption[] = ['commitDelay', 'maxWait', 'pushDelay', 'poll', 'popupTimeout'];
const WORDS = { commitDelay: 'commit-delay', maxWait: 'max-wait', pushDelay: 'push-delay', poll: 'poll', popupTimeout: 'popup-timeout', maxFileSize: 'max-file-size' } as const satisfies Record<NumberOption, string>;

/** A folder's own settings. Each is applied at once; what cannot be is said beside its field. */
export function FolderSettings({ folder }: { readonly folder: FolderState }) {
  const { text, client } = useWindow();
  const { id } = folder;
  const set = (changes: Omit<CommandArguments<'folder.set'>, 'id'>) => client.invoke('folder.set', { id, ...changes });
  const number = (option: NumberOption, unit: 'seconds' | 'megabytes') => (
    <NumberSetting key={option} folder={folder} option={option} label={text.t(`window.options.${WORDS[option]}`)} detail={text.t(`window.options.${WORDS[option]}-detail`)} unit={text.t(`window.options.${unit}`)} />
  );
  return (
    <>
      <DoesPanel folder={folder} />
      <SettingsPanel title={text.t('window.options.times')}>{TIMES.map((option) => number(option, 'seconds'))}</SettingsPanel>
      <SettingsPanel title={text.t('window.options.limits')}>
        <ConflictSetting folder={folder} />
        {number('maxFileSize', 'megabytes')}
        <TextSetting
          label={text.t('window.options.ignore')}
          detail={text.t('window.options.ignore-detail')}
          value={folder.options.ignore.join('\n')}
          rows={3}
          onKeep={(typed) => set({ options: { ignore: typed.split('\n').filter((line) => line.trim() !== '') } })}
        />
        <TrustSetting folder={folder} />
      </SettingsPanel>
      <SettingsPanel title={text.t('window.options.place')}>
        <TextSetting label={text.t('window.options.name')} value={folder.name} isNeeded onKeep={(name) => set({ name })} />
        <TextSetting label={text.t('window.options.address')} detail={text.t('window.options.address-detail')} value={folder.remote ?? ''} isNeeded isLong onKeep={(url) => client.invoke('folder.address', { id, url })} />
        <TextSetting label={text.t('window.options.remote')} detail={text.t('window.options.remote-detail')} value={folder.remoteName ?? ''} isNeeded onKeep={(remote) => set({ remote })} />
        <TextSetting label={text.t('window.options.branch')} detail={text.t('window.options.branch-detail')} value={folder.branch ?? ''} isNeeded onKeep={(branch) => set({ branch })} />
      </SettingsPanel>
    </>
  );
}

function DoesPanel({ folder: { id, options } }: { readonly folder: FolderState }) {
  const text = useText();
  const run = useRun();
  return (
    <SettingsPanel title={text.t('window.options.does')}>
      {(['commit', 'push', 'pull'] as const).map((key) => (
        <SettingRow key={key} label={text.t(`window.options.${key}`)}>
          <Toggle label={text.t(`window.options.${key}`)} isLabelHidden isOn={options[key]} onChange={(isOn) => void run('folder.set', { id, options: { [key]: isOn } })} />
        </SettingRow>
      ))}
      <SettingRow label={text.t('window.options.ask')} detail={text.t('window.options.ask-detail')}>
        <Toggle label={text.t('window.options.ask')} isLabelHidden isOn={options.message === 'popup'} onChange={(isOn) => void run('folder.set', { id, options: { message: isOn ? 'popup' : 'auto' } })} />
      </SettingRow>
    </SettingsPanel>
  );
}

function ConflictSetting({ folder: { id, options } }: { readonly folder: FolderState }) {
  const text = useText();
  const run = useRun();
  return (
    <SettingRow label={text.t('window.options.conflicts')} detail={text.t('window.options.conflicts-detail')}>
      <Segments
        label={text.t('window.options.conflicts')}
        chosen={options.conflicts}
        options={(['keep-both', 'ask'] as const).map((key) => ({ key, word: text.t(`window.options.conflicts-by.${key}`) }))}
        onChange={(conflicts) => void run('folder.set', { id, options: { conflicts } })}
      />
    </SettingRow>
  );
}

function TrustSetting({ folder: { id, options } }: { readonly folder: FolderState }) {
  const text = useText();
  const run = useRun();
  return (
    <SettingRow label={text.t('window.options.trust')} detail={text.t('window.options.trust-detail')}>
      <Toggle label={text.t('window.options.trust')} isLabelHidden isOn={options.trust} onChange={(trust) => void run('folder.set', { id, options: { trust } })} />
    </SettingRow>
  );
}
