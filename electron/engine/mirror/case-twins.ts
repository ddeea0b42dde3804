/**
 * Names that a file system which does not tell upper from lower case cannot keep beside another one, each with that
 * other: whole names, and folders of them too. Those that are there already win, then those that come first.
 */
export function caseTwins(names: Iterable<string>, present: { has(name: string): boolean }): Map<string, string> {
  const spelt = new Map<string, { readonly as: string; readonly of: string }>();
  const twins = new Map<string, string>();
  const sorted = [...names].sort((one, other) => Number(present.has(other)) - Number(present.has(one)) || (one < other ? -1 : 1));
  for (const name of sorted) {
    const folders = name.split('/').map((_part, index, parts) => parts.slice(0, index + 1).join('/'));
    const twin = folders.map((folder) => ({ folder, known: spelt.get(folder.toLowerCase()) })).find(({ folder, known }) => known !== undefined && known.as !== folder);
    if (twin?.known) twins.set(name, twin.known.of);
    else for (const folder of folders) if (!spelt.has(folder.toLowerCase())) spelt.set(folder.toLowerCase(), { as: folder, of: name });
  }
  return twins;
}
