/** `~/notes` for a folder in somebody's home, as people write it. */
export const shortPath = (path: string): string => path.replace(/^(?:\/(?:home|Users)\/[^/]+|\/root)(?=\/|$)/, '~');

/** Names up to this length are never cut. */
const SHORT_NAME = 20;
const TAIL = 12;

/** The directory with its slash, and the last name: whole, and as what of it may be cut and what never is. */
export function displayParts(path: string): { directory: string; name: string; head: string; tail: string } {
  const end = path.replace(/\/$/, '').lastIndexOf('/') + 1;
  const name = path.slice(end);
  const characters = [...name];
  const cut = characters.length > SHORT_NAME ? characters.length - TAIL : 0;
  return { directory: path.slice(0, end), name, head: characters.slice(0, cut).join(''), tail: characters.slice(cut).join('') };
}
