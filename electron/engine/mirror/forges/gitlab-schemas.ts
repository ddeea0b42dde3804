import { z } from 'zod';
import type { ForgeHook } from './forge.ts';
import type { Nameless } from './pages.ts';

/** API "Projects"; `statistics` only where it was asked for and may be seen. */
export const gitlabProjectSchema = z
  .object({
    id: z.number(),
    name: z.string(),
    path_with_namespace: z.string().includes('/'),
    http_url_to_repo: z.string(),
    ssh_url_to_repo: z.string().nullish(),
    web_url: z.string().nullish(),
    default_branch: z.string().nullish(),
    archived: z.boolean().default(false),
    forked_from_project: z.object({}).nullish(),
    empty_repo: z.boolean().nullish(),
    visibility: z.enum(['private', 'internal', 'public']).default('private'),
    description: z.string().nullish(),
    statistics: z.object({ repository_size: z.number() }).nullish(),
  })
  .transform(
    (found): Nameless => ({
      id: String(found.id),
      fullName: found.path_with_namespace,
      title: found.name,
      cloneUrl: found.http_url_to_repo,
      sshUrl: found.ssh_url_to_repo ?? null,
      webUrl: found.web_url ?? null,
      defaultBranch: found.default_branch ?? null,
      archived: found.archived,
      fork: Boolean(found.forked_from_project),
      empty: found.empty_repo ?? null,
      private: found.visibility !== 'public',
      description: found.description ?? '',
      bytes: found.statistics?.repository_size ?? null,
      scm: 'git',
    }),
  );

/** API "Project webhooks"; one that failed too often is switched off (`alert_status`). */
export const gitlabHookSchema = z
  .object({ id: z.number(), url: z.string(), alert_status: z.string().nullish() })
  .transform(({ id, url, alert_status: status }): ForgeHook => ({ id: String(id), url, active: !status || status === 'executable' }));

/** API "Personal access tokens", of the token itself. */
export const gitlabTokenSchema = z.object({ scopes: z.array(z.string()), expires_at: z.iso.date().nullish() });
