import { z } from 'zod';
import { hostOf } from './host-of.ts';
import type { HookHint, Sender } from './sender.ts';
import { verifyHex } from './signatures.ts';

/** Webhook events "push", "create", "delete", "repository"; a "ping" for an organisation names no repository. */
const bodySchema = z.object({
  repository: z.object({ id: z.number(), full_name: z.string(), html_url: z.string().nullish(), clone_url: z.string().nullish() }).nullish(),
});

/** Also of Gitea and Forgejo, whose bodies have the same shape. */
export function githubHint(content: unknown): HookHint | null {
  const result = bodySchema.safeParse(content);
  if (!result.success) return null;
  const { repository } = result.data;
  return { fullName: repository?.full_name ?? null, id: repository ? String(repository.id) : null, host: hostOf(repository?.clone_url ?? repository?.html_url) };
}

/** GitHub signs with SHA-256 since 2020; its older header with SHA-1 is not looked at. */
export const githubSender: Sender = {
  forge: 'github',
  rings: (headers) => headers['x-github-event'] !== undefined,
  verify: ({ headers, body }, secrets) => verifyHex(headers['x-hub-signature-256'], 'sha256=', body, secrets),
  deliveryId: (headers) => headers['x-github-delivery'] ?? null,
  hint: githubHint,
};
