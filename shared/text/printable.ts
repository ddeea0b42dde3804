/** Characters that steer a terminal, or turn the direction of what follows. */
const STEERING = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** File names, messages and whatever servers say come from other people: what could move the cursor, or make a name read like another, is shown, not done. */
export const printable = (text: string): string =>
  text.replace(STEERING, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
