import { githubHint } from './github.ts';
import type { Sender } from './sender.ts';
import { verifyHex } from './signatures.ts';

/** Forgejo says all that Gitea says, and more; its own signature counts, and no other beside it. */
export const forgejoSender: Sender = {
  forge: 'gitea',
  rings: (headers) => headers['x-forgejo-event'] !== undefined,
  verify: ({ headers, body }, secrets) => verifyHex(headers['x-forgejo-signature'] ?? headers['x-gitea-signature'], '', body, secrets),
  deliveryId: (headers) => headers['x-forgejo-delivery'] ?? headers['x-gitea-delivery'] ?? null,
  hint: githubHint,
};

/** Its headers come with twins of GitHub's: it is asked about before. */
export const giteaSender: Sender = {
  forge: 'gitea',
  rings: (headers) => headers['x-gitea-event'] !== undefined,
  verify: ({ headers, body }, secrets) => verifyHex(headers['x-gitea-signature'], '', body, secrets),
  deliveryId: (headers) => headers['x-gitea-delivery'] ?? null,
  hint: githubHint,
};
