import { describe, expect, it } from 'vitest';
import type { ForgeKind } from '../../../../shared/mirror.ts';
import { apiAddress, cloneAddress, isGithubCloud, isOwnHost } from './forge-address.ts';

describe('the address of an API', () => {
  it.each<[ForgeKind, string | null, string]>([
    ['github', null, 'https://api.github.com'],
    ['github', 'https://github.com', 'https://api.github.com'],
    ['github', 'https://api.github.com/', 'https://api.github.com'],
    ['github', 'https://api.tidepool.ghe.com', 'https://api.tidepool.ghe.com'],
    ['github', 'https://git.example', 'https://git.example/api/v3'],
    ['github', 'https://git.example/api/v3/', 'https://git.example/api/v3'],
    ['github', 'http://127.0.0.1:8080/some/prefix/api/v3', 'http://127.0.0.1:8080/some/prefix/api/v3'],
    ['gitlab', null, 'https://gitlab.com/api/v4'],
    ['gitlab', 'https://git.example/gitlab', 'https://git.example/gitlab/api/v4'],
    ['bitbucket', null, 'https://api.bitbucket.org/2.0'],
    ['bitbucket', 'https://bitbucket.org', 'https://api.bitbucket.org/2.0'],
    ['bitbucket', 'http://localhost:9000', 'http://localhost:9000/2.0'],
    ['bitbucket-server', 'https://git.example/context', 'https://git.example/context/rest/api/1.0'],
    ['bitbucket-server', 'https://git.example/rest/api/latest', 'https://git.example/rest/api/latest'],
    ['gitea', 'http://[::1]:3000', 'http://[::1]:3000/api/v1'],
  ])('%s, %s', (kind, given, api) => {
    expect(apiAddress(kind, given)).toBe(api);
  });

  it.each<[ForgeKind, string | null, string]>([
    ['gitea', null, 'needed'],
    ['bitbucket-server', null, 'needed'],
    ['gitea', '', 'needed'],
    ['gitea', 'git.example', 'scheme'],
    ['gitea', 'ssh://git.example', 'scheme'],
    ['gitea', 'file:///etc', 'scheme'],
    ['gitea', 'https://git.example/?token=canary', 'query'],
    ['gitea', 'https://me:canary@git.example', 'user'],
    ['gitea', 'http://git.example', 'token-in-clear'],
    ['gitea', 'http://127.0.0.1.evil.example', 'token-in-clear'],
  ])('%s, %s is none', (kind, given, reason) => {
    expect(() => apiAddress(kind, given)).toThrow(expect.objectContaining({ code: 'address-refused', params: expect.objectContaining({ reason }) as unknown }));
  });
});

describe('git is given the token', () => {
  it.each([
    ['https://api.github.com', 'https://github.com/a/b.git', true],
    ['https://api.tidepool.ghe.com', 'https://tidepool.ghe.com/a/b', true],
    ['https://api.bitbucket.org/2.0', 'https://bitbucket.org/a/b.git', true],
    ['https://git.example/api/v3', 'https://git.example/a/b.git', true],
    ['https://git.example:8443/api/v4', 'https://git.example:8443/a/b.git', true],
    ['https://git.example/api/v4', 'https://git.example:8443/a/b.git', true],
    ['http://127.0.0.1:3000/api/v1', 'http://127.0.0.1:3001/a/b.git', true],
    ['http://127.0.0.1:3000/api/v1', 'http://127.0.0.2:3000/a/b.git', false],
    ['https://git.example/api/v4', 'http://git.example/a/b.git', false],
    ['https://api.github.com', 'http://github.com/a/b.git', false],
    ['https://api.github.com', 'https://github.com.evil.example/a/b.git', false],
    ['https://api.github.com', 'https://gist.github.com/a.git', false],
    ['https://git.example/api/v4', 'https://sub.git.example/a/b.git', false],
    ['https://git.example/api/v4', 'ssh://git@git.example/a/b.git', false],
    ['https://git.example/api/v4', 'git@git.example:a/b.git', false],
    ['https://git.example/api/v4', 'file:///a/b.git', false],
    ['https://git.example/api/v4', '/a/b.git', false],
    ['https://git.example/api/v4', 'https://me@git.example/a/b.git', true],
  ])('of %s at %s: %s', (api, address, own) => {
    expect(isOwnHost(api, address)).toBe(own);
  });
});

describe('git reads', () => {
  it.each([
    ['https://api.github.com', 'https://github.com/a/b.git', 'https://github.com/a/b.git'],
    ['https://git.example/api/v1', 'https://git.example:8443/a/b.git', 'https://git.example:8443/a/b.git'],
    ['https://git.example/api/v1', 'https://other.example/sub/a/b.git', 'https://git.example/sub/a/b.git'],
    ['https://git.example/api/v1', 'http://git.example/a/b.git', 'https://git.example/a/b.git'],
    ['https://api.github.com', 'https://evil.example/x/y.git', 'https://github.com/x/y.git'],
    ['https://git.example/api/v1', 'ssh://git@git.example:7999/a/b.git', 'ssh://git@git.example:7999/a/b.git'],
    ['https://git.example/api/v1', 'ssh://git@evil.example/x/y.git', 'https://git.example/a/b.git'],
    ['https://git.example/api/v1', 'git@evil.example:x/y.git', 'https://git.example/a/b.git'],
    ['https://git.example/api/v1', 'file:///home/me/private', 'https://git.example/a/b.git'],
    ['https://git.example/api/v1', '/home/me/private', 'https://git.example/a/b.git'],
    ['https://git.example/api/v1', 'ext::sh -c true', 'https://git.example/a/b.git'],
    ['https://git.example/api/v1', '--upload-pack=true', 'https://git.example/a/b.git'],
    ['https://git.example/api/v1', '', 'https://git.example/a/b.git'],
    ['http://127.0.0.1:3000/api/v1', 'file:///srv/a/b.git', 'file:///srv/a/b.git'],
    ['http://127.0.0.1:3000/api/v1', '/srv/a/b.git', '/srv/a/b.git'],
    ['http://127.0.0.1:3000/api/v1', 'http://127.0.0.1:3001/a/b.git', 'http://127.0.0.1:3001/a/b.git'],
  ])('of %s, %s as %s', (api, given, address) => {
    expect(cloneAddress(api, given, 'a/b')).toBe(address);
  });
});

it('GitHub\'s own clouds are known', () => {
  expect(['https://api.github.com', 'https://api.tidepool.ghe.com', 'https://git.example/api/v3', 'http://127.0.0.1:80/api/v3'].map(isGithubCloud)).toEqual([true, true, false, false]);
});
