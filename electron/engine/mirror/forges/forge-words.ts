const MOST_CHARS = 300;

/** Each forge has its own way to say why it does not: all are looked for. */
const PLACES = ['message', 'error_description', 'error', 'errors', 'detail', 'fields'] as const;

/**
 * What a forge's answer says in words, on one line: GitHub `{message, errors}`, GitLab `{message: text | {field: [text]}}` or
 * `{error}`, Bitbucket `{error: {message}}`, its Server `{errors: [{message}]}`, Gitea `{message}`; of a page its title.
 */
export function forgeWords(body: unknown): string {
  const words = typeof body === 'string' ? ofPage(body) : collected(body, 0).join('; ');
  return [...words.replace(/[\s\p{Cc}]+/gu, ' ').trim()].slice(0, MOST_CHARS).join('');
}

function ofPage(text: string): string {
  const title = /<title[^>]*>([^<]*)/i.exec(text)?.[1]?.trim();
  if (title) return title;
  return /<(?:!doctype|html|head|body)/i.test(text) ? 'a web page' : text;
}

function collected(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value !== 'object' || value === null || depth > 3) return [];
  if (Array.isArray(value)) return value.slice(0, 5).flatMap((item: unknown) => collected(item, depth + 1));
  const entries = Object.entries(value);
  const known = PLACES.flatMap((place) => collected(entries.find(([name]) => name === place)?.[1], depth + 1));
  if (known.length > 0) return [...new Set(known)];
  // GitLab: a field and what is wrong with it.
  return depth === 0 ? [] : entries.slice(0, 5).flatMap(([name, inner]) => collected(inner, depth + 1).map((words) => `${name} ${words}`));
}
