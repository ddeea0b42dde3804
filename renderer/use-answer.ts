import { useEffect, useState } from 'react';
import type { WindowArguments, WindowCommand, WindowOutput } from '../shared/window-commands.ts';
import type { Failure } from '../shared/failure.ts';
import { useWindow } from './window-context.tsx';

export interface Loaded<T> {
  /** The last good answer: it stays while a newer one is under way. */
  readonly value: T | undefined;
  readonly failure: Failure | undefined;
  readonly isLoading: boolean;
}

/**
 * Asks whenever the input or `freshness` changes (null: do not ask). An answer that was overtaken by a newer question is dropped,
 * and a value that belongs to another `subject` (say, another folder) is not shown for this one.
 */
export function useAnswer<C extends WindowCommand>(command: C, input: WindowArguments<C> | null, subject: string, freshness: unknown = null): Loaded<WindowOutput<C>> {
  const { client } = useWindow();
  const [seen, setSeen] = useState<{ subject: string; question: string; value?: WindowOutput<C>; failure?: Failure } | null>(null);
  const question = JSON.stringify([input, freshness]);
  useEffect(() => {
    if (input === null) return;
    let overtaken = false;
    void client.invoke(command, input).then((answer) => {
      if (overtaken) return;
      setSeen((before) =>
        answer.ok
          ? { subject, question, value: answer.value }
          : { subject, question, failure: answer.failure, ...(before?.subject === subject && before.value !== undefined ? { value: before.value } : {}) },
      );
    });
    return () => {
      overtaken = true;
    };
    // `question` stands for input and freshness by value.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client, command, subject, question]);
  const own = seen?.subject === subject ? seen : null;
  return { value: own?.value, failure: own?.failure, isLoading: input !== null && own?.question !== question };
}
