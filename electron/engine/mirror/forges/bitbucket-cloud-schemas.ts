import { z } from 'zod';
import type { ForgeHook } from './forge.ts';
import type { Nameless, Page } from './pages.ts';

const linkSchema = z.object({ href: z.string(), name: z.string().nullish() });

/** The user's name stands in the address for https. */
function withoutUser(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}

/** REST 2.0 "Repositories"; one without a main branch is empty, `size` is in bytes. */
export const cloudRepositorySchema = z
  .object({
    uuid: z.string().min(1),
    full_name: z.string().includes('/'),
    name: z.string(),
    links: z.object({ clone: z.array(linkSchema), html: linkSchema.nullish() }),
    mainbranch: z.object({ name: z.string() }).nullish(),
    is_private: z.boolean().default(true),
    description: z.string().nullish(),
    size: z.number().nullish(),
    scm: z.enum(['git', 'hg']).default('git'),
    parent: z.object({}).nullish(),
  })
  .transform((found): Nameless => {
    const clone = (name: string): string | undefined => found.links.clone.find((link) => link.name === name)?.href;
    return {
      id: found.uuid,
      fullName: found.full_name,
      title: found.name,
      cloneUrl: withoutUser(clone('https') ?? clone('ssh') ?? ''),
      sshUrl: clone('ssh') ?? null,
      webUrl: found.links.html?.href ?? null,
      defaultBranch: found.mainbranch?.name ?? null,
      archived: false,
      fork: Boolean(found.parent),
      empty: !found.mainbranch,
      private: found.is_private,
      description: found.description ?? '',
      bytes: found.size ?? null,
      scm: found.scm,
    };
  });

/** REST 2.0 "Webhooks". */
export const cloudHookSchema = z.object({ uuid: z.string(), url: z.string(), active: z.boolean().default(true) }).transform(({ uuid, url, active }): ForgeHook => ({ id: uuid, url, active }));

/** REST 2.0 "Pagination": the last page names no next one. */
export const cloudPage = <T>(item: z.ZodType<T>) => z.object({ values: z.array(item), next: z.string().nullish() }).transform(({ values, next }): Page<T, string> => ({ items: values, next: next ?? null }));

/** As the forge makes it of a name. */
export const cloudSlug = (name: string): string => (/^\{[0-9a-f-]+\}$/.test(name) ? name : name.toLowerCase().replaceAll(/[^a-z0-9._-]+/g, '-'));
