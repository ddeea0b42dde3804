/** Where a secret can turn up. */
export const PLACES = ['arguments', 'environment', 'log', 'settings', 'secret store', 'activity', 'other files of the home', 'configuration of a repository', 'other files of a repository', 'objects', 'doctor’s bundle', 'status', 'window', 'answers', 'output of the program'] as const;
export type Place = (typeof PLACES)[number];

/** A secret that is nowhere else in the world, and the places where it is meant to be. */
export interface Canary {
  readonly name: string;
  readonly value: string;
  readonly meant: readonly Place[];
}

/** What was found: which secret, where, and in which file or of which process. */
interface Sighting {
  readonly canary: string;
  readonly place: Place;
  readonly where: string;
}

/** Forms in which a secret can be written down. `me:` as in the header of a name and a password (RFC 7617). */
const spellings = ({ value }: Canary): readonly Buffer[] => {
  const url = encodeURIComponent(value);
  const forms = [value, url, url.toLowerCase(), JSON.stringify(value).slice(1, -1), Buffer.from(value).toString('hex'), ...['', 'me:', 'x:'].flatMap((before) => base64(`${before}${value}`))];
  return [...new Set(forms)].map((form) => Buffer.from(form));
};

/** Without its last characters: they depend on what follows. */
function base64(text: string): string[] {
  const whole = Buffer.from(text).toString('base64').replace(/=+$/, '');
  return [whole.slice(0, -2), whole.slice(0, -2).replaceAll('+', '-').replaceAll('/', '_')];
}

/** Looks for canaries wherever it is told to. */
export class Search {
  readonly #canaries: readonly { readonly canary: Canary; readonly forms: readonly Buffer[] }[];
  readonly #found: Sighting[] = [];
  #searched = 0;

  constructor(canaries: readonly Canary[]) {
    this.#canaries = canaries.map((canary) => ({ canary, forms: spellings(canary) }));
  }

  /** One text of a place; `where`: for whoever has to find it again. */
  in(place: Place, where: string, content: Buffer | string): void {
    this.#searched += 1;
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    for (const { canary, forms } of this.#canaries) {
      if (forms.some((form) => bytes.includes(form))) this.#found.push({ canary: canary.name, place, where });
    }
  }

  /** Files, processes and messages that were looked through. */
  get searched(): number {
    return this.#searched;
  }

  /** Where no canary is meant to be: each with the places of a kind where it is, the first of them named. */
  leaks(): string[] {
    const meant = new Map(this.#canaries.map(({ canary }) => [canary.name, canary.meant]));
    const grouped = new Map<string, string[]>();
    for (const { canary, place, where } of this.#found) {
      if (!meant.get(canary)?.includes(place)) grouped.set(`${canary} in ${place}`, [...(grouped.get(`${canary} in ${place}`) ?? []), where]);
    }
    return [...grouped].map(([what, [first = '', ...others]]) => `${what}: ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`);
  }

  /** Canaries that are in none of the places where they are meant to be: what was done with them shows nothing. */
  missing(): string[] {
    const seen = new Set(this.#found.map(({ canary, place }) => `${canary} in ${place}`));
    return this.#canaries.filter(({ canary }) => canary.meant.length > 0 && !canary.meant.some((place) => seen.has(`${canary.name} in ${place}`))).map(({ canary }) => canary.name);
  }
}
