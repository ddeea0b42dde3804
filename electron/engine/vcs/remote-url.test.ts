import { describe, expect, it } from 'vitest';
import { displayUrl, matchKey, parseRemoteUrl } from './remote-url.ts';

const TAKEN: readonly (readonly [string, string, string | null])[] = [
  ['https://example.org/a/b.git', 'https', 'example.org'],
  ['https://example.org:8443/a', 'https', 'example.org'],
  ['https://ada@example.org/a', 'https', 'example.org'],
  ['https://ada:secret@example.org/a', 'https', 'example.org'],
  ['http://127.0.0.1:3000/r.git', 'http', '127.0.0.1'],
  ['ssh://git@example.org/a/b.git', 'ssh', 'example.org'],
  ['ssh://git@example.org:2222/~/b.git', 'ssh', 'example.org'],
  ['ssh://[2001:db8::1]:22/a', 'ssh', '[2001:db8::1]'],
  ['git@example.org:a/b.git', 'ssh', 'example.org'],
  ['example.org:b.git', 'ssh', 'example.org'],
  ['my_host:b.git', 'ssh', 'my_host'],
  ['ada@[::1]:b', 'ssh', '[::1]'],
  ['git@example.org:/absolute/b.git', 'ssh', 'example.org'],
  ['git@example.org:~ada/b.git', 'ssh', 'example.org'],
  ['git://example.org/b.git', 'git', 'example.org'],
  ['/srv/git/b.git', 'file', null],
  ['/srv/with space/ä', 'file', null],
  ['file:///srv/git/b.git', 'file', null],
];

const REFUSED: readonly (readonly [string, string])[] = [
  ['', 'empty'],
  [`https://example.org/${'x'.repeat(2_000)}`, 'too-long'],
  ['-oProxyCommand=touch x', 'option'],
  ['--upload-pack=touch x', 'option'],
  ['ext::sh -c "touch x"', 'scheme'],
  ['fd::17', 'scheme'],
  ['hg::https://example.org', 'scheme'],
  ['ftp://example.org/x', 'scheme'],
  ['javascript://example.org/x', 'scheme'],
  ['HTTPS://example.org/x', 'scheme'],
  ['file://server/share', 'host'],
  ['//server/share', 'host'],
  ['file:relative', 'scheme'],
  ['https:example.org/x', 'scheme'],
  ['relative/path', 'relative-path'],
  ['../up', 'relative-path'],
  ['~/home', 'relative-path'],
  ['.', 'relative-path'],
  ['C:\\windows', 'path'],
  ['https:///no-host', 'host'],
  ['https://', 'host'],
  ['https://example.org', 'path'],
  ['https://-evil.org/x', 'host'],
  ['ssh://-oProxyCommand=touch/x', 'host'],
  ['ssh://%2doProxyCommand=touch/x', 'host'],
  ['ssh://git@-oProxyCommand=touch/x', 'host'],
  ['ssh://-lroot@example.org/x', 'user'],
  ['ssh://%2dlroot@example.org/x', 'user'],
  ['ssh://example.org/-option', 'path'],
  ['ssh://example.org/%2doption', 'path'],
  ['ssh://example.org:99999/x', 'port'],
  ['ssh://example.org:0/x', 'port'],
  ['ssh://example.org:2x/x', 'host'],
  ['-host:path', 'option'],
  ['user@-host:path', 'host'],
  ['-user@host:path', 'option'],
  ['host:-path', 'path'],
  ['host:', 'path'],
  [':path', 'host'],
  ['@host:path', 'user'],
  ['https://example.org/a\nb', 'control-character'],
  ['https://example.org/a\rb', 'control-character'],
  ['https://example.org/a\0b', 'control-character'],
  ['https://example.org%0ahost=evil/a', 'control-character'],
  ['https://ada%0d@example.org/a', 'control-character'],
  ['https://exa mple.org/x', 'host'],
  ['https://example.org\\@evil.org/x', 'user'],
  ['https://exämple.org/x', 'host'],
  ['http://[::1/x', 'host'],
  ['https://$(touch x)/y', 'host'],
  ['$(touch x):y', 'host'],
  ['https://example.org/a.git?token=secret', 'query'],
  ['https://example.org/a.git#secret', 'query'],
  ['/proc/self/cwd/.git/x', 'path'],
  ['/srv/../proc/self/cwd', 'path'],
  ['file:///proc/self/cwd', 'path'],
  ['/dev/fd/3', 'path'],
];

describe('addresses of remotes', () => {
  it.each(TAKEN)('%s is taken', (text, kind, host) => {
    expect(parseRemoteUrl(text)).toMatchObject({ ok: true, url: { kind, host, text } });
  });

  it.each(REFUSED)('%j is refused', (text, reason) => {
    expect(parseRemoteUrl(text)).toEqual({ ok: false, reason });
  });

  it.each([
    ['https://ada:secret@example.org/a', 'https://example.org/a'],
    ['https://ghp_0123456789abcdefghij0123@example.org/a', 'https://example.org/a'],
    ['https://ada@example.org/a', 'https://ada@example.org/a'],
    ['git@example.org:a.git', 'git@example.org:a.git'],
    ['ftp://u:p@example.org/x', 'ftp://example.org/x'],
    ['https://u:p@@example.org/x', 'https://example.org/x'],
    ['https://example.org/x?private_token=secret', 'https://example.org/x'],
    ['https://u:p@example.org/x?a#secret', 'https://example.org/x'],
    ['/srv/what?/x', '/srv/what?/x'],
  ])('%s is shown as %s', (text, shown) => {
    expect(displayUrl(text)).toBe(shown);
  });

  it('knows one repository by its many addresses', () => {
    const same = ['https://example.org/a/b.git', 'https://ada:x@EXAMPLE.org:443/a/b', 'ssh://git@example.org/a/b.git/', 'ssh://git@example.org:22/a/b', 'git@example.org:a/b.git', 'git@example.org:/a/b', 'git://example.org//a/b'];
    expect(new Set(same.map(matchKey))).toEqual(new Set(['example.org/a/b']));
    expect(matchKey('/srv/b.git/')).toBe(matchKey('file:///srv/b'));
    const others = ['https://example.org/a/c', 'https://example.com/a/b', 'https://example.org:8443/a/b', '/a/b'].map(matchKey);
    expect(new Set([...others, 'example.org/a/b']).size).toBe(5);
  });
});
