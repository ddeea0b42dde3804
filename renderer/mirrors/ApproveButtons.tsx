import { useState } from 'react';
import { Button } from '../components/Button.tsx';
import { goTo } from '../navigation.ts';
import { useIsStale, useRun, useText, useWindow } from '../window-context.tsx';

interface AnswerProps {
  readonly mirror: string;
  readonly repo: string;
}

/** Yes to exactly what the plan shows, or nothing at all. */
export function ApproveButtons({ mirror, repo }: AnswerProps) {
  const text = useText();
  const isStale = useIsStale();
  const approve = useApprove({ mirror, repo }, text.t('window.mirrors.rail.taken', { name: repo }));
  const leave = useLeave(repo);
  return (
    <>
      <div className="why-actions">
        <Button kind="primary" isDisabled={isStale} isPending={approve.isPending} onPress={() => void approve.run()}>
          {text.t('window.mirrors.rail.take')}
        </Button>
        <Button onPress={leave}>{text.t('window.mirrors.rail.leave')}</Button>
      </div>
      <p className="meta">{text.t('window.mirrors.rail.take-note')}</p>
    </>
  );
}

/** Lets through what waits; `rename`: what another hand pushed stays at the target under this name. */
export function useApprove({ mirror, repo }: AnswerProps, done: string) {
  const ask = useRun();
  const [isPending, setPending] = useState(false);
  const run = async (rename?: string) => {
    setPending(true);
    const answer = await ask('mirror.approve', { id: mirror, repo, ...(rename === undefined ? {} : { rename }) }, done);
    setPending(false);
    return answer.ok;
  };
  return { isPending, run };
}

/** Nothing changes, and that is said. */
export function useLeave(repo: string): () => void {
  const { text, notices } = useWindow();
  return () => {
    notices.getState().show({ tone: 'done', sentence: text.t('window.mirrors.rail.left', { name: repo }) });
    goTo({ view: 'mirrors' });
  };
}
