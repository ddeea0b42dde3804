import { bitbucketCloudSender, bitbucketServerSender } from './bitbucket.ts';
import { forgejoSender, giteaSender } from './gitea.ts';
import { githubSender } from './github.ts';
import { gitlabSender } from './gitlab.ts';
import type { Headers, Sender } from './sender.ts';

/** Forgejo sends Gitea's headers, too, and both send GitHub's. */
const IN_ORDER: readonly Sender[] = [forgejoSender, giteaSender, gitlabSender, bitbucketCloudSender, bitbucketServerSender, githubSender];

/** Who rings, by the headers alone; null: nobody known. */
export const detectSender = (headers: Headers): Sender | null => IN_ORDER.find(({ rings }) => rings(headers)) ?? null;
