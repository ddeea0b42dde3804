import type { ForgeKind } from '../../../../shared/mirror.ts';
import type { Dialect } from './fake-answer.ts';
import { giteaDialect, githubDialect } from './github-like.ts';

export const DIALECTS: Record<ForgeKind, Dialect> = {
  github: githubDialect,
  gitea: giteaDialect,
  gitlab: giteaDialect,
  bitbucket: giteaDialect,
  'bitbucket-server': giteaDialect,
};
