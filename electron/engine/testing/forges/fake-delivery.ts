import { createHmac, randomUUID } from 'node:crypto';
import type { ForgeKind } from '../../../../shared/mirror.ts';
import { fullName, type FakeRepository } from './fake-state.ts';

export interface FakeDelivery {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** What one kind of forge posts about a push, from the descriptions that the forges give; signed when there is a secret. */
export function pushDelivery(kind: ForgeKind, repository: FakeRepository, origin: string, secret: string, id: string = randomUUID()): FakeDelivery {
  const { [kind]: make } = { github, gitea, gitlab, bitbucket, 'bitbucket-server': bitbucketServer };
  const { headers, content } = make(repository, origin, id);
  const body = JSON.stringify(content);
  return { headers: { 'content-type': 'application/json', ...headers, ...(secret === '' ? {} : signature(kind, body, secret)) }, body };
}

function signature(kind: ForgeKind, body: string, secret: string): Record<string, string> {
  const digest = createHmac('sha256', secret).update(body).digest('hex');
  return {
    github: { 'x-hub-signature-256': `sha256=${digest}` },
    gitea: { 'x-gitea-signature': digest, 'x-hub-signature-256': `sha256=${digest}` },
    gitlab: { 'x-gitlab-token': secret },
    bitbucket: { 'x-hub-signature': `sha256=${digest}` },
    'bitbucket-server': { 'x-hub-signature': `sha256=${digest}` },
  }[kind];
}

interface Unsigned {
  readonly headers: Record<string, string>;
  readonly content: unknown;
}
const ZERO = '0'.repeat(40);
const ONE = '1'.repeat(40);
const REF = 'refs/heads/main';

const github = (each: FakeRepository, origin: string, id: string): Unsigned => ({
  headers: { 'x-github-event': 'push', 'x-github-delivery': id, 'x-github-hook-id': '1' },
  content: { ref: REF, before: ZERO, after: ONE, created: false, deleted: false, forced: false, repository: { id: each.id, full_name: fullName(each), clone_url: `${origin}/${fullName(each)}.git` }, commits: [] },
});

const gitea = (each: FakeRepository, origin: string, id: string): Unsigned => {
  const { headers, content } = github(each, origin, id);
  return { headers: { ...headers, 'x-gitea-event': 'push', 'x-gitea-delivery': id, 'x-gogs-event': 'push', 'x-gogs-delivery': id }, content };
};

const gitlab = (each: FakeRepository, origin: string, id: string): Unsigned => ({
  headers: { 'x-gitlab-event': 'Push Hook', 'x-gitlab-instance': origin, 'idempotency-key': id, 'x-gitlab-event-uuid': id },
  content: { object_kind: 'push', ref: REF, before: ZERO, after: ONE, project: { id: each.id, path_with_namespace: fullName(each), git_http_url: `${origin}/${fullName(each)}.git` }, commits: [], total_commits_count: 0 },
});

const bitbucket = (each: FakeRepository, origin: string, id: string): Unsigned => ({
  headers: { 'x-event-key': 'repo:push', 'x-request-uuid': id, 'x-hook-uuid': '{1}', 'x-attempt-number': '1' },
  content: {
    push: { changes: [{ new: { type: 'branch', name: 'main', target: { hash: ONE } }, old: null, created: true, closed: false, forced: false }] },
    repository: { uuid: `{00000000-0000-4000-8000-${String(each.id).padStart(12, '0')}}`, full_name: fullName(each), links: { html: { href: `${origin}/${fullName(each)}` } } },
  },
});

const bitbucketServer = (each: FakeRepository, origin: string, id: string): Unsigned => ({
  headers: { 'x-event-key': 'repo:refs_changed', 'x-request-id': id },
  content: {
    eventKey: 'repo:refs_changed',
    repository: { id: each.id, slug: each.slug, project: { key: each.owner }, links: { self: [{ href: `${origin}/projects/${each.owner}/repos/${each.slug}/browse` }] } },
    changes: [{ ref: { id: REF, displayId: 'main', type: 'BRANCH' }, fromHash: ZERO, toHash: ONE, type: 'UPDATE' }],
  },
});
