/** `~/notes` for a folder in somebody's home, as people write it. */
export const shortPath = (path: string): string => path.replace(/^(?:\/(?:home|Users)\/[^/]+|\/root)(?=\/|$)/, '~');

/** The directory with its slash, and the last name. */
export function displayParts(path: string): { directory: string; name: string } {
  const end = path.lastIndexOf('/') + 1;
  return { directory: path.slice(0, end), name: path.slice(end) };
}
