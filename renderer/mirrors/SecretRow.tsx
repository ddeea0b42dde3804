import { Button } from '../components/Button.tsx';
import { SettingRow } from '../components/SettingRow.tsx';
import { useRun, useText } from '../window-context.tsx';

interface SecretRowProps {
  /** Just made, and shown until it is hidden or the view left. */
  readonly secret: string | null;
  readonly hasSecret: boolean;
  readonly canMake: boolean;
  readonly onMake: () => void;
  readonly onHide: () => void;
}

/** What senders sign with: shown once, when it is made. */
export function SecretRow({ secret, hasSecret, canMake, onMake, onHide }: SecretRowProps) {
  const text = useText();
  const run = useRun();
  if (secret === null) {
    return (
      <SettingRow label={text.t('window.webhook.secret')} detail={text.t(hasSecret ? 'window.webhook.secret-detail' : 'window.webhook.secret-none')}>
        {canMake && <Button onPress={onMake}>{text.t('window.webhook.new-secret')}</Button>}
      </SettingRow>
    );
  }
  return (
    <SettingRow label={<code className="hook-secret">{secret}</code>} detail={text.t('window.webhook.secret-once')}>
      <Button onPress={() => void run('shell.copy-text', { text: secret }, text.t('window.copied'))}>{text.t('window.webhook.copy')}</Button>
      <Button kind="quiet" onPress={onHide}>
        {text.t('window.webhook.hide')}
      </Button>
    </SettingRow>
  );
}
