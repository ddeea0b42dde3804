import { useState } from 'react';
import { useWindow } from '../window-context.tsx';

/**
 * The words that were typed for a folder's question (null: none), and how to change them. Each change is told to the
 * engine at once, for this form may go any moment: by its time, by its window, by another folder's question.
 */
export function useDraft(id: string, kept: string | null): readonly [string | null, (draft: string) => void] {
  const { client } = useWindow();
  const [typed, setTyped] = useState<string | null>(null);
  const change = (draft: string) => {
    setTyped(draft);
    // One that is not heard is not said: a notice with each letter would be too many, and the buttons say it.
    void client.invoke('message.typing', { id, draft });
  };
  return [typed ?? kept, change];
}
