import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORGES, type ForgeKind } from '../../../../shared/mirror.ts';
import { pushDelivery } from '../../testing/forges/fake-delivery.ts';
import type { FakeRepository } from '../../testing/forges/fake-state.ts';
import { detectSender } from './detect-sender.ts';
import { hookContent } from './hook-content.ts';
import type { Delivery, Headers, SignatureVerdict } from './sender.ts';
import { hmac, verifyHex } from './signatures.ts';

const SECRET = 'canary-hook-secret';
const repository: FakeRepository = { id: 7, owner: 'tidepool', slug: 'lib-storage', title: 'lib-storage', description: '', private: false, archived: false, fork: false, defaultBranch: 'main', kib: 1 };

function delivery(kind: ForgeKind, secret = SECRET): Delivery {
  const { headers, body } = pushDelivery(kind, repository, 'https://forge.example:8443', secret, 'delivery-1');
  return { headers, body: Buffer.from(body) };
}

const verdict = (made: Delivery, secrets: readonly string[] = [SECRET], nowMs = 0): SignatureVerdict | undefined => detectSender(made.headers)?.verify(made, secrets, nowMs);

describe.each(FORGES)('a delivery of %s', (kind) => {
  it('is told by its headers, and says of which repository it is', () => {
    const made = delivery(kind);
    const sender = detectSender(made.headers);
    expect(sender?.forge).toBe(kind);
    expect(sender?.deliveryId(made.headers)).toBe('delivery-1');
    expect(sender?.hint(hookContent(made), made.headers)).toEqual({ fullName: 'tidepool/lib-storage', id: expect.stringContaining('7') as string, host: 'forge.example:8443' });
  });

  it('is right with the secret of now or the one before', () => {
    expect(verdict(delivery(kind))).toBe('right');
    expect(verdict(delivery(kind), ['another-secret', SECRET])).toBe('right');
  });

  it('is wrong with another secret, not signed without one', () => {
    expect(verdict(delivery(kind), ['another-secret'])).toBe('wrong-signature');
    expect(verdict(delivery(kind), [])).toBe('wrong-signature');
    expect(verdict(delivery(kind, ''))).toBe('no-signature');
  });

  it('is wrong when a byte of what was signed is another', () => {
    const made = delivery(kind);
    // GitLab tells its secret and signs nothing.
    expect(verdict({ ...made, body: Buffer.concat([made.body, Buffer.from(' ')]) })).toBe(kind === 'gitlab' ? 'right' : 'wrong-signature');
  });
});

describe('a signature', () => {
  const body = Buffer.from('{"a":1}');

  it('is HMAC-SHA256 over the bytes', () => {
    const digits = 'd42927434049e0b8c73ce887062238cc1c6bb6644bfe66e66d8dd0f30b85679e';
    expect(hmac('s3cr3t', body).toString('hex')).toBe(digits);
    expect(verifyHex(`sha256=${digits}`, 'sha256=', body, ['s3cr3t'])).toBe('right');
    expect(verifyHex(digits.toUpperCase(), '', body, ['s3cr3t'])).toBe('right');
  });

  it.each(['', 'sha256=', 'sha1=da39a3ee5e6b4b0d3255bfef95601890afd80709', 'sha256=zz', `sha256=${'0'.repeat(64)}`, `sha256=${'0'.repeat(63)}`, `sha256=${'0'.repeat(65)}`])('%j is not', (given) => {
    expect(verifyHex(given, 'sha256=', body, ['s3cr3t'])).toBe(given === '' ? 'no-signature' : 'wrong-signature');
  });

  describe('of GitLab\'s new kind', () => {
    const key = 'whsec_dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q=';
    const at = 1_700_000_000;
    const headers = { 'x-gitlab-event': 'Push Hook', 'webhook-id': 'id-1', 'webhook-timestamp': String(at), 'webhook-signature': 'v1,etR9coiT1NYdWTPbTh1hjlGfZ5cpYRZOVHIsVi8kAPg=' };
    const of = (changes: Headers, nowMs = at * 1000): SignatureVerdict | undefined => verdict({ headers: { ...headers, ...changes }, body }, [key], nowMs);

    it('is right for five minutes', () => {
      expect([of({}), of({}, at * 1000 + 299_000), of({}, at * 1000 - 299_000)]).toEqual(['right', 'right', 'right']);
      expect([of({}, at * 1000 + 301_000), of({}, at * 1000 - 301_000)]).toEqual(['wrong-signature', 'wrong-signature']);
    });

    it('may stand among others', () => {
      expect(of({ 'webhook-signature': `v1,AAAA v2,x ${headers['webhook-signature']}` })).toBe('right');
    });

    it.each<Headers>([{ 'webhook-id': 'id-2' }, { 'webhook-timestamp': '1700000001' }, { 'webhook-timestamp': 'soon' }, { 'webhook-signature': 'v1,' }, { 'webhook-signature': 'etR9coiT1NYdWTPbTh1hjlGfZ5cpYRZOVHIsVi8kAPg=' }])('is wrong with %j', (changes) => {
      expect(of(changes)).toBe('wrong-signature');
    });

    it('counts though the plain token beside it is wrong, and is not made up for by that', () => {
      expect(of({ 'x-gitlab-token': 'other' })).toBe('right');
      expect(of({ 'x-gitlab-token': key, 'webhook-signature': 'v1,AAAA' })).toBe('wrong-signature');
    });
  });
});

describe('who rings', () => {
  it.each<[string, Headers, string | undefined]>([
    ['Forgejo, with all of Gitea\'s and GitHub\'s headers', { 'x-forgejo-event': 'push', 'x-gitea-event': 'push', 'x-github-event': 'push' }, 'gitea'],
    ['Gitea, with GitHub\'s', { 'x-gitea-event': 'push', 'x-github-event': 'push' }, 'gitea'],
    ['Bitbucket Server', { 'x-event-key': 'repo:refs_changed', 'x-request-id': '1' }, 'bitbucket-server'],
    ['Bitbucket', { 'x-event-key': 'repo:push', 'x-hook-uuid': '{1}' }, 'bitbucket'],
    ['nobody known', { 'content-type': 'application/json' }, undefined],
  ])('%s', (_, headers, kind) => {
    expect(detectSender(headers)?.forge).toBe(kind);
  });

  it('Forgejo\'s own signature counts, and Gitea\'s beside it does not make up for it', () => {
    const body = Buffer.from('{}');
    const right = createHmac('sha256', SECRET).update(body).digest('hex');
    expect(verdict({ headers: { 'x-forgejo-event': 'push', 'x-forgejo-signature': '0'.repeat(64), 'x-gitea-signature': right }, body })).toBe('wrong-signature');
    expect(verdict({ headers: { 'x-forgejo-event': 'push', 'x-forgejo-signature': right }, body })).toBe('right');
  });
});

describe('what is sent', () => {
  it('may be a form, whose bytes are signed', () => {
    const form = Buffer.from(`payload=${encodeURIComponent(delivery('github').body.toString())}`);
    const headers = { ...delivery('github').headers, 'content-type': 'application/x-www-form-urlencoded', 'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update(form).digest('hex')}` };
    expect(verdict({ headers, body: form })).toBe('right');
    expect(detectSender(headers)?.hint(hookContent({ headers, body: form }), headers)?.fullName).toBe('tidepool/lib-storage');
  });

  it('as a greeting names no repository', () => {
    const none = { fullName: null, id: null, host: null };
    expect(detectSender({ 'x-github-event': 'ping' })?.hint({ zen: 'Keep it simple', organization: { id: 1 } }, {})).toEqual(none);
    expect(detectSender({ 'x-event-key': 'diagnostics:ping' })?.hint({ test: true }, {})).toEqual(none);
  });

  it('can be anything: nothing is thrown, and nothing made of it', () => {
    const anything = fc.oneof(fc.json(), fc.string(), fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('latin1')));
    const names = fc.constantFrom('x-forgejo-event', 'x-gitea-event', 'x-gitlab-event', 'x-event-key', 'x-github-event', 'x-hook-uuid', 'x-hub-signature', 'x-hub-signature-256', 'x-gitlab-token', 'webhook-signature', 'webhook-timestamp', 'content-type');
    const headers = fc.dictionary(names, fc.oneof(fc.string(), fc.constant('application/x-www-form-urlencoded')));
    fc.assert(
      fc.property(headers, anything, (made, text) => {
        const sent = { headers: made, body: Buffer.from(text) };
        const sender = detectSender(made);
        expect(sender?.verify(sent, [SECRET, 'whsec_AAAA'], 0)).not.toBe('right');
        const hint = sender?.hint(hookContent(sent), made);
        if (hint) expect(Object.keys(hint).sort()).toEqual(['fullName', 'host', 'id']);
      }),
      { numRuns: 500 },
    );
  });
});
