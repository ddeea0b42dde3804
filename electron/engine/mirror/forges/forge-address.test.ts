import { describe, expect, it } from 'vitest';
import type { ForgeKind } from '../../../../shared/mirror.ts';
import { apiAddress, isGithubCloud, isOwnHost } from './forge-address.ts';

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
    ['https://git.example/api/v4', 'https://git.example:8443/a/b.git', false],
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

it('GitHub\'s own clouds are known', () => {
  expect(['https://api.github.com', 'https://api.tidepool.ghe.com', 'https://git.example/api/v3', 'http://127.0.0.1:80/api/v3'].map(isGithubCloud)).toEqual([true, true, false, false]);
});
