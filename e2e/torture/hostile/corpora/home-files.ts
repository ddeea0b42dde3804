/** What can stand in the place of a file's text. */
export const ODD_TEXTS: readonly (readonly [name: string, text: string | Buffer])[] = [
  ['nothing', ''],
  ['null', 'null'],
  ['a number', '1'],
  ['a list', '[]'],
  ['an empty object', '{}'],
  ['a text', '"x"'],
  ['half of it', '{"version":1,"machine":{"id":"0a1b2c3d"'],
  ['two of it', '{"version":1}{"version":1}'],
  ['a mark before it', '\ufeff{"version":1}'],
  ['no JSON', '{version: 1, folders: undefined}'],
  ['no text', Buffer.from([0xff, 0xfe, 0x00, 0x80])],
  ['zeros', Buffer.alloc(100_000)],
  ['white space', ' '.repeat(20_000_000)],
  ['deep lists', '['.repeat(200_000) + ']'.repeat(200_000)],
  ['deep objects', `${'{"folders":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ['many keys', `{${Array.from({ length: 300_000 }, (_, index) => `"${index}":"x"`).join(',')}}`],
  ['many folders', `{"version":1,"folders":[${Array.from({ length: 200_000 }, () => '{}').join(',')}]}`],
  ['a prototype', '{"__proto__":{"version":1,"folders":[]},"constructor":{"prototype":{"x":1}}}'],
  ['a version that is no number', '{"version":"__proto__"}'],
  ['a version below zero', '{"version":-1}'],
  ['lines of all kinds', '\n\n{}\n[]\nnull\n{"at":1}\n{"at":"2026-01-01T00:00:00Z","folder":"__proto__","what":"x"}\n'],
];

/** What a value can be instead of what it should be. `RAN` as with addresses. */
export const ODD_VALUES: readonly unknown[] = [
  ...[null, true, 0, -1, 0.5, 1e308, 2 ** 53, '', ' ', [], {}, [[]], [null], { __proto__: null }, 'x'.repeat(100_000), '\0', '\n', '\u202e', '\ud800'],
  ...['../../x', 'relative', '/', '/nowhere', '/etc', '~', 'RAN', '-x', '--upload-pack=touch RAN/x', '-oProxyCommand=touch RAN/x', 'ext::sh -c touch% RAN/x', '$(touch RAN/x)', '__proto__', 'constructor', 'HEAD', 'refs/heads/main', '2026-13-45T99:99:99Z', '+275760-09-13T00:00:00.000Z', '0000-00-00'],
];
