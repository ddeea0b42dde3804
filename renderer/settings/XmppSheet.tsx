import { useState, type FormEvent } from 'react';
import { Button } from '../components/Button.tsx';
import { Field } from '../components/Field.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { useAnswer } from '../use-answer.ts';
import { useWindow } from '../window-context.tsx';
import { isJid } from './addresses.ts';

interface XmppSheetProps {
  readonly jid: string | null;
  readonly onClose: () => void;
}

const EMPTY = { password: '', service: '', ca: '' };

/** The account that the machines share. The password is asked for each time: it is never shown again. */
export function XmppSheet({ jid, onClose }: XmppSheetProps) {
  const { text } = useWindow();
  const about = useAnswer('shell.about', {}, 'about');
  const { draft, wrong, isPending, field, save } = useXmppForm(jid, onClose);
  return (
    <Sheet title={text.t('window.settings.xmpp-title')} isOpen onClose={onClose}>
      <form className="sheet-form" onSubmit={(event) => void save(event)}>
        <p className="dim">{text.t(about.value?.keyring === false ? 'window.settings.no-keyring' : 'window.settings.xmpp-detail')}</p>
        <Field label={text.t('window.settings.jid')} hint={text.t('window.settings.jid-hint')} autoFocus error={wrong.jid} {...field('jid')} />
        <Field label={text.t('window.settings.password')} type="password" {...field('password')} />
        <Field label={text.t('window.settings.service')} hint={text.t('window.settings.service-hint')} isCode {...field('service')} />
        <Field label={text.t('window.settings.ca')} isCode {...field('ca')} />
        {wrong.all && (
          <p className="field-error" role="alert">
            {wrong.all}
          </p>
        )}
        <div className="sheet-actions">
          <Button isBig onPress={onClose}>
            {text.t('window.cancel')}
          </Button>
          <Button isBig kind="primary" type="submit" isPending={isPending} isDisabled={draft.jid.trim() === '' || draft.password === ''}>
            {text.t('window.settings.save')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}

function useXmppForm(jid: string | null, onDone: () => void) {
  const { text, client } = useWindow();
  const [draft, setDraft] = useState({ jid: jid ?? '', ...EMPTY });
  const [wrong, setWrong] = useState<{ jid?: string; all?: string }>({});
  const [isPending, setPending] = useState(false);
  const field = (name: keyof typeof draft) => ({
    value: draft[name],
    onChange: (value: string) => {
      setDraft({ ...draft, [name]: value });
      setWrong({});
    },
  });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const { password } = draft;
    const [address, service, ca] = [draft.jid.trim(), draft.service.trim(), draft.ca.trim()];
    if (!isJid(address)) return setWrong({ jid: text.t('window.settings.jid-wrong') });
    setPending(true);
    const answer = await client.invoke('signal.xmpp', { jid: address, password, ...(service ? { service } : {}), ...(ca ? { ca } : {}) });
    setPending(false);
    if (answer.ok) onDone();
    else setWrong({ all: answer.failure.message });
  };
  return { draft, wrong, isPending, field, save };
}
