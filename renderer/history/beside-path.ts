/** `garden/plan.md` -> `garden/plan (yesterday 15.00).md`: a name beside the file, with nothing in it that a file system refuses. */
export function besidePath(path: string, when: string): string {
  const slash = path.lastIndexOf('/') + 1;
  const name = path.slice(slash);
  const dot = name.lastIndexOf('.');
  const stem = dot > 0 ? name.slice(0, dot) : name;
  const ending = dot > 0 ? name.slice(dot) : '';
  return `${path.slice(0, slash)}${stem} (${when.replace(/[:/\\]/g, '.')})${ending}`;
}
