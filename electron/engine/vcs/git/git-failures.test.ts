import { describe, expect, it } from 'vitest';
import { detailOf, remoteTroubleOf, troubleOf } from './git-failures.ts';

const end = (stderr: string, code = 128) => ({ ended: 'exit', code, stdout: Buffer.alloc(0), stderr }) as const;

/** Words as git 2.39, OpenSSH 9 and the large hosts say them; what can be had here in earnest is in `git-remote.test.ts`. */
describe('trouble with a remote', () => {
  it.each([
    ['Host key verification failed.\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights', 'host-key-changed'],
    ['@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key for [127.0.0.1]:2222 has changed and you have requested strict checking.\nfatal: Could not read from remote repository.', 'host-key-changed'],
    ['git@example.org: Permission denied (publickey).\nfatal: Could not read from remote repository.', 'auth-failed'],
    ["remote: Invalid username or password.\nfatal: Authentication failed for 'https://example.org/a.git/'", 'auth-failed'],
    ["fatal: could not read Username for 'https://example.org': terminal prompts disabled", 'auth-failed'],
    ['ERROR: Repository not found.\nfatal: Could not read from remote repository.', 'remote-gone'],
    ["remote: Repository not found.\nfatal: repository 'https://example.org/a.git/' not found", 'remote-gone'],
    ['ssh: Could not resolve hostname no.invalid: Name or service not known\nfatal: Could not read from remote repository.', 'offline'],
    ['ssh: connect to host 10.0.0.1 port 22: Connection timed out\nfatal: Could not read from remote repository.', 'timeout'],
    ['ssh: connect to host 10.0.0.1 port 22: No route to host\nfatal: Could not read from remote repository.', 'offline'],
    ["fatal: unable to access 'https://x/': Could not resolve host: x", 'offline'],
    ['error: RPC failed; curl 56 Recv failure: Connection reset by peer\nfatal: early EOF\nfatal: fetch-pack: invalid index-pack output', 'offline'],
    ["fatal: unable to access 'https://x/': SSL certificate problem: certificate has expired", 'tls-failed'],
    ["fatal: unable to access 'https://x/': server certificate verification failed. CAfile: none CRLfile: none", 'tls-failed'],
    ['error: object 1234: treeNotSorted: not properly sorted\nfatal: fsck error in packed object\nfatal: fetch-pack: invalid index-pack output', 'remote-damaged'],
    ['remote: aborting due to possible repository corruption on the remote side.\nfatal: early EOF', 'remote-damaged'],
    ['error: index-pack died of signal 9\nfatal: index-pack failed', 'offline'],
    ['error: pack-objects died of signal 9\nfatal: git upload-pack: aborting due to possible repository corruption on the remote side.\nfatal: protocol error: bad pack header', 'offline'],
    ['error: index-pack died of signal 11\nfatal: index-pack failed', 'remote-damaged'],
    ["fatal: unable to access 'https://x/': The requested URL returned error: 429", 'rate-limited'],
    ["fatal: write error: No space left on device\nfatal: fetch-pack: invalid index-pack output", 'disk-full'],
    ["error: cannot lock ref 'refs/remotes/origin/main': Unable to create '/w/.git/refs/remotes/origin/main.lock': File exists.", 'locked'],
    ["fatal: Unable to create temporary file '/w/.git/objects/pack/tmp_pack_XXXXXX': Read-only file system", 'read-only'],
    ['fatal: something that nobody has seen', 'offline'],
  ])('%s: %s', (stderr, code) => {
    expect(remoteTroubleOf(end(stderr))).toMatchObject({ outcome: 'trouble', code });
  });

  it('is the remote\'s own when the remote says so', () => {
    expect(remoteTroubleOf(end('remote: fatal: write error: No space left on device\nfatal: the remote end hung up unexpectedly'))).toMatchObject({ code: 'remote-rejected' });
  });
});

describe('trouble here', () => {
  it.each([
    ["fatal: Unable to create '/w/.git/refs/heads/main.lock': File exists.\n\nAnother git process seems to be running", { code: 'locked', params: { file: '/w/.git/refs/heads/main.lock' } }],
    ['error: file write error: No space left on device\nfatal: unable to write new index file', { code: 'disk-full' }],
    ['error: insufficient permission for adding an object to repository database .git/objects', { code: 'read-only' }],
    ['error: object file .git/objects/ab/cd is empty\nfatal: loose object abcd is corrupt', { code: 'damaged-repository' }],
    ['fatal: index file corrupt', { code: 'damaged-repository' }],
  ])('%s', (stderr, finding) => {
    expect(troubleOf(end(stderr))).toMatchObject(finding);
  });

  it('is no trouble where nothing is known, and a missing program is named', () => {
    expect(troubleOf(end('fatal: ambiguous argument'))).toBeNull();
    expect(troubleOf({ ended: 'not-started', systemCode: 'ENOENT', stderr: '' })).toEqual({ code: 'tool-missing', params: { tool: 'git' } });
  });

  it('is told by the line that says most', () => {
    expect(detailOf('hint: try again\nremote: Counting objects: 50% (1/2)\rremote: Counting objects: 100% (2/2)\nerror: first\nfatal: the reason\nfatal: Could not read from remote repository.')).toBe('the reason');
  });
});
