import { flag, record, text, type Dialect, type FakeAnswer, type FakeCall, type FakeTalk, type Route } from './fake-answer.ts';
import { fullName, type FakeHook, type FakeRepository } from './fake-state.ts';

const refusal = (message: string): unknown => ({ errors: [{ context: null, message, exceptionName: null }] });
const NOT_FOUND: FakeAnswer = { status: 404, body: refusal('It does not exist.') };

/** A user's own project is `~robin`; here it belongs to the owner `robin`. */
const ownerOf = (key: string, { state }: FakeTalk) => state.owners.find(({ name, shared }) => (shared ? name : `~${name}`).toLowerCase() === key.toLowerCase());
const keyOf = (owner: string, { state }: FakeTalk): string => (state.owner(owner)?.shared === false ? `~${owner}` : owner);

const shown = (each: FakeRepository, talk: FakeTalk) => ({
  ...{ id: each.id, slug: each.slug, name: each.title, scmId: 'git', state: 'AVAILABLE', public: !each.private, archived: each.archived, description: each.description },
  ...{ project: { key: keyOf(each.owner, talk) }, ...(each.fork ? { origin: { id: 1 } } : {}) },
  links: {
    self: [{ href: `${talk.state.origin}/projects/${each.owner}/repos/${each.slug}/browse` }],
    clone: [
      { name: 'ssh', href: `ssh://git@127.0.0.1:7999/${fullName(each)}.git` },
      { name: 'http', href: `${talk.state.origin}/scm/${fullName(each)}.git` },
    ],
  },
});

/** Begins of pages are not multiples of their size here: what a client counts itself goes wrong. */
function page(items: readonly unknown[], { query }: FakeCall, { pageCap }: FakeTalk): FakeAnswer {
  const size = Math.min(Number(query.get('limit') ?? 25), pageCap);
  const start = Number(query.get('start') ?? 0);
  const from = start === 0 ? 0 : start - 1000;
  const isLastPage = from + size >= items.length;
  const values = items.slice(from, from + size);
  return { status: 200, body: { size: values.length, limit: size, start, isLastPage, values, nextPageStart: isLastPage ? null : from + size + 1000 } };
}

const one = ({ parts: [key = '', slug = ''] }: FakeCall, talk: FakeTalk, then: (each: FakeRepository) => FakeAnswer): FakeAnswer => {
  const name = `${ownerOf(key, talk)?.name ?? ''}/${slug}`;
  const found = talk.state.find(name);
  const moved = talk.state.formerly(name);
  if (found) return then(found);
  return moved ? { status: 301, headers: { location: `${talk.api}/projects/${keyOf(moved.owner, talk)}/repos/${moved.slug}` } } : NOT_FOUND;
};

const project = ({ parts: [key = ''] }: FakeCall, talk: FakeTalk, then: (owner: string) => FakeAnswer): FakeAnswer => {
  const owner = ownerOf(key, talk);
  return owner ? then(owner.name) : { status: 404, body: refusal(`Project ${key} does not exist.`) };
};

function change(each: FakeRepository, { body }: FakeCall): void {
  Object.assign(each, { description: text(body['description'] ?? each.description), private: !flag(body['public'], !each.private), archived: flag(body['archived'], each.archived) });
}

function hookRoutes(path: string): Route[] {
  const scope = (call: FakeCall, talk: FakeTalk): string => [ownerOf(call.parts[0] ?? '', talk)?.name ?? '', ...(path.includes('/repos/') ? [call.parts[1] ?? ''] : [])].join('/');
  const shownHook = ({ id, url, active, events }: FakeHook) => ({ id, name: 'hook', url, active, events, configuration: {} });
  const wanted = ({ body }: FakeCall) => ({ url: text(body['url']), secret: text(record(body['configuration'])['secret']), active: flag(body['active'], true), events: body['events'] as string[] });
  return [
    [`GET ${path}`, (call, talk) => page(talk.state.hooksOf(scope(call, talk)).map(shownHook), call, talk)],
    [`POST ${path}`, (call, talk) => ({ status: 201, body: shownHook(talk.state.addHook(scope(call, talk), wanted(call))) })],
    [`PUT ${path}/:`, (call, { state }) => {
      const found = state.hooks.find(({ id }) => String(id) === call.parts.at(-1));
      return found ? { status: 200, body: shownHook(Object.assign(found, wanted(call))) } : NOT_FOUND;
    }],
    [`DELETE ${path}/:`, ({ parts }, { state }) => {
      state.dropHook(Number(parts.at(-1)));
      return { status: 204 };
    }],
  ];
}

const routes: Route[] = [
  ['GET /projects', (call, { state, login, ...talk }) => ({ ...page(state.owners.filter(({ shared }) => shared).map(({ id, name }) => ({ id, key: name })), call, { state, login, ...talk }), headers: { 'x-ausername': login } })],
  ['GET /projects/:', (call, talk) => project(call, talk, (owner) => ({ status: 200, body: { key: keyOf(owner, talk) } }))],
  ['GET /projects/:/repos', (call, talk) => project(call, talk, (owner) => page(talk.state.of(owner).map((each) => shown(each, talk)), call, talk))],
  ['POST /projects/:/repos', (call, talk) => project(call, talk, (owner) => {
    const { name, description, public: isPublic } = call.body;
    const made = talk.state.create(owner, { slug: text(name).toLowerCase().replaceAll(/[^a-z0-9._-]+/g, '-'), title: text(name), description: text(description), private: !flag(isPublic, false) });
    return made ? { status: 201, body: shown(made, talk) } : { status: 409, body: refusal('This repository URL is already taken.') };
  })],
  ['GET /projects/:/repos/:', (call, talk) => one(call, talk, (each) => ({ status: 200, body: shown(each, talk) }))],
  ['PUT /projects/:/repos/:', (call, talk) => one(call, talk, (each) => {
    change(each, call);
    return { status: 200, body: shown(each, talk) };
  })],
  ['PUT /projects/:/repos/:/default-branch', (call, talk) => one(call, talk, (each) => {
    each.defaultBranch = text(call.body['id']).replace('refs/heads/', '');
    return { status: 204 };
  })],
  ...hookRoutes('/projects/:/repos/:/webhooks'),
  ...hookRoutes('/projects/:/webhooks'),
];

export const bitbucketServerDialect: Dialect = { apiPath: '/rest/api/1.0', pageCap: 1000, refusal, gitPath: (name) => `/scm/${name}`, routes };
