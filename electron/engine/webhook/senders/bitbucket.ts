import { z } from 'zod';
import { hostOf } from './host-of.ts';
import type { Headers, HookHint, Sender } from './sender.ts';
import { verifyHex } from './signatures.ts';

const linkSchema = z.object({ href: z.string() });

/** "Event payloads" of the cloud: `repo:push`. */
const cloudSchema = z.object({ repository: z.object({ uuid: z.string(), full_name: z.string(), links: z.object({ html: linkSchema.nullish() }).nullish() }) });

/** "Event payload" of the server: `repo:refs_changed`, `repo:modified`; `{"test": true}` of the button that tries it. */
const serverSchema = z.object({
  repository: z.object({ id: z.number(), slug: z.string(), project: z.object({ key: z.string() }), links: z.object({ self: z.array(linkSchema).nullish() }).nullish() }).nullish(),
});

const isServer = (headers: Headers): boolean => headers['x-hook-uuid'] === undefined && headers['x-request-uuid'] === undefined;

/** The header is called as GitHub's old one with SHA-1, and holds SHA-256. */
const verify: Sender['verify'] = ({ headers, body }, secrets) => verifyHex(headers['x-hub-signature'], 'sha256=', body, secrets);

export const bitbucketCloudSender: Sender = {
  forge: 'bitbucket',
  rings: (headers) => headers['x-event-key'] !== undefined && !isServer(headers),
  verify,
  // The hook's number would be the same for all of its deliveries.
  deliveryId: (headers) => headers['x-request-uuid'] ?? null,
  hint: (content): HookHint | null => {
    const result = cloudSchema.safeParse(content);
    if (!result.success) return null;
    const { uuid, full_name: fullName, links } = result.data.repository;
    return { fullName, id: uuid, host: hostOf(links?.html?.href) };
  },
};

export const bitbucketServerSender: Sender = {
  forge: 'bitbucket-server',
  rings: (headers) => headers['x-event-key'] !== undefined && isServer(headers),
  verify,
  deliveryId: (headers) => headers['x-request-id'] ?? null,
  hint: (content): HookHint | null => {
    const result = serverSchema.safeParse(content);
    if (!result.success) return null;
    const { repository } = result.data;
    return { fullName: repository ? `${repository.project.key}/${repository.slug}` : null, id: repository ? String(repository.id) : null, host: hostOf(repository?.links?.self?.[0]?.href) };
  },
};
