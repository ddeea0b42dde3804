import { LockstepError } from '../errors.ts';

/** An element: its name, its text less surrounding space, its children in order. */
export interface TinyElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly TinyElement[];
}

interface OpenElement {
  readonly name: string;
  text: string;
  readonly children: TinyElement[];
}

const TOKEN = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([A-Za-z_][\w.-]*)((?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)|(<)/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const MAX_DEPTH = 16;

/**
 * As much XML as a list of settings needs: elements, text, CDATA, comments, the five entities and numbered ones. No
 * document types, so no entities of its own, nothing outside the text is ever looked at. Throws `bad-file`.
 */
export function parseTinyXml(text: string): TinyElement {
  const open: OpenElement[] = [{ name: '', text: '', children: [] }];
  for (const [, cdata, closing, name, , alone, words, stray] of text.replace(/^\uFEFF/, '').matchAll(TOKEN)) {
    const top = open.at(-1);
    if (stray || !top) throw bad('it is not well-formed XML, or uses a document type');
    if (cdata !== undefined) top.text += cdata;
    else if (words !== undefined) top.text += unescape(words);
    else if (name !== undefined && closing) close(open, name);
    else if (name !== undefined) {
      if (open.length > MAX_DEPTH) throw bad('it is nested too deeply');
      open.push({ name, text: '', children: [] });
      if (alone) close(open, name);
    }
  }
  const [document] = open;
  const root = document?.children[0];
  if (open.length !== 1 || !root || document.children.length !== 1 || document.text.trim() !== '') throw bad('it is not well-formed XML');
  return root;
}

function close(open: OpenElement[], name: string): void {
  const element = open.pop();
  const parent = open.at(-1);
  if (element?.name !== name || !parent) throw bad(`</${name}> has no beginning`);
  parent.children.push({ ...element, text: element.text.trim() });
}

function unescape(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));|&/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
    if (code !== undefined && code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) return String.fromCodePoint(code);
    const known = name === undefined ? undefined : ENTITIES[name];
    if (known === undefined) throw bad(`“${whole}” is not understood`);
    return known;
  });
}

const bad = (detail: string): LockstepError => new LockstepError('bad-file', { detail });

export const child = (element: TinyElement, name: string): string | undefined => element.children.find((one) => one.name === name)?.text || undefined;
