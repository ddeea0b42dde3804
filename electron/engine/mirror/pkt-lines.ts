/** One line of git's wire format; the special ones have no content. */
export type PktLine = Buffer | 'flush' | 'delimiter' | 'end';

const SPECIAL: Readonly<Record<number, Exclude<PktLine, Buffer>>> = { 0: 'flush', 1: 'delimiter', 2: 'end' };

/** Takes an answer apart (gitprotocol-common(5)); null: it is none, or broke off. */
export function parsePktLines(content: Buffer): PktLine[] | null {
  const lines: PktLine[] = [];
  for (let at = 0; at < content.length; ) {
    const digits = content.toString('latin1', at, at + 4);
    if (!/^[0-9a-f]{4}$/i.test(digits)) return null;
    const length = Number.parseInt(digits, 16);
    const special = SPECIAL[length];
    if (special === undefined && (length < 4 || at + length > content.length)) return null;
    lines.push(special ?? content.subarray(at + 4, at + length));
    at += special === undefined ? length : 4;
  }
  return lines;
}

export const pktLine = (text: string): string => `${(Buffer.byteLength(text) + 4).toString(16).padStart(4, '0')}${text}`;
