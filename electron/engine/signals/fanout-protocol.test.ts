import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { announceLine, LineSplitter, MAX_LINE_BYTES, messageLine, parseClientLine, parseServerLine } from './fanout-protocol.ts';

describe('fanout lines', () => {
  it.each([
    ['subscribe abc', { kind: 'subscribe', channel: 'abc' }],
    ['unsubscribe abc', { kind: 'unsubscribe', channel: 'abc' }],
    ['announce abc one two!three', { kind: 'announce', channel: 'abc', message: 'one two!three' }],
    ['ping', { kind: 'ping' }],
    ['info', { kind: 'info' }],
    ['announce abc', null],
    ['announce abc ', null],
    ['announce all hello', null],
    ['subscribe debug', null],
    ['subscribe a!b', null],
    ['subscribe a b', null],
    [`subscribe ${'x'.repeat(200)}`, null],
    ['subscribe \u0000', null],
    ['SUBSCRIBE abc', null],
    ['', null],
  ])('a server reads %j', (line, said) => {
    expect(parseClientLine(line)).toEqual(said);
  });

  it.each([
    ['abc!one!two', { kind: 'message', channel: 'abc', message: 'one!two' }],
    ['debug!connected...', { kind: 'other' }],
    ['1790000000', { kind: 'time' }],
    ['abc!', { kind: 'other' }],
  ])('a client reads %j', (line, said) => {
    expect(parseServerLine(line)).toEqual(said);
  });

  it('are read as they were written', () => {
    const word = fc.stringMatching(/^[0-9a-zA-Z_-]{1,64}$/);
    fc.assert(
      fc.property(word, word, (channel, message) => {
        fc.pre(channel !== 'all' && channel !== 'debug');
        expect(parseClientLine(announceLine(channel, message).trimEnd())).toEqual({ kind: 'announce', channel, message });
        expect(parseServerLine(messageLine(channel, message).trimEnd())).toEqual({ kind: 'message', channel, message });
      }),
    );
  });

  it('are the same however the packets were cut', () => {
    const lines = fc.array(fc.stringMatching(/^[a-zä ]{0,40}$/), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(lines, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (written, cuts) => {
        const bytes = Buffer.from(`${written.join('\n')}\n`);
        const splitter = new LineSplitter();
        const read: string[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const next = at + (cuts[turn % cuts.length] ?? 1);
          read.push(...(splitter.feed(bytes.subarray(at, next)) ?? []));
          at = next;
        }
        expect(read).toEqual(written);
      }),
    );
  });

  it('have an end', () => {
    expect(new LineSplitter().feed(Buffer.alloc(MAX_LINE_BYTES, 'x'))).toEqual([]);
    expect(new LineSplitter().feed(Buffer.alloc(MAX_LINE_BYTES + 1, 'x'))).toBeNull();
    expect(new LineSplitter().feed(Buffer.concat([Buffer.alloc(MAX_LINE_BYTES + 1, 'x'), Buffer.from('\n')]))).toBeNull();
  });
});
