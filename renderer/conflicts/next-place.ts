/** The next or previous place to decide, round and round. */
export function nextPlace(open: readonly number[], current: number | null, by: 1 | -1): number | null {
  if (open.length === 0) return null;
  const at = current === null ? -1 : open.indexOf(current);
  return open[(at + by + open.length) % open.length] ?? null;
}
