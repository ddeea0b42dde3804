import { z } from 'zod';
import type { ForgeHook } from './forge.ts';
import type { Nameless } from './pages.ts';

/** `Repository` of the servers' own description; `size` is in KiB. */
export const giteaRepositorySchema = z
  .object({
    id: z.number(),
    name: z.string().min(1),
    full_name: z.string().includes('/'),
    clone_url: z.string(),
    ssh_url: z.string().nullish(),
    html_url: z.string().nullish(),
    default_branch: z.string().nullish(),
    archived: z.boolean().default(false),
    fork: z.boolean().default(false),
    empty: z.boolean().nullish(),
    private: z.boolean().default(false),
    description: z.string().nullish(),
    size: z.number().nullish(),
  })
  .transform(
    (found): Nameless => ({
      id: String(found.id),
      fullName: found.full_name,
      title: found.name,
      cloneUrl: found.clone_url,
      sshUrl: found.ssh_url || null,
      webUrl: found.html_url ?? null,
      defaultBranch: found.default_branch || null,
      archived: found.archived,
      fork: found.fork,
      empty: found.empty ?? null,
      private: found.private,
      description: found.description ?? '',
      bytes: found.size === null || found.size === undefined ? null : found.size * 1024,
      scm: 'git',
    }),
  );

/** `Hook`; what its `config` holds differs with its kind. */
export const giteaHookSchema = z
  .object({ id: z.number(), active: z.boolean().default(true), config: z.object({ url: z.string().nullish() }).nullish() })
  .transform(({ id, active, config }): ForgeHook => ({ id: String(id), url: config?.url ?? '', active }));
