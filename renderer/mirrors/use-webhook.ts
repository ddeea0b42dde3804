import { useState } from 'react';
import type { WebhookStatus } from '../../shared/mirror.ts';
import { useWindow } from '../window-context.tsx';
import { isListen, isPublicUrl, listenOf } from './webhook-draft.ts';

/** The webhook's addresses as they are typed, and the secret while it may be seen. */
export function useWebhook(webhook: WebhookStatus) {
  const { client } = useWindow();
  const [typed, setTyped] = useState<{ readonly listen?: string; readonly publicUrl?: string }>({});
  const [error, setError] = useState<string>();
  const [secret, setSecret] = useState<string | null>(null);
  const listen = typed.listen ?? listenOf(webhook);
  const publicUrl = typed.publicUrl ?? webhook.publicUrl ?? '';
  const apply = async ({ newSecret = false }: { readonly newSecret?: boolean }) => {
    if (!isListen(listen) || !isPublicUrl(publicUrl)) return;
    const answer = await client.invoke('webhook.listen', { listen: listen.trim(), newSecret, ...(publicUrl.trim() === '' ? {} : { publicUrl: publicUrl.trim() }) });
    if (!answer.ok) return setError(answer.failure.message);
    setError(undefined);
    setTyped({});
    if (answer.value.secret !== null) setSecret(answer.value.secret);
  };
  const change = (part: typeof typed) => {
    setTyped({ ...typed, ...part });
    setError(undefined);
  };
  return { listen, publicUrl, error, secret, change, apply, hide: () => setSecret(null) };
}
