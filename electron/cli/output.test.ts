import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { Output } from './output.ts';

function output(json: boolean): { out: Output; written: () => string } {
  const stream = new PassThrough();
  return { out: new Output({ stdout: stream, stderr: stream }, json), written: () => String(stream.read()) };
}

it('does nothing to a terminal that the names and words of others ask for', () => {
  const { out, written } = output(false);
  out.line('plain ä 日本\twith a tab\nand lines \x1b]0;title\x07 \x9b2J \u202egpj.exe');
  out.note('remote: \x1b[31mred\r');
  out.failure({ code: 'usage', message: 'no \x1bc', params: {} });
  expect(written()).toBe('plain ä 日本\twith a tab\nand lines \\x1b]0;title\\x07 \\x9b2J \\u202egpj.exe\nremote: \\x1b[31mred\\x0d\nno \\x1bc\n');
});

it('gives programs what is there', () => {
  const { out, written } = output(true);
  out.answer({ name: '\x1b\u202e' }, () => '');
  expect(JSON.parse(written())).toEqual({ name: '\x1b\u202e' });
});
