import { useState, type FormEvent } from 'react';
import type { Failure } from '../../shared/failure.ts';
import { Button } from '../components/Button.tsx';
import { Field } from '../components/Field.tsx';
import { Segments } from '../components/Segments.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { Toggle } from '../components/Toggle.tsx';
import { goTo } from '../navigation.ts';
import { useWindow } from '../window-context.tsx';
import { addArguments, fieldOfFailure, startDraft, suggestedName, type AddDraft } from './add-folder.ts';

interface AddFolderSheetProps {
  readonly path: string | undefined;
  /** Given when the folder is to be cloned; it may be empty still. */
  readonly url: string | undefined;
  /** How many folders are asked about after this one. */
  readonly more: number;
  readonly onClose: () => void;
}

/** Asks before anything happens: which folder, what it is called, and how it begins. */
export function AddFolderSheet({ path, url, more, onClose }: AddFolderSheetProps) {
  const { text } = useWindow();
  const { draft, failure, isPending, change, submit, cancel } = useAddForm(path, url, onClose);
  const wrong = failure && fieldOfFailure(failure.code, draft.how);
  const isComplete = draft.path.trim() !== '' && (draft.how === 'have' || draft.url.trim() !== '');
  return (
    <Sheet title={text.t('window.add.title')} isOpen onClose={cancel}>
      <form className="sheet-form" onSubmit={(event) => void submit(event)}>
        <Segments
          label={text.t('window.add.how')}
          chosen={draft.how}
          options={[
            { key: 'have', word: text.t('window.add.have') },
            { key: 'clone', word: text.t('window.add.clone') },
          ]}
          onChange={(how) => change({ how })}
        />
        <AddFields draft={draft} onChange={change} wrong={wrong} failure={failure} />
        {failure && wrong === null && (
          <p className="field-error" role="alert">
            {failure.message}
          </p>
        )}
        {more > 0 && <p className="meta">{text.t('window.add.more', { count: more })}</p>}
        <div className="sheet-actions">
          <Button isBig onPress={cancel}>
            {text.t('window.cancel')}
          </Button>
          <Button isBig kind="primary" type="submit" isDisabled={!isComplete} isPending={isPending}>
            {text.t(isPending ? 'window.add.pending' : 'window.add.button')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}

function useAddForm(path: string | undefined, url: string | undefined, onDone: () => void) {
  const { text, client, notices } = useWindow();
  const [draft, setDraft] = useState(() => startDraft(path, url));
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isPending, setPending] = useState(false);
  const change = (part: Partial<AddDraft>) => {
    setDraft({ ...draft, ...part });
    setFailure(null);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    const answer = await client.invoke('folder.add', addArguments(draft));
    setPending(false);
    if (!answer.ok) return setFailure(answer.failure);
    notices.getState().show({ tone: 'done', sentence: text.t('window.add.done', { name: answer.value.name }) });
    onDone();
    goTo({ view: 'folder', id: answer.value.id });
  };
  /** What is under way ends with the sheet: a clone that nobody waits for must not appear later. */
  const cancel = () => {
    if (isPending) void client.invoke('folder.cancel-add', { path: draft.path.trim() });
    onDone();
  };
  return { draft, failure, isPending, change, submit, cancel };
}

interface AddFieldsProps {
  readonly draft: AddDraft;
  readonly onChange: (part: Partial<AddDraft>) => void;
  readonly wrong: 'path' | 'url' | null;
  readonly failure: Failure | null;
}

function AddFields({ draft, onChange, wrong, failure }: AddFieldsProps) {
  const { text, client } = useWindow();
  const isClone = draft.how === 'clone';
  const pick = async () => {
    const answer = await client.invoke('shell.pick-folder', {});
    if (!answer.ok || answer.value.path === null) return;
    const name = isClone ? suggestedName({ ...draft, path: '' }) : '';
    onChange({ path: name ? `${answer.value.path}/${name}` : answer.value.path });
  };
  return (
    <>
      {isClone && (
        <Field label={text.t('window.add.url')} value={draft.url} onChange={(url) => onChange({ url })} isCode autoFocus hint={text.t('window.add.url-hint')} error={wrong === 'url' ? failure?.message : undefined} />
      )}
      <div className="field-with-button">
        <Field
          label={text.t(isClone ? 'window.add.path-new' : 'window.add.path')}
          value={draft.path}
          onChange={(path) => onChange({ path })}
          isCode
          autoFocus={!isClone}
          hint={text.t(isClone ? 'window.add.path-new-hint' : 'window.add.path-hint')}
          error={wrong === 'path' ? failure?.message : undefined}
        />
        <Button onPress={() => void pick()}>{text.t('window.add.pick')}</Button>
      </div>
      <Field label={text.t('window.add.name')} value={draft.name} onChange={(name) => onChange({ name })} placeholder={suggestedName(draft)} />
      <div>
        <Toggle label={text.t('window.add.ask')} isOn={draft.asksForMessage} onChange={(asksForMessage) => onChange({ asksForMessage })} />
        <Toggle label={text.t('window.add.paused')} isOn={draft.startsPaused} onChange={(startsPaused) => onChange({ startsPaused })} />
      </div>
    </>
  );
}
