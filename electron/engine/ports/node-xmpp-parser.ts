import type { EventEmitter } from 'node:events';

/** What one stanza may take. The library knows no limit: an unclosed one of 200 MB keeps a processor busy for minutes. */
const MAX_STANZA_CHARS = 262_144;
const MAX_DEPTH = 32;

interface Parser extends EventEmitter {
  write(data: string): void;
  onStartElement(name: string, attrs: Record<string, string>): void;
  onEndElement(name: string): void;
}
export type ParserClass = new () => Parser;

/**
 * The library's XML parser with limits, and with its exceptions (an undefined entity, an end without a beginning) turned
 * into the `error` event: thrown in a socket's data event they would end the whole program.
 */
export const boundedParser = (base: ParserClass): ParserClass =>
  class extends base {
    #depth = 0;
    #stanzaChars = 0;
    #broken = false;

    override write(data: string): void {
      if (this.#broken) return;
      try {
        this.#stanzaChars += data.length;
        if (this.#stanzaChars > MAX_STANZA_CHARS) throw new Error('stanza too large');
        super.write(data);
      } catch (error) {
        this.#broken = true;
        // Without a listener the library has told of an earlier one and let go of this parser.
        if (this.listenerCount('error') > 0) this.emit('error', error);
      }
    }

    override onStartElement(name: string, attrs: Record<string, string>): void {
      this.#depth += 1;
      if (this.#depth > MAX_DEPTH) throw new Error('stanza too deep');
      super.onStartElement(name, attrs);
    }

    override onEndElement(name: string): void {
      this.#depth -= 1;
      // The stream's own element is the first level, a stanza the second.
      if (this.#depth <= 1) this.#stanzaChars = 0;
      super.onEndElement(name);
    }
  };
