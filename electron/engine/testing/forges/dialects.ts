import type { ForgeKind } from '../../../../shared/mirror.ts';
import { bitbucketCloudDialect } from './bitbucket-cloud-dialect.ts';
import { bitbucketServerDialect } from './bitbucket-server-dialect.ts';
import type { Dialect } from './fake-answer.ts';
import { giteaDialect, githubDialect } from './github-like.ts';
import { gitlabDialect } from './gitlab-dialect.ts';

export const DIALECTS: Record<ForgeKind, Dialect> = {
  github: githubDialect,
  gitea: giteaDialect,
  gitlab: gitlabDialect,
  bitbucket: bitbucketCloudDialect,
  'bitbucket-server': bitbucketServerDialect,
};
