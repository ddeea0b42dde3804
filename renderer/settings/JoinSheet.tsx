import { useState, type FormEvent } from 'react';
import { Button } from '../components/Button.tsx';
import { Field } from '../components/Field.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { useText, useWindow } from '../window-context.tsx';

/** Takes the code that another machine shows, so that the two believe each other's signals. */
export function JoinSheet({ onClose }: { readonly onClose: () => void }) {
  const { client, notices } = useWindow();
  const text = useText();
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState<string>();
  const join = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await client.invoke('signal.join', { code: code.trim() });
    if (!answer.ok) return setWrong(answer.failure.message);
    notices.getState().show({ tone: 'done', sentence: text.t('window.join.done') });
    onClose();
  };
  return (
    <Sheet title={text.t('window.join.title')} isOpen onClose={onClose} isNarrow>
      <form className="sheet-form" onSubmit={(event) => void join(event)}>
        <p className="dim">{text.t('window.join.detail')}</p>
        <Field
          label={text.t('window.join.code')}
          value={code}
          isCode
          autoFocus
          error={wrong}
          onChange={(value) => {
            setCode(value);
            setWrong(undefined);
          }}
        />
        <div className="sheet-actions">
          <Button isBig onPress={onClose}>
            {text.t('window.cancel')}
          </Button>
          <Button isBig kind="primary" type="submit" isDisabled={code.trim() === ''}>
            {text.t('window.join.button')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
