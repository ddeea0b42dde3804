import { expect, it } from 'vitest';
import { isBranchName } from './branch-name.ts';

it.each(['main', 'feature/one', 'ä', 'a.b', 'x@y', 'release-1'])('%j can be a branch', (name) => expect(isBranchName(name)).toBe(true));

it.each(['', '-q', '--upload-pack=touch x', 'HEAD', '@', 'a b', 'a..b', 'a:b', 'a*', 'a?', '[a', 'a^', 'a~1', 'a\\b', 'a@{1}', '/a', 'a/', 'a//b', '.a', 'a/.b', 'a.lock', 'a.lock/b', 'a.', 'a\nb', 'a\0'])(
  '%j cannot',
  (name) => expect(isBranchName(name)).toBe(false),
);
