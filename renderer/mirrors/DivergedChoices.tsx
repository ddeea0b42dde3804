import { useState, type FormEvent } from 'react';
import { Button } from '../components/Button.tsx';
import { Field } from '../components/Field.tsx';
import { useIsStale, useText } from '../window-context.tsx';
import { useApprove, useLeave } from './ApproveButtons.tsx';

interface DivergedChoicesProps {
  readonly mirror: string;
  readonly repo: string;
  /** The one that was changed there, as far as known. */
  readonly branch: string | undefined;
}

/** Another hand pushed to the target: the three ways out, each with what becomes of theirs. */
export function DivergedChoices({ mirror, repo, branch = 'main' }: DivergedChoicesProps) {
  const text = useText();
  const isStale = useIsStale();
  const [name, setName] = useState(`theirs/${branch}`);
  const approve = useApprove({ mirror, repo }, text.t('window.mirrors.rail.decided', { name: repo }));
  const leave = useLeave(repo);
  const keep = (event: FormEvent) => {
    event.preventDefault();
    void approve.run(name.trim());
  };
  return (
    <ul className="ways">
      <li>
        <form onSubmit={keep}>
          <Field label={text.t('window.mirrors.rail.theirs-name')} value={name} onChange={setName} isCode />
          <Button kind="primary" type="submit" isDisabled={isStale || name.trim() === ''} isPending={approve.isPending}>
            {text.t('window.mirrors.rail.keep-theirs')}
          </Button>
        </form>
        <p className="meta">{text.t('window.mirrors.rail.keep-theirs-note')}</p>
      </li>
      <li>
        <Button isDisabled={isStale || approve.isPending} onPress={() => void approve.run()}>
          {text.t('window.mirrors.rail.push-over')}
        </Button>
        <p className="meta">{text.t('window.mirrors.rail.push-over-note')}</p>
      </li>
      <li>
        <Button onPress={leave}>{text.t('window.mirrors.rail.leave')}</Button>
        <p className="meta">{text.t('window.mirrors.rail.leave-note')}</p>
      </li>
    </ul>
  );
}
