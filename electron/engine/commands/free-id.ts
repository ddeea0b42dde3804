/** A short id that a person can type: the name in plain letters, numbered when it is taken. */
export function freeId(name: string, ids: Iterable<string>, fallback: string): string {
  const plain = name.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40) || fallback;
  const taken = new Set(ids);
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? plain : `${plain}-${number}`;
    if (!taken.has(id)) return id;
  }
}
