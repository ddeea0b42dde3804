import { z } from 'zod';
import { hostOf } from './host-of.ts';
import type { Delivery, Sender, SignatureVerdict } from './sender.ts';
import { hmac, sameBytes, verifyPlain } from './signatures.ts';

/** Standard Webhooks, "Verifying signatures": a time further off than this is refused. */
const CLOCK_SKEW_MS = 5 * 60_000;
const KEY_PREFIX = 'whsec_';

/** "Push events", "Tag events"; those of system hooks name the project beside. */
const bodySchema = z.object({
  project: z.object({ id: z.number(), path_with_namespace: z.string(), git_http_url: z.string().nullish(), web_url: z.string().nullish() }).nullish(),
  project_id: z.number().nullish(),
  path_with_namespace: z.string().nullish(),
});

/**
 * GitLab tells its secret as it is (`X-Gitlab-Token`); since 2026 it can sign instead (`webhook-signature`), with a key of
 * its own form. Who set one of that form as the secret wants it so.
 */
function verify({ headers, body }: Delivery, secrets: readonly string[], nowMs: number): SignatureVerdict {
  const keys = secrets.filter((secret) => secret.startsWith(KEY_PREFIX));
  const signed = headers['webhook-signature'];
  if (keys.length === 0 || signed === undefined) return verifyPlain(headers['x-gitlab-token'], secrets);
  const [id = '', time = ''] = [headers['webhook-id'], headers['webhook-timestamp']];
  if (!/^\d{1,12}$/.test(time) || Math.abs(nowMs - Number(time) * 1000) > CLOCK_SKEW_MS) return 'wrong-signature';
  const wanted = keys.map((key) => hmac(Buffer.from(key.slice(KEY_PREFIX.length), 'base64'), `${id}.${time}.`, body));
  const given = signed.split(' ').flatMap((one) => (one.startsWith('v1,') ? [Buffer.from(one.slice(3), 'base64')] : []));
  return given.some((one) => wanted.some((right) => sameBytes(one, right))) ? 'right' : 'wrong-signature';
}

export const gitlabSender: Sender = {
  forge: 'gitlab',
  rings: (headers) => headers['x-gitlab-event'] !== undefined,
  verify,
  deliveryId: (headers) => headers['idempotency-key'] ?? headers['webhook-id'] ?? headers['x-gitlab-event-uuid'] ?? null,
  hint: (content, headers) => {
    const result = bodySchema.safeParse(content);
    if (!result.success) return null;
    const { project, project_id: id, path_with_namespace: path } = result.data;
    const number = project?.id ?? id;
    return { fullName: project?.path_with_namespace ?? path ?? null, id: number ? String(number) : null, host: hostOf(project?.git_http_url ?? project?.web_url ?? headers['x-gitlab-instance']) };
  },
};
