/** One version of a file, ready to be looked at. */
export type FileView =
  | { readonly kind: 'text'; readonly text: string; readonly size: number }
  | { readonly kind: 'picture'; readonly address: string; readonly size: number }
  | { readonly kind: 'binary'; readonly size: number };

const PICTURES: Readonly<Record<string, string>> = { png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp', avif: 'image/avif', bmp: 'image/bmp', ico: 'image/x-icon' };
/** Git looks this far for a zero byte to tell text from the rest. */
const LOOKED_AT_BYTES = 8000;

/** What the bytes (base64) of a file are, by its name and by themselves. */
export function viewFile(path: string, base64: string): FileView {
  const size = Math.floor((base64.replace(/=+$/, '').length * 3) / 4);
  const type = PICTURES[path.slice(path.lastIndexOf('.') + 1).toLowerCase()];
  if (type) return { kind: 'picture', address: `data:${type};base64,${base64}`, size };
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  if (bytes.subarray(0, LOOKED_AT_BYTES).includes(0)) return { kind: 'binary', size };
  return { kind: 'text', text: new TextDecoder().decode(bytes), size };
}
