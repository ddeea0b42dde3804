import { expect, it } from 'vitest';
import { LineReader } from './frames.ts';

it('lines that come in pieces are whole', () => {
  const reader = new LineReader(100);
  expect(reader.push(Buffer.from('one\ntw'))).toEqual(['one']);
  expect(reader.waitingBytes).toBe(2);
  expect(reader.push(Buffer.from('o\n\nthr'))).toEqual(['two', '']);
  expect(() => reader.push(Buffer.alloc(98))).toThrow('100 bytes');
});

it('a line that comes byte by byte costs no more than its bytes', () => {
  const reader = new LineReader(2_000_000);
  const before = process.memoryUsage();
  // Each byte is a buffer with its own memory, as from a socket.
  for (let bytes = 0; bytes < 1_000_000; bytes += 1) reader.push(Buffer.from(new ArrayBuffer(1)));
  const after = process.memoryUsage();
  expect(reader.waitingBytes).toBe(1_000_000);
  expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(100 * 1024 * 1024);
  expect(reader.push(Buffer.from('\n'))[0]).toHaveLength(1_000_000);
});
