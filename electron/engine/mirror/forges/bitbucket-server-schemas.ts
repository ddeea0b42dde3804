import { z } from 'zod';
import type { ForgeHook } from './forge.ts';
import type { Nameless, Page } from './pages.ts';

const linkSchema = z.object({ href: z.string(), name: z.string().nullish() });

/** REST 1.0 "Repository"; its default branch is another question, which `ls-remote` answers as well. */
export const serverRepositorySchema = z
  .object({
    id: z.number(),
    slug: z.string().min(1),
    name: z.string(),
    project: z.object({ key: z.string().min(1) }),
    links: z.object({ clone: z.array(linkSchema), self: z.array(linkSchema).nullish() }),
    public: z.boolean().default(false),
    archived: z.boolean().default(false),
    origin: z.object({}).nullish(),
    description: z.string().nullish(),
    scmId: z.enum(['git', 'hg']).default('git'),
  })
  .transform((found): Nameless => {
    const clone = (name: string): string | undefined => found.links.clone.find((link) => link.name === name)?.href;
    return {
      id: String(found.id),
      fullName: `${found.project.key}/${found.slug}`,
      title: found.name,
      cloneUrl: clone('http') ?? clone('https') ?? clone('ssh') ?? '',
      sshUrl: clone('ssh') ?? null,
      webUrl: found.links.self?.[0]?.href ?? null,
      defaultBranch: null,
      archived: found.archived,
      fork: Boolean(found.origin),
      empty: null,
      private: !found.public,
      description: found.description ?? '',
      bytes: null,
      scm: found.scmId,
    };
  });

/** REST 1.0 "Webhook". */
export const serverHookSchema = z.object({ id: z.number(), url: z.string(), active: z.boolean().default(true) }).transform(({ id, url, active }): ForgeHook => ({ id: String(id), url, active }));

/** REST 1.0 "Paged APIs": where the next page begins is for the server to say, not to be counted. */
export const serverPage = <T>(item: z.ZodType<T>) =>
  z.object({ values: z.array(item), isLastPage: z.boolean(), nextPageStart: z.number().nullish() }).transform(({ values, isLastPage, nextPageStart }, context): Page<T, number> => {
    if (!isLastPage && typeof nextPageStart !== 'number') context.addIssue({ code: 'custom', message: 'there is more, and it does not say where', path: ['nextPageStart'] });
    return { items: values, next: isLastPage ? null : (nextPageStart ?? null) };
  });

/** As the server makes it of a name. */
export const serverSlug = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9._/-]+/g, '-');
